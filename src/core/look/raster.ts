import { CodedError } from '../errors';

/**
 * A picture as pixels: RGBA, 8 bits a channel, straight alpha, rows top to bottom, already oriented
 * (EXIF applied) and in sRGB. `data.length === width * height * 4`.
 */
export interface Raster {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/**
 * The short side of the raster that travels from a page to the worker, in pixels; a smaller picture travels
 * as it is, and one that is hardly larger. 256 would be what the 87.5 % centre crop of a 224 px model needs (224 / 0.875), in three
 * quarters of the bytes; but then pictures are resampled twice, and the log loss of two looks at 560
 * photos is 0.483 instead of 0.447 (`npm run calibrate -- --sizes`). The photos themselves have 299 px: more
 * cannot be measured on them.
 */
export const RASTER_SHORT_SIDE_PX = 299;

/**
 * A picture that is larger by no more than this travels as it is: to resample it to nearly its own size
 * takes the page as long as to decode it, and blurs it. Many sites have thumbnails of 300 or 320 px.
 */
const NEARLY = 13 / 12;

/** The longest side of a travelling raster, so that a ribbon does not become a flood. */
export const RASTER_LONG_SIDE_PX = 1024;

/** More pixels than this are not decoded: a decompression bomb, or a picture no page needs. 20,000 x 20,000 is beyond it. */
export const MAX_IMAGE_PIXELS = 120_000_000;

/** More bytes than this are not fetched. */
export const MAX_IMAGE_BYTES = 25 * 1024 * 1024;

/**
 * The size at which a picture of `width` x `height` px travels: aspect kept, short side at most
 * `shortSide` (or its own, where that is nearly it) and long side at most RASTER_LONG_SIDE_PX, never
 * enlarged, at least 1 px.
 */
export function travelSize(
  width: number,
  height: number,
  shortSide = RASTER_SHORT_SIDE_PX,
): { width: number; height: number } {
  const side = Math.min(width, height);
  const scale = Math.min(
    side <= shortSide * NEARLY ? 1 : shortSide / side,
    RASTER_LONG_SIDE_PX / Math.max(width, height),
    1,
  );
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Of the language, in Chrome since 114 and in Firefox since 122; not in TypeScript's ES2023. */
interface TransferableBuffer {
  transfer?: (bytes: number) => unknown;
}

/**
 * Gives the memory of pixels back at once that nobody needs any more; the raster is empty from then on. Otherwise
 * it lies there until garbage is collected, which the browser does all the sooner for it: half a megabyte a picture
 * made a collection of 15 ms every ten pictures or so.
 */
export function releasePixels({ data }: Raster): void {
  (data.buffer as TransferableBuffer).transfer?.(0);
}

/** Told where a picture has pixels, but none of them is to be seen. */
export const BLANK = 'Every pixel is transparent.';

/** Is there nothing to be seen? */
export function isBlank({ data }: Pick<Raster, 'data'>): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 0) return false;
  return true;
}

/**
 * Refuses sizes, in px, of which nothing is to be decoded or seen.
 * @param mostPixels more are too many where the picture is decoded
 * @throws CodedError `image-too-large`, `image-too-small`
 */
export function assertSize(
  { width, height }: { width: number; height: number },
  mostPixels = MAX_IMAGE_PIXELS,
): void {
  if (width * height > mostPixels) {
    throw new CodedError('image-too-large', `${width} x ${height} pixels.`);
  }
  if (width < 2 || height < 2) {
    throw new CodedError('image-too-small', `${width} x ${height} pixels.`);
  }
}
