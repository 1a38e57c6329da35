/**
 * What the script that labels pages knows of pictures, lent to the parts that it puts into its frame: they
 * would be as large again with a copy of it. In the extension's own world, where the page doesn't see it.
 */
import type { picturesOf as findPictures } from './find/picture';
import type { shownPicture as findShown } from './labelling/tracked-image';
import type { readDecoded as readPixels } from './pixels/decoded';

interface Lent {
  picturesOf: typeof findPictures;
  shownPicture: typeof findShown;
  readDecoded: typeof readPixels;
}

const LENT = 'alt-lens-lent';
const world = globalThis as { [LENT]?: Lent };

/** Lends to the parts of this frame; a newer version takes the place of an older one. */
export function lend(lent: Lent): void {
  world[LENT] = lent;
}

function lent(): Lent {
  const found = world[LENT];
  if (found === undefined) throw new Error('Nothing labels this frame.');
  return found;
}

export const picturesOf: Lent['picturesOf'] = (element) => lent().picturesOf(element);

export const shownPicture: Lent['shownPicture'] = (element) => lent().shownPicture(element);

export const readDecoded: Lent['readDecoded'] = (picture, signal) =>
  lent().readDecoded(picture, signal);
