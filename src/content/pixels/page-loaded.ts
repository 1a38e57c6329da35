/**
 * What the page itself has loaded. Nothing else is ever asked for again: an extension's requests pass the
 * page's own policy (CSP, COEP, mixed content) and other extensions' filters, so that whoever may write a
 * picture's address into a page could have us ask for what the page may not.
 */
import { isWebAddress } from '../../core/address/picture-address';
import { CodedError } from '../../core/errors';
import { isNotFoundStatus } from '../../core/http-answer';
import { heldImage } from '../find/held-picture';
import type { Picture } from '../find/picture';
import { LOAD_TIMEOUT_MS } from './load-image';
import { wasFetched } from './page-fetch';

const STEP_MS = 100;
/** The note of a request's end may come before its picture is decoded, or be of an older request. */
const AFTER_END_MS = 300;

/**
 * How this document's requests for an address ended: HTTP statuses. 0 where the browser does not tell (of
 * another site, without its leave), and where nothing was sent. Empty while none has ended, and where the
 * page keeps no notes.
 */
function endings(address: string): number[] {
  const names = new Set([address, address.replace(/#.*/s, '')]);
  return [...names]
    .flatMap((name) => performance.getEntriesByName(name, 'resource'))
    .map((entry) => (entry instanceof PerformanceResourceTiming ? entry.responseStatus : 0));
}

function isAnswer(status: number): boolean {
  return status >= 200 && status < 400;
}

/** Has this page been sent the bytes at the address, whatever they are? */
export function wasSent(address: string): boolean {
  return wasFetched(address) || endings(address).some(isAnswer);
}

/** May a service worker of the page answer its requests? */
export function hasOwnWorker(): boolean {
  try {
    return 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
  } catch {
    // A sandboxed page has none.
    return false;
  }
}

/**
 * Did a service worker of the page answer? What may be read of such an answer the page holds; the address
 * leads to the server, which may have something else there. Of answers that may not be read it is not told.
 */
function isFromOwnWorker(address: string): boolean {
  return performance
    .getEntriesByName(address, 'resource')
    .some((entry) => entry instanceof PerformanceResourceTiming && entry.workerStart > 0);
}

/** Why the page has not loaded it. @returns CodedError `image-blocked`, `image-not-found`, `image-not-loaded` */
export function notLoaded(address: string): CodedError {
  const statuses = endings(address);
  if (statuses.length === 0) {
    return new CodedError('image-not-loaded', 'The page has not loaded the picture.');
  }
  const status = Math.max(...statuses);
  return status === 0
    ? new CodedError(
        'image-blocked',
        'The page, the browser or an extension stopped it, or none came.',
      )
    : new CodedError(
        isNotFoundStatus(status) ? 'image-not-found' : 'image-not-loaded',
        `The server answered ${status}.`,
      );
}

/**
 * The picture at an address of the web as the page holds it, waited for where it is still on its way;
 * null where the page was sent it but does not hold it as a picture (any more). Asks for nothing.
 * @throws CodedError `image-blocked`, `image-not-loaded`; AbortError
 */
export async function pageImage(
  address: string,
  signal: AbortSignal,
): Promise<HTMLImageElement | null> {
  let end = performance.now() + LOAD_TIMEOUT_MS;
  let hasEnded = false;
  for (;;) {
    signal.throwIfAborted();
    const image = heldImage(address);
    if (image !== null || wasFetched(address)) return image;
    const now = performance.now();
    if (!hasEnded && endings(address).length > 0) {
      hasEnded = true;
      end = now + AFTER_END_MS;
    }
    if (now >= end) {
      if (wasSent(address)) return null;
      throw notLoaded(address);
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}

/**
 * Nothing, where the page has loaded the picture: then asking for its file again tells nobody anything new.
 * @throws CodedError those of `pageImage`; `image-not-readable` where its file is another thing
 */
export async function assertLoaded(
  { kind, element, address }: Picture,
  signal: AbortSignal,
): Promise<void> {
  if (address === null || !isWebAddress(address)) return;
  if (isFromOwnWorker(address)) {
    throw new CodedError('image-not-readable', 'A service worker of the page made it.');
  }
  if (kind === 'image') {
    const { complete, naturalWidth, currentSrc } = element;
    // An image that was given another address meanwhile speaks for that one only.
    if (complete && naturalWidth > 0 && currentSrc === address) return;
  }
  await pageImage(address, signal);
}
