import { CodedError } from '../core/errors';
import { createFewAtATime } from '../core/few-at-a-time';
import {
  brokenPictureCode,
  claimedSize,
  endsEarly,
  pictureFormat,
} from '../core/look/picture-bytes';
import type { PlacedSize } from '../core/look/painted-area';
import { assertSize, BLANK, isBlank, travelSize, type Raster } from '../core/look/raster';

/**
 * More pixels than this the worker does not decode; a page may, in its own process. All that the extension
 * is lives in one process: the worker, its pages and the pool. 50 million pixels are 200 MB.
 */
export const MAX_WORKER_PIXELS = 50_000_000;
/** So many files are decoded at a time. */
const MAX_AT_ONCE = 2;

const inTurn = createFewAtATime(MAX_AT_ONCE);

/** The part of a bitmap to take, in its own pixels. */
interface Crop {
  x: number;
  y: number;
  width: number;
  height: number;
}

function toRaster(bitmap: ImageBitmap): Raster {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new CodedError('internal', 'No 2d canvas in this worker.');
  context.drawImage(bitmap, 0, 0);
  const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return { width, height, data };
}

/**
 * The pixels of an image file, oriented, at the size pictures travel in; a few files at a time.
 * Its size is read from the header first, so that a decompression bomb is never decoded, nor a file whose
 * size nobody can tell.
 * @param part what of it is read, shares of its sides; null for the whole
 * @throws CodedError `image-empty`, `image-not-an-image`, `image-too-small`, `image-too-large` (from
 *   `MAX_WORKER_PIXELS` on), `image-truncated`, `image-not-readable` for an SVG, and where
 *   every pixel is transparent
 */
export async function decodeFile(
  bytes: Uint8Array<ArrayBuffer>,
  part: PlacedSize | null = null,
): Promise<Raster> {
  if (pictureFormat(bytes) === 'svg') {
    throw new CodedError('image-not-readable', 'A worker cannot draw SVG files.');
  }
  const claimed = claimedSize(bytes);
  if (claimed === null) {
    throw new CodedError(brokenPictureCode(bytes), 'The file has no header of a picture.');
  }
  assertSize(claimed, MAX_WORKER_PIXELS);
  return await inTurn(() => decodeNow(bytes, part));
}

async function decodeNow(bytes: Uint8Array<ArrayBuffer>, part: PlacedSize | null): Promise<Raster> {
  if (endsEarly(bytes)) throw new CodedError('image-truncated', 'The file ends early.');
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch (error) {
    throw new CodedError(brokenPictureCode(bytes), 'The browser cannot decode the file.', {
      cause: error,
    });
  }
  const { width, height } = bitmap;
  const crop = part && {
    x: Math.round(part.x * width),
    y: Math.round(part.y * height),
    width: Math.round(part.width * width),
    height: Math.round(part.height * height),
  };
  const raster = await reduce(bitmap, crop);
  if (isBlank(raster)) throw new CodedError('image-not-readable', BLANK);
  return raster;
}

/** The cut-out of a screenshot at the size pictures travel in. */
export async function decodeCrop(file: Blob, crop: (width: number) => Crop): Promise<Raster> {
  const bitmap = await createImageBitmap(file);
  return await reduce(bitmap, crop(bitmap.width));
}

/** Crops and shrinks with the browser's antialiased filter; closes the bitmap. */
async function reduce(bitmap: ImageBitmap, crop: Crop | null): Promise<Raster> {
  try {
    const { x, y, width, height } = crop ?? {
      x: 0,
      y: 0,
      width: bitmap.width,
      height: bitmap.height,
    };
    assertSize({ width, height });
    const target = travelSize(width, height);
    const small = await createImageBitmap(bitmap, x, y, width, height, {
      resizeWidth: target.width,
      resizeHeight: target.height,
      resizeQuality: 'high',
    });
    try {
      return toRaster(small);
    } finally {
      small.close();
    }
  } finally {
    bitmap.close();
  }
}
