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

/** Of compositions of two photos and of single ones, px: what photos are resized to. */
const SIDE = 299;
/** An inset's side, of the picture's, and how far it is from the edges, px. */
const INSET_SHARE = 0.42;
const INSET_MARGIN = 6;

export const PAIR_LAYOUTS = ['beside', 'above', 'inset'] as const;
export type PairLayout = (typeof PAIR_LAYOUTS)[number];

async function cutTo(photo: PinnedPhoto, width: number, height: number): Promise<Buffer> {
  return await sharp(await readFile(photo.path))
    .autoOrient()
    .resize(width, height, { fit: 'cover' })
    .png()
    .toBuffer();
}

/** Two photos in one picture, a PNG: the first at the left, above, or around the second. */
export async function pairOf(
  first: PinnedPhoto,
  second: PinnedPhoto,
  layout: PairLayout,
  place: number,
): Promise<Buffer> {
  const whole = await cutTo(first, SIDE, SIDE);
  if (layout === 'inset') {
    const side = Math.round(SIDE * INSET_SHARE);
    const far = SIDE - side - INSET_MARGIN;
    const [left, top] = [place % 2 === 1 ? far : INSET_MARGIN, place % 4 > 1 ? far : INSET_MARGIN];
    const input = await cutTo(second, side, side);
    return await sharp(whole).composite([{ input, left, top }]).png().toBuffer();
  }
  const size =
    layout === 'beside' ? { width: 2 * SIDE, height: SIDE } : { width: SIDE, height: 2 * SIDE };
  return await sharp({ create: { ...size, channels: 3, background: '#fff' } })
    .composite([
      { input: whole, left: 0, top: 0 },
      {
        input: await cutTo(second, SIDE, SIDE),
        left: size.width - SIDE,
        top: size.height - SIDE,
      },
    ])
    .png()
    .toBuffer();
}

/** A single photo as a square, and cut to a wide and a tall picture in turn; a PNG. */
export function singleOf(photo: PinnedPhoto, place: number): Promise<Buffer> {
  const long = place % 2 === 0 ? 2 * SIDE : Math.ceil(1.5 * SIDE);
  const sides = [SIDE, long, SIDE, SIDE, SIDE, long];
  const at = (place % 3) * 2;
  return cutTo(photo, sides[at] ?? SIDE, sides[at + 1] ?? SIDE);
}
