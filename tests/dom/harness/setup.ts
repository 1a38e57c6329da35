import { afterEach } from 'vitest';

import { answerMessages, installFakeExtension, setExtensionAlive } from './fake-extension';

installFakeExtension();

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.removeAttribute('lang');
  setExtensionAlive(true);
  answerMessages(() => undefined);
});
