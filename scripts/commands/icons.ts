/** Draws the icon's PNG files from its two SVG drawings, and the stores' logo and tiles. `npm run icons` */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';

import { PROJECT_ROOT } from '../node/project-root';

interface Drawing {
  from: string;
  to: string;
  widthPx: number;
  /** The part of the drawing that the picture shows: SVG's `viewBox`. By default all of it. */
  view?: string;
  /** Stores take tiles without an alpha channel. */
  isOpaque?: boolean;
}

/**
 * Of the 128 px that stores and the installation show, the art has 96 (https://developer.chrome.com/docs/webstore/images):
 * its 116 units, with a sixth of 116 free on each side.
 */
const STORE_VIEW = `${6 - 116 / 6} ${6 - 116 / 6} ${(116 * 8) / 6} ${(116 * 8) / 6}`;

const icon = (px: number): string => `icons/icon-${px}.png`;
const tile = (scheme: string): Drawing => ({
  ...{ from: `store/images/tile-${scheme}.svg`, to: `store/images/tile-${scheme}.png` },
  ...{ widthPx: 440, isOpaque: true },
});

/** A toolbar's few pixels hold only the lens; everything larger shows the picture under it, too. */
const DRAWINGS: Drawing[] = [
  ...[16, 24].map((px) => ({ from: 'icons/icon-small.svg', to: icon(px), widthPx: px })),
  ...[32, 48].map((px) => ({ from: 'icons/icon.svg', to: icon(px), widthPx: px })),
  { from: 'icons/icon.svg', to: icon(128), widthPx: 128, view: STORE_VIEW },
  { from: 'icons/icon.svg', to: 'store/images/logo.png', widthPx: 300 },
  tile('light'),
  tile('dark'),
];

for (const { from, to, widthPx, view, isOpaque = false } of DRAWINGS) {
  let svg = await readFile(join(PROJECT_ROOT, from), 'utf8');
  if (view !== undefined) svg = svg.replace(/viewBox="[^"]*"/, `viewBox="${view}"`);
  const unitsWide = Number(/viewBox="\S+ \S+ (\S+)/.exec(svg)?.[1]);
  // SVG user units are 1/72 inch to the renderer: this density draws straight at the wanted size.
  const drawn = sharp(Buffer.from(svg), { density: (72 * widthPx) / unitsWide }).resize(widthPx);
  const { size } = await (isOpaque ? drawn.removeAlpha() : drawn)
    .png({ compressionLevel: 9 })
    .toFile(join(PROJECT_ROOT, to));
  console.log(`${to}: ${size} bytes`);
}
