import { afterEach } from 'vitest';

import { answerMessages, installFakeExtension, setExtensionAlive } from './fake-extension';

installFakeExtension();
// What other scripts of the frame offer, as where a page is labelled.
const { picturesOf } = await import('../../../src/content/find/picture');
const { shownPicture } = await import('../../../src/content/labelling/tracked-image');
const { readDecoded } = await import('../../../src/content/pixels/decoded');
const { lend } = await import('../../../src/content/lent');
lend({ picturesOf, shownPicture, readDecoded });
await import('../../../src/content/inline-svgs');

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.removeAttribute('lang');
  setExtensionAlive(true);
  answerMessages(() => undefined);
});
