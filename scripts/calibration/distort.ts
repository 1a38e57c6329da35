import sharp from 'sharp';

import { seededRandom } from './drawings/random';

type Distort = (photo: Buffer, seed: number) => Promise<Buffer>;

/** How much of each side a badly framed photo keeps: with less its subject is often gone. */
const PART = 0.6;

/**
 * What photos on the web are and the development photos are not: badly framed, dark, grey, wide, in
 * bars. Still recognisable, so that a wrong word about them is a wrong word.
 */
export const DISTORTIONS: Record<string, Distort> = {
  part: async (photo, seed) => {
    const { width, height } = await sharp(photo).metadata();
    const random = seededRandom(seed);
    const [partWidth, partHeight] = [Math.round(width * PART), Math.round(height * PART)];
    return sharp(photo)
      .extract({
        left: random.whole(0, width - partWidth),
        top: random.whole(0, height - partHeight),
        width: partWidth,
        height: partHeight,
      })
      .png()
      .toBuffer();
  },
  grey: (photo) => sharp(photo).greyscale().png().toBuffer(),
  dark: (photo) => sharp(photo).linear(0.35, 8).png().toBuffer(),
  bars: async (photo, seed) =>
    sharp(photo)
      .extend({
        left: 110,
        right: 110,
        background: seededRandom(seed).pick(['#fff', '#000', '#ddd']),
      })
      .png()
      .toBuffer(),
  wide: async (photo) => {
    const { width } = await sharp(photo).metadata();
    return sharp(photo)
      .resize({ width, height: Math.round(width * 0.6), fit: 'cover' })
      .png()
      .toBuffer();
  },
};

/**
 * Shapes of photos on the web, by width and height: the square development photos are cut to one of
 * them, the middle kept. That loses what a wider photo has at its sides, but no other copies can be
 * made of squares.
 */
export const SHAPES: Record<string, readonly [width: number, height: number]> = {
  'natural3:2': [3, 2],
  'natural2:3': [2, 3],
  'natural16:9': [16, 9],
};

export async function shaped(
  photo: Buffer,
  [across, down]: readonly [width: number, height: number],
): Promise<Buffer> {
  const { width, height } = await sharp(photo).metadata();
  const unit = Math.min(width / across, height / down);
  return sharp(photo)
    .resize({ width: Math.round(across * unit), height: Math.round(down * unit), fit: 'cover' })
    .png()
    .toBuffer();
}

/** Photos made small, by short side in px: what they still allow to be said. */
export const SMALL_SIDES_PX = [32, 48, 64, 96];

/** JPEG as the web has it: blurs the outlines of drawings and gives them grain. */
export async function asJpeg(picture: Buffer): Promise<Buffer> {
  return sharp(picture).flatten({ background: '#fff' }).jpeg({ quality: 70 }).toBuffer();
}

export async function shrunk(picture: Buffer, sidePx: number): Promise<Buffer> {
  return sharp(picture).resize({ width: sidePx, height: sidePx, fit: 'outside' }).png().toBuffer();
}
