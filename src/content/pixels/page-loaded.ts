/**
 * What the page itself has loaded. Nothing else is ever asked for again: an extension's requests pass the
 * page's own policy (CSP, COEP, mixed content) and other extensions' filters, so that whoever may write a
 * picture's address into a page could have us ask for what the page may not.
 */
import { isWebAddress } from '../../core/address/picture-address';
import { CodedError } from '../../core/errors';
import { isNotFoundStatus } from '../../core/http-answer';
import { heldImage } from '../find/held-picture';
import { wentToWorker } from '../find/own-worker';
import type { Picture } from '../find/picture';
import { timingsAt } from '../find/timings';
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
  return timingsAt(address).map(({ responseStatus }) => responseStatus);
}

function isAnswer(status: number): boolean {
  return status >= 200 && status < 400;
}

/** Has this page been sent the bytes at the address, whatever they are? */
export function wasSent(address: string): boolean {
  return wasFetched(address) || endings(address).some(isAnswer);
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
 * null where the page was sent it but does not hold it as a picture (any more), or where its own worker
 * may have. Asks for nothing.
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
      if (wasSent(address) || wentToWorker(address)) return null;
      throw notLoaded(address);
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}

/**
 * Nothing, where the page has loaded the picture: then asking for its file again tells nobody anything new.
 * @throws CodedError those of `pageImage`
 */
export async function assertLoaded(
  { kind, element, address }: Picture,
  signal: AbortSignal,
): Promise<void> {
  if (address === null || !isWebAddress(address)) return;
  if (kind === 'image') {
    const { complete, naturalWidth, currentSrc } = element;
    // An image that was given another address meanwhile speaks for that one only.
    if (complete && naturalWidth > 0 && currentSrc === address) return;
  }
  await pageImage(address, signal);
}
