import { CodedError } from '../../core/errors';
import { brokenPictureCode, claimedSize, pictureFormat } from '../../core/look/picture-bytes';
import { assertSize, MAX_IMAGE_BYTES, type Raster } from '../../core/look/raster';
import { countedFetch } from '../../platform/network';
import { readCapped } from '../../platform/read-capped';
import { countFrameTraffic } from './frame-traffic';
import { loadImage } from './load-image';
import { rasterOfBitmap, rasterOfVector } from './raster-of';

const FETCH_TIMEOUT_MS = 15_000;

/**
 * The bytes at an address, as the page itself may have them: CORS, the page's own cache.
 * @throws CodedError `network-failed`, `http-status`, `image-too-many-bytes`, `timed-out`; AbortError
 */
export async function fetchInPage(
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  try {
    const response = await countedFetch(
      address,
      {
        mode: 'cors',
        credentials: 'same-origin',
        cache: 'force-cache',
        signal: AbortSignal.any([signal, timeout]),
      },
      countFrameTraffic,
    );
    if (!response.ok)
      throw new CodedError('http-status', `The server answered ${response.status}.`);
    return await readCapped(response, MAX_IMAGE_BYTES);
  } catch (error) {
    if (error instanceof CodedError || signal.aborted) throw error;
    if (timeout.aborted) {
      throw new CodedError('timed-out', `Not here within ${FETCH_TIMEOUT_MS / 1000} s.`, {
        cause: error,
      });
    }
    throw new CodedError('network-failed', 'The site does not share it, or was not reached.', {
      cause: error,
    });
  }
}

/**
 * The rung `page-fetch`.
 * @param shown the size of its box on the page, CSS px, for a picture without pixels of its own
 * @throws CodedError those of `fetchInPage`; `image-empty`, `image-not-an-image`, `image-truncated`,
 *   `image-too-large`, `image-too-small`, `image-has-no-size`, `image-not-readable`; AbortError
 */
export async function readByPageFetch(
  address: string,
  shown: { width: number; height: number },
  signal: AbortSignal,
): Promise<Raster> {
  const bytes = await fetchInPage(address, signal);
  const claimed = claimedSize(bytes);
  if (claimed !== null) assertSize(claimed);
  if (pictureFormat(bytes) === 'svg') {
    const text = encodeURIComponent(new TextDecoder().decode(bytes));
    const image = await loadImage(`data:image/svg+xml;charset=utf-8,${text}`, signal);
    if (image.naturalWidth === 0) {
      throw new CodedError('image-truncated', 'The SVG ends early or is damaged.');
    }
    return rasterOfVector(image, shown);
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch (error) {
    throw new CodedError(brokenPictureCode(bytes), 'The browser cannot decode the file.', {
      cause: error,
    });
  }
  try {
    return await rasterOfBitmap(bitmap, bitmap);
  } finally {
    bitmap.close();
  }
}
