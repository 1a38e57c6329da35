/** Screenshots as stores take them: JPEG, with the colours of small letters kept. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';

/** From the window's edges to the popup, as browsers lay it under the toolbar's buttons, px. */
const POPUP_TOP_PX = 6;
const POPUP_RIGHT_PX = 90;
const SHADOW_PX = 24;

/** @param picture an encoded picture without transparency */
export async function writeStorePicture(path: string, picture: Uint8Array): Promise<void> {
  await sharp(picture)
    .flatten()
    .jpeg({ quality: 86, chromaSubsampling: '4:4:4', mozjpeg: true })
    .toFile(path);
}

/** A box's soft shadow and its edge, with room on every side; the box itself is left free. */
function frameOf(width: number, height: number): Buffer {
  const box = `x="${SHADOW_PX}" y="${SHADOW_PX}" width="${width}" height="${height}"`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * SHADOW_PX}" height="${height + 2 * SHADOW_PX}">
      <filter id="soft"><feGaussianBlur stdDeviation="${SHADOW_PX / 3}"/></filter>
      <rect ${box} opacity="0.5" filter="url(#soft)"/>
      <rect ${box} fill="none" stroke="#8a8f9c" stroke-width="2"/>
    </svg>`,
  );
}

/**
 * Lays the popup's picture over that of the labelled page, where the browser shows it to a person: no driver can
 * photograph the two together. `popup-<scheme>.jpg` is replaced.
 */
export async function layPopupOverPage(folder: string, scheme: string): Promise<void> {
  const path = join(folder, `popup-${scheme}.jpg`);
  const popup = await readFile(path);
  const page = sharp(await readFile(join(folder, `labels-${scheme}.jpg`)));
  const [{ width }, { width: popupWidth, height: popupHeight }] = await Promise.all([
    page.metadata(),
    sharp(popup).metadata(),
  ]);
  const left = width - POPUP_RIGHT_PX - popupWidth;
  const frame = await sharp(frameOf(popupWidth, popupHeight))
    .extract({
      left: 0,
      top: SHADOW_PX - POPUP_TOP_PX,
      width: popupWidth + 2 * SHADOW_PX,
      height: popupHeight + SHADOW_PX + POPUP_TOP_PX,
    })
    .png()
    .toBuffer();
  const laid = page.composite([
    { input: frame, left: left - SHADOW_PX, top: 0 },
    { input: popup, left, top: POPUP_TOP_PX },
  ]);
  await writeStorePicture(path, await laid.png().toBuffer());
}
