/**
 * Every request that the extension's own code makes of the network: nothing else of ours calls `fetch`
 * on an address of the web. Counted is what is asked of the browser; where the browser's cache answers,
 * less goes out. Files of the package, `data:` and `blob:` addresses are no network and not counted.
 */
import { CodedError } from '../core/errors';
import type { Traffic } from '../core/report/page-report';

export type CountTraffic = (traffic: Partial<Traffic>) => void;

function isWeb(address: string): boolean {
  return /^https?:/i.test(address);
}

/** The size of a request's body, bytes. @throws TypeError for a stream, whose size nobody knows before */
function bodyBytes(body: BodyInit | null | undefined): number {
  if (body === null || body === undefined) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  if (body instanceof URLSearchParams) return bodyBytes(body.toString());
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  throw new TypeError('A body of unknown size is not sent.');
}

/**
 * `fetch`, counted before anything is sent, also where the request fails then. Rejects as `fetch` does.
 * No redirect is followed: where one leads the browser tells only after that address was asked, which
 * nobody has looked at.
 * @throws CodedError `address-refused` for a redirect
 */
export async function countedFetch(
  address: string,
  options: Omit<RequestInit, 'body' | 'redirect'> & { body?: BodyInit | null },
  count: CountTraffic,
): Promise<Response> {
  const sentBytes = bodyBytes(options.body);
  if (isWeb(address)) count({ requests: 1, sentBytes });
  const response = await fetch(address, { ...options, redirect: 'manual' });
  if (response.type === 'opaqueredirect') {
    throw new CodedError('address-refused', 'It leads on to an address that nobody has looked at.');
  }
  return response;
}

/**
 * The file at an address of the page's own site as the browser's cache has it. Asks nothing of the network.
 * @returns null where it is not there, or redirected
 */
export async function cachedFile(address: string): Promise<Blob | null> {
  try {
    const response = await fetch(address, {
      ...{ cache: 'only-if-cached', mode: 'same-origin', redirect: 'error' },
    });
    return response.ok ? await response.blob() : null;
  } catch {
    return null;
  }
}
