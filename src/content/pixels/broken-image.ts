import { isWebAddress } from '../../core/address/picture-address';
import { CodedError, type ErrorCode, toFailure } from '../../core/errors';
import { ofUnshown } from '../../core/http-answer';
import { assertSize } from '../../core/look/raster';
import { fetchInPage } from './page-fetch';
import { notLoaded, wasSent } from './page-loaded';
import { pictureBytesPart } from './picture-bytes-part';

/** What a server's answer says of a picture that the page could not show. */
const TELLING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'image-too-many-bytes',
  'image-not-found',
]);

/**
 * Why the page shows no picture for this address: from its bytes, where the page was sent them. What the
 * page was not sent is not asked for.
 * @returns CodedError `image-empty`, `image-not-an-image`, `image-truncated`, `image-too-many-bytes`,
 *   `image-not-found`, `image-blocked`, else `image-not-loaded` with the reason
 */
export async function brokenImageError(address: string, signal: AbortSignal): Promise<CodedError> {
  if (isWebAddress(address) && !wasSent(address)) return notLoaded(address);
  try {
    const bytes = await fetchInPage(address, signal);
    if (await isDecodable(bytes)) {
      return new CodedError('image-blocked', 'The file is whole; the page may not show it.');
    }
    const { brokenPictureCode } = await pictureBytesPart.load();
    return new CodedError(brokenPictureCode(bytes), `${bytes.length} bytes.`);
  } catch (error) {
    const { code, message } = ofUnshown(toFailure(error));
    return new CodedError(TELLING.has(code) || signal.aborted ? code : 'image-not-loaded', message);
  }
}

/** Decodes a picture whose size its header says is no bomb. */
async function isDecodable(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const { claimedSize } = await pictureBytesPart.load();
    const claimed = claimedSize(bytes);
    if (claimed !== null) assertSize(claimed);
    (await createImageBitmap(new Blob([bytes]))).close();
    return true;
  } catch {
    return false;
  }
}
