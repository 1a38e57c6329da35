import { isWebAddress } from '../../core/address/picture-address';
import { CodedError } from '../../core/errors';
import type { Raster } from '../../core/look/raster';
import { isFirefox } from '../../platform/which-browser';
import type { PictureOnPage } from '../find/picture';
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

/**
 * Firefox decodes a file that ends early, and tells nobody. Where a picture that it drew may be one, its bytes,
 * which the page was sent, tell; where these are not to be had, the picture is believed.
 * @throws CodedError `image-truncated`
 */
export async function assertWhole(
  { address }: PictureOnPage,
  raster: Raster,
  signal: AbortSignal,
): Promise<void> {
  if (!isFirefox() || address === null || !lacksRows(raster)) return;
  if (isWebAddress(address) && !wasSent(address)) return;
  const bytes = await fetchInPage(address, signal).catch(() => null);
  const part = bytes === null ? null : await pictureBytesPart.load().catch(() => null);
  if (bytes !== null && part?.endsEarly(bytes) === true) {
    throw new CodedError('image-truncated', 'The picture ends early.');
  }
}
