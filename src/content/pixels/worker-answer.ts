/** What a service worker of the page answers, where that need not be what the server has: asked as the page would ask. */
import { assertAsShown } from '../../core/look/as-shown';
import { CodedError } from '../../core/errors';
import type { PlacedSize, Size } from '../../core/look/painted-area';
import type { Raster } from '../../core/look/raster';
import { boxOf, removeAttribute } from '../dom';
import { askShared } from '../find/held-picture';
import type { PictureOnPage } from '../find/picture';
import { countFrameTraffic } from './frame-traffic';
import { settled } from './load-image';
import { rasterOfImage } from './raster-of';

/**
 * What a worker of the page answers for what a picture shows, asked once in a document's life.
 * @param part what of it is read, shares of its sides; null for the whole
 * @throws CodedError `image-not-readable` where what it answers is another site's, or of another size than is
 *   shown; `image-not-loaded` and those of `rasterOfImage`; AbortError
 */
export async function readFromOwnWorker(
  { kind, element }: PictureOnPage,
  address: string,
  signal: AbortSignal,
  part: PlacedSize | null = null,
): Promise<Raster> {
  const image = askShared(address, () => {
    countFrameTraffic({ requests: 1, refetched: 1 });
  });
  await settled(image, signal);
  if (image.naturalWidth === 0) {
    throw new CodedError('image-not-readable', 'A service worker of the page answers, unreadably.');
  }
  try {
    assertAsShown(sizeOf(image), kind === 'image' ? sizeOf(element) : null);
  } catch (error) {
    // Nobody takes it for what is shown.
    removeAttribute(image, 'src');
    throw error;
  }
  return await rasterOfImage(image, boxOf(element), part);
}

function sizeOf({ naturalWidth, naturalHeight }: HTMLImageElement): Size {
  return { width: naturalWidth, height: naturalHeight };
}
