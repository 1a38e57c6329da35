/** Pictures that are put together of pinned photos, so that it is known what is where in them. */
import { readFile } from 'node:fs/promises';

import sharp from 'sharp';

import { seededRandom } from '../calibration/drawings/random';
import type { PinnedPhoto } from '../photos/pinned-photos';

/** Of the compositions with a subject in a corner, px: square, wide and tall in turn. */
const SCENES = [
  { width: 448, height: 448 },
  { width: 560, height: 392 },
  { width: 392, height: 560 },
] as const;
/** A subject's side, of its quarter's shorter one. */
const SUBJECT_SHARE = 0.86;

/** A subject in a corner of a neutral scene. */
export interface CornerComposition {
  /** A PNG. */
  file: Buffer;
  isRight: boolean;
  isLower: boolean;
}

/** A scene in which nothing is: one colour that grows darker downwards, with a little grain. */
async function neutralScene(width: number, height: number, seed: number): Promise<Buffer> {
  const { between } = seededRandom(seed);
  const top = [between(110, 215), between(110, 215), between(110, 215)];
  const fall = between(0, 60);
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width * 3; x += 1) {
      const colour = (top[x % 3] ?? NaN) - (fall * y) / height + between(-4, 4);
      data[y * width * 3 + x] = Math.round(colour);
    }
  }
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** The middle square of a photo. */
function subjectOf(photo: Buffer, side: number): Promise<Buffer> {
  return sharp(photo).autoOrient().resize(side, side, { fit: 'cover' }).png().toBuffer();
}

/** @param place counts the compositions: it gives the corner and the scene */
export async function inCorner(photo: PinnedPhoto, place: number): Promise<CornerComposition> {
  const { width, height } = SCENES[place % SCENES.length] ?? SCENES[0];
  const [isRight, isLower] = [place % 2 === 1, place % 4 > 1];
  const side = Math.round((Math.min(width, height) / 2) * SUBJECT_SHARE);
  const { between } = seededRandom(place + 1);
  const start = (room: number, isFar: boolean): number =>
    Math.round(isFar ? room / 2 + between(0, room / 2 - side) : between(0, room / 2 - side));
  const file = await sharp(await neutralScene(width, height, place + 1))
    .composite([
      {
        input: await subjectOf(await readFile(photo.path), side),
        left: start(width, isRight),
        top: start(height, isLower),
      },
    ])
    .png()
    .toBuffer();
  return { file, isRight, isLower };
}
