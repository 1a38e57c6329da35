/**
 * A file that is asked for again need not be what the page shows: sites answer others otherwise (links from
 * elsewhere, log-ins), and some answer each time with another picture.
 */
import { CodedError } from '../errors';
import type { Size } from './painted-area';

/** As much of `Headers` as is asked for. */
interface AnswerHeaders {
  get(name: string): string | null;
}

/**
 * May nobody keep the answer, which has no date either? Then the page's is gone, and the next may hold another picture.
 * A dated one is a stored file, as of a site behind a login. `Last-Modified` and not `ETag`: answers
 * across origins show pages' scripts only the first. And is it for those alone who send other cookies?
 * @param hasCookies were the page's own sent along?
 */
export function isMadeAnew(headers: AnswerHeaders, hasCookies: boolean): boolean {
  const varies = (headers.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (!hasCookies && (varies.includes('*') || varies.includes('cookie'))) return true;
  const isKeptByNobody = headers.get('cache-control')?.toLowerCase().includes('no-store') === true;
  return isKeptByNobody && headers.get('last-modified') === null;
}

/** @throws CodedError `image-not-readable`: another way may lead to what is shown */
export function refuseMadeAnew(): never {
  throw new CodedError('image-not-readable', 'Its site makes the picture anew for each request.');
}

/**
 * @param claimed by the file's header, px; null where that does not tell
 * @param shown as the page holds it, px, oriented; null where that is not known
 * @throws CodedError `image-not-readable`: another way may lead to what is shown
 */
export function assertAsShown(claimed: Size | null, shown: Size | null): void {
  if (claimed === null || shown === null) return;
  const { width, height } = claimed;
  if (width === shown.width && height === shown.height) return;
  // A camera's file may claim to lie on its side.
  if (width === shown.height && height === shown.width) return;
  throw new CodedError('image-not-readable', 'Its site sent a picture of another size.');
}
