import { browser } from '../platform/browser';

import { guardAddress } from '../core/address/address-guard';
import { CodedError } from '../core/errors';
import { answered } from '../core/http-answer';
import { hostPattern } from '../core/address/match-pattern';
import { isMadeAnew } from '../core/look/as-shown';
import { MAX_IMAGE_BYTES } from '../core/look/raster';
import { type CountTraffic, countedFetch } from '../platform/network';
import { readCapped } from '../platform/read-capped';

interface FetchedImage {
  bytes: Uint8Array<ArrayBuffer>;
  /** Its site lets nobody keep it: the next answer may be another picture. */
  isMadeAnew: boolean;
}

/** A slow server may take this long in all, milliseconds. */
const FETCH_TIMEOUT_MS = 20_000;

/**
 * Fetches an image file for a page's image, which `count` is told: with host permission only, without credentials or
 * referrer, never from a private address unless the page is on one, from no other address than the one given, within
 * a byte and a time cap.
 * @throws CodedError `address-refused`, `host-permission-missing`, `http-status`, `image-not-an-image`,
 *   `image-too-many-bytes`, `timed-out`, `network-failed`
 */
export async function fetchImage(
  address: string,
  pageAddress: string,
  count: CountTraffic,
  cache: RequestCache = 'force-cache',
): Promise<FetchedImage> {
  const url = guardAddress(address, pageAddress);
  await assertPermitted(url);
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  // What is refused after its first bytes must not go on loading.
  const done = new AbortController();
  try {
    const response = await countedFetch(
      url.href,
      {
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache,
        signal: AbortSignal.any([timeout, done.signal]),
      },
      count,
    );
    if (!response.ok) throw answered(response.status);
    assertImageType(response.headers.get('content-type'));
    return {
      bytes: await readCapped(response, MAX_IMAGE_BYTES),
      isMadeAnew: isMadeAnew(response.headers, false),
    };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (timeout.aborted) {
      throw new CodedError('timed-out', `No picture within ${FETCH_TIMEOUT_MS / 1000} s.`, {
        cause: error,
      });
    }
    throw new CodedError('network-failed', String(error), { cause: error });
  } finally {
    done.abort();
  }
}

async function assertPermitted(url: URL): Promise<void> {
  const pattern = hostPattern(url.href);
  if (pattern === null || !(await browser.permissions.contains({ origins: [pattern] }))) {
    throw new CodedError('host-permission-missing', `No access to ${url.hostname}.`);
  }
}

/** Servers that send no type, or the catch-all one, are believed; the decoder decides. */
function assertImageType(contentType: string | null): void {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === '' || type === 'application/octet-stream' || type === 'binary/octet-stream') return;
  if (!type.startsWith('image/')) {
    throw new CodedError('image-not-an-image', `The server says that it is ${type}.`);
  }
}
