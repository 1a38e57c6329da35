import { CodedError, type ErrorCode, toFailure } from '../../core/errors';
import { brokenPictureCode } from '../../core/look/picture-bytes';
import { fetchInPage } from './page-fetch';

/** What a server's answer says of a picture that the page could not show. */
const TELLING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['image-too-many-bytes']);

/**
 * Why the page shows no picture for this address, from its bytes where the page may read them.
 * @returns CodedError `image-empty`, `image-not-an-image`, `image-truncated`, `image-too-many-bytes`,
 *   else `image-not-loaded` with the reason
 */
export async function brokenImageError(address: string, signal: AbortSignal): Promise<CodedError> {
  try {
    const bytes = await fetchInPage(address, signal);
    return new CodedError(brokenPictureCode(bytes), `${bytes.length} bytes.`);
  } catch (error) {
    const { code, message } = toFailure(error);
    return new CodedError(TELLING.has(code) || signal.aborted ? code : 'image-not-loaded', message);
  }
}
