/**
 * A file that is asked for again need not be what the page shows: sites answer others otherwise (links from
 * elsewhere, log-ins), and some answer each time with another picture.
 */
import { CodedError } from '../errors';
import type { Size } from './painted-area';

/** May nobody keep the answer? Then the page's is gone, and the next may hold another picture. */
export function isMadeAnew(cacheControl: string | null): boolean {
  return cacheControl?.toLowerCase().includes('no-store') === true;
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
