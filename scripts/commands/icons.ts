/** Draws the icon's PNG files from its two SVG drawings. `npm run icons` */
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';

const ICONS_DIR = fileURLToPath(new URL('../../icons/', import.meta.url));

/** A toolbar's few pixels hold only the lens; everything larger shows the picture under it, too. */
const DRAWINGS = [
  { file: 'icon-small.svg', viewBoxPx: 16, sizesPx: [16, 24] },
  { file: 'icon.svg', viewBoxPx: 128, sizesPx: [32, 48, 128] },
];

for (const { file, viewBoxPx, sizesPx } of DRAWINGS) {
  for (const sizePx of sizesPx) {
    const target = `icon-${sizePx}.png`;
    // SVG user units are 1/72 inch to the renderer: this density draws straight at the wanted size.
    const drawing = sharp(ICONS_DIR + file, { density: (72 * sizePx) / viewBoxPx });
    const { size } = await drawing
      .resize(sizePx, sizePx)
      .png({ compressionLevel: 9 })
      .toFile(ICONS_DIR + target);
    console.log(`${target}: ${size} bytes`);
  }
}
