/** Pictures of eight formats with bytes flipped, cut off or left out, by seed. */
import sharp from 'sharp';

import type { Random } from '../calibration/drawings/random';

export const FORMATS = ['jpg', 'png', 'gif', 'webp', 'avif', 'bmp', 'ico', 'svg'] as const;
export type Format = (typeof FORMATS)[number];

const SIDE_PX = 96;
/**
 * What stands first tells size and format. It is left alone but for cuts: a size of millions is a burden
 * to decoders, and none of ours.
 */
const HEADER_BYTES = 160;

function drawing(random: Random): string {
  const circles = random.join(
    12,
    () =>
      `<circle cx="${random.whole(0, 96)}" cy="${random.whole(0, 96)}" r="${random.whole(4, 30)}" fill="${random.colour()}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX}"><rect width="96" height="96" fill="${random.colour()}"/>${circles}</svg>`;
}

/** 24 bits a pixel, rows from the bottom, without a palette. */
async function bmp(svg: string): Promise<Buffer> {
  const pixels = await sharp(Buffer.from(svg)).flip().removeAlpha().raw().toBuffer();
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(header.length + pixels.length, 2);
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(SIDE_PX, 18);
  header.writeInt32LE(SIDE_PX, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  header.writeUInt32LE(pixels.length, 34);
  return Buffer.concat([header, pixels]);
}

/** One picture, which is a PNG. */
function ico(png: Buffer): Buffer {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(1, 4);
  header.writeUInt8(SIDE_PX, 6);
  header.writeUInt8(SIDE_PX, 7);
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(32, 12);
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}

async function whole(format: Format, random: Random): Promise<Buffer> {
  const svg = drawing(random);
  const picture = () => sharp(Buffer.from(svg));
  switch (format) {
    case 'jpg':
      return await picture().jpeg().toBuffer();
    case 'png':
      return await picture().png().toBuffer();
    case 'gif':
      return await picture().gif().toBuffer();
    case 'webp':
      return await picture().webp().toBuffer();
    case 'avif':
      return await picture().avif({ effort: 0 }).toBuffer();
    case 'bmp':
      return await bmp(svg);
    case 'ico':
      return ico(await picture().png().toBuffer());
    case 'svg':
      return Buffer.from(svg);
  }
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  for (let flips = random.whole(1, 8); flips > 0; flips -= 1) {
    const place = random.whole(Math.min(HEADER_BYTES, changed.length - 1), changed.length - 1);
    changed[place] = (changed[place] ?? 0) ^ (1 << random.whole(0, 7));
  }
  return changed;
}

/** A picture and what was done to it. One in eight stays whole. */
export async function mutatedPicture(
  format: Format,
  random: Random,
): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const bytes = await whole(format, random);
  switch (random.whole(0, 7)) {
    case 0:
      return { bytes, isWhole: true };
    case 1:
      return { bytes: Buffer.alloc(0), isWhole: false };
    case 2:
    case 3:
      return { bytes: bytes.subarray(0, random.whole(1, bytes.length - 1)), isWhole: false };
    case 4:
      return { bytes: bytes.subarray(0, bytes.length - random.whole(1, 12)), isWhole: false };
    default:
      return { bytes: flipped(bytes, random), isWhole: false };
  }
}
