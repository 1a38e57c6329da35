import { looksLikeSvg } from '../../core/address/picture-address';
import type { Raster } from '../../core/look/raster';
import { thumbnailImage } from '../../platform/thumbnail-image';
import type { PictureOnPage } from '../find/picture';
import { readDecoded } from '../lent';
import type { TrackedImage } from '../labelling/tracked-image';

/** Longest side, pixels: the report's large thumbnails, a little under two to a CSS pixel. */
const THUMBNAIL_PX = 160;

/**
 * Small copies of the pictures that these images show, as `data:` URLs by id, drawn from what the page
 * has decoded: nothing is fetched. What was not read for its label is not read for this; what the page
 * may not read (it is of another site) is left out.
 */
export async function thumbnailsOf(
  images: readonly TrackedImage[],
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const thumbnails: Record<string, string> = {};
  await Promise.all(
    images.map(async ({ id, picture, reading }) => {
      if (picture === null || reading?.prediction?.rung !== 'decoded') return;
      // Tainted or changed since: the list shows a neutral tile.
      const address = await thumbnailOf(picture, signal).catch(() => null);
      if (address !== null) thumbnails[id] = address;
    }),
  );
  return thumbnails;
}

/** Pixels that were just read are the browser's own ImageData, of which Firefox draws no copy. */
function imageDataOf(raster: Raster): ImageData {
  if (raster instanceof ImageData) return raster;
  return new ImageData(new Uint8ClampedArray(raster.data), raster.width, raster.height);
}

async function thumbnailOf(picture: PictureOnPage, signal: AbortSignal): Promise<string> {
  const { kind, element } = picture;
  if (kind === 'canvas') return await thumbnailImage(element, element, THUMBNAIL_PX);
  if (kind === 'image' && element.complete && !looksLikeSvg(element.currentSrc)) {
    const { naturalWidth: width, naturalHeight: height } = element;
    return await thumbnailImage(element, { width, height }, THUMBNAIL_PX);
  }
  const raster = await readDecoded(picture, signal);
  return await thumbnailImage(imageDataOf(raster), raster, THUMBNAIL_PX);
}
