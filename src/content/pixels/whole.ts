import { isOwnAddress, isWebAddress } from '../../core/address/picture-address';
import { CodedError } from '../../core/errors';
import { MAX_IMAGE_BYTES, type Raster } from '../../core/look/raster';
import { cachedFile } from '../../platform/network';
import { bytesOf } from '../../platform/read-capped';
import { isFirefox } from '../../platform/which-browser';
import { heldImage } from '../find/held-picture';
import type { PictureOnPage } from '../find/picture';
import { abortable } from './abortable';
import { fetchInPage } from './page-fetch';
import { wasSent } from './page-loaded';
import { pictureBytesPart } from './picture-bytes-part';
import { LEAST_SHOWN } from './raster-of';

/** Are the last rows white throughout, or transparent, as Firefox paints them where the file has none? */
function lacksRows({ width, height, data }: Raster): boolean {
  const start = width * Math.floor(height * LEAST_SHOWN) * 4;
  const [red = 0, , , alpha = 0] = data.subarray(start);
  if ((red !== 255 || alpha !== 255) && (red !== 0 || alpha !== 0)) return false;
  return data.subarray(start).every((value) => value === red);
}

/** The bytes that the page was sent, with no request of ours but where the person asks; null where they are not to be had. */
async function sentBytes(
  address: string,
  mayFetch: boolean,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const isWeb = isWebAddress(address);
  const cached =
    isWeb && isOwnAddress(address, location.origin)
      ? await abortable(cachedFile(address), signal)
      : null;
  if (cached !== null && cached.size <= MAX_IMAGE_BYTES) return await bytesOf(cached);
  if (isWeb && !(mayFetch && wasSent(address))) return null;
  return await fetchInPage(address, signal).catch(() => null);
}

/** Does the document keep it for others? Firefox keeps nothing of which less came than was announced. */
function isKept(picture: PictureOnPage, address: string): boolean {
  if (picture.kind !== 'image' || !isWebAddress(address)) return true;
  // Asked for in another way it is kept apart.
  const { crossOrigin, referrerPolicy } = picture.element;
  return crossOrigin !== null || referrerPolicy !== '' || heldImage(address) !== null;
}

/**
 * Firefox decodes a file that ends early, and tells nobody. Where a picture that it drew may be one, its bytes,
 * which the page was sent, tell; where these are not to be had, the picture is believed.
 * @param mayFetch may they be asked for again?
 * @throws CodedError `image-truncated`; AbortError
 */
export async function assertWhole(
  picture: PictureOnPage,
  raster: Raster,
  mayFetch: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { address } = picture;
  if (!isFirefox() || address === null || !lacksRows(raster)) return;
  const bytes = await sentBytes(address, mayFetch, signal);
  const part = bytes === null ? null : await pictureBytesPart.load().catch(() => null);
  if (bytes === null ? !isKept(picture, address) : part?.endsEarly(bytes) === true) {
    throw new CodedError('image-truncated', 'The picture ends early.');
  }
}
