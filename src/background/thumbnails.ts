import type { Raster } from '../core/look/raster';
import { thumbnailImage } from '../platform/thumbnail-image';
import { hasThumbnail, storeThumbnail } from '../platform/thumbnail-store';

/** Longest side of a thumbnail in the popup, pixels (two to a CSS pixel). */
const THUMBNAIL_PX = 112;

/** A small copy of a picture as a `data:` URL (WebP, a few kB). */
export async function makeThumbnail({ data, width, height }: Raster): Promise<string> {
  const pixels = new ImageData(new Uint8ClampedArray(data), width, height);
  return await thumbnailImage(pixels, pixels, THUMBNAIL_PX);
}

/**
 * Keeps a small copy of a picture that its page may not draw, for this session's reports: later it could
 * only be had by fetching the file once more.
 * @param picture its `pictureHash`
 * @param isNew to the site that asks: then it is made whether another site's is there or not, for its page
 * could feel the difference
 */
export function keepForReports(picture: string, raster: Raster, isNew: boolean): void {
  // No picture waits for this; without it the report has a neutral tile.
  hasThumbnail(picture)
    .then(async (isThere) => {
      if (isNew || !isThere) await storeThumbnail(picture, await makeThumbnail(raster));
    })
    .catch(() => undefined);
}
