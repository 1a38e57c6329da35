import { imageSize } from 'image-size';

import { CodedError } from '../core/errors';
import { MAX_IMAGE_PIXELS, travelSize, type Raster } from '../core/look/raster';

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
 * The pixels of an image file, oriented, at the size pictures travel in.
 * Its size is read from the header first, so that a decompression bomb is never decoded.
 * @throws CodedError `image-empty`, `image-not-an-image`, `image-too-small`, `image-too-large`, `image-truncated`
 */
export async function decodeFile(bytes: Uint8Array<ArrayBuffer>): Promise<Raster> {
  if (bytes.length === 0) throw new CodedError('image-empty', 'The file has 0 bytes.');
  const size = readSize(bytes);
  if (size !== null) assertSize(size.width, size.height);
  if (size?.type === 'svg') {
    throw new CodedError('image-not-readable', 'A worker cannot draw SVG files.');
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch (error) {
    throw size === null
      ? new CodedError('image-not-an-image', 'Not a picture in a known format.', { cause: error })
      : new CodedError('image-truncated', `The ${size.type} ends early or is damaged.`, {
          cause: error,
        });
  }
  return await reduce(bitmap, null);
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
    assertSize(width, height);
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

function assertSize(width: number, height: number): void {
  if (width * height > MAX_IMAGE_PIXELS) {
    throw new CodedError('image-too-large', `${width} x ${height} pixels.`);
  }
  if (width < 2 || height < 2) {
    throw new CodedError('image-too-small', `${width} x ${height} pixels.`);
  }
}

function readSize(bytes: Uint8Array): { width: number; height: number; type: string } | null {
  try {
    const { width, height, type } = imageSize(bytes);
    return { width, height, type: type ?? 'image' };
  } catch {
    // A format the reader doesn't know, or a broken header: the decoder has the last word.
    return null;
  }
}
