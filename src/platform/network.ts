/**
 * Every request that the extension's own code makes of the network: nothing else of ours calls `fetch`
 * on an address of the web. Counted is what is asked of the browser; where the browser's cache answers,
 * less goes out. Files of the package, `data:` and `blob:` addresses are no network and not counted.
 */
import type { Traffic } from '../core/report/page-report';

export type CountTraffic = (traffic: Traffic) => void;

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

/** Counts a request that is made in another way than by `countedFetch`: the picture of an image of ours. */
export function countRequest(address: string, count: CountTraffic): void {
  if (isWeb(address)) count({ requests: 1, sentBytes: 0 });
}

/** `fetch`, counted before anything is sent, also where the request fails then. Rejects as `fetch` does. */
export async function countedFetch(
  address: string,
  options: Omit<RequestInit, 'body'> & { body?: BodyInit | null },
  count: CountTraffic,
): Promise<Response> {
  const sentBytes = bodyBytes(options.body);
  if (isWeb(address)) count({ requests: 1, sentBytes });
  const response = await fetch(address, options);
  if (response.redirected && isWeb(response.url)) count({ requests: 1, sentBytes: 0 });
  return response;
}
