/**
 * A service worker of the page may answer a request with anything: with what it makes, with another file.
 * Whether the page shows what the server has at an address is known where the browser tells that the network
 * answered.
 */
import { timingsAt } from './timings';

/** Newer than TypeScript's own: which way a worker's static routes chose. */
interface RoutedTiming {
  workerFinalSourceType?: string;
}

/** By the engine, as what judges alt texts does so without an extension, too (`npm run conformance`). */
const isFirefox = CSS.supports('-moz-appearance', 'none');

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
 * Was the page's own worker asked for it, as far as Chromium tells? Then the page's policy was asked before. Of
 * what may not be read there is no word how it ended, and Chromium lets go of what such a worker answered early.
 */
export function wentToWorker(address: string): boolean {
  return timingsAt(address).some(({ workerStart }) => workerStart > 0);
}

/** Did the network answer, or the browser's cache of it? Of other sites that is told with their leave alone. */
function isByNetwork(entry: PerformanceResourceTiming): boolean {
  const { workerFinalSourceType } = entry as RoutedTiming;
  if (entry.nextHopProtocol !== '' || workerFinalSourceType === 'network') return true;
  // Of what a worker hands on unread no size is told.
  return entry.responseStatus === 0 && entry.encodedBodySize > 0;
}

let didAnswer = isFirefox;

/**
 * Most workers are there for messages from the server and answer no request. Chromium passes such over, and
 * tells of any other, though not for each picture: what it still had of a former visit has no such note.
 * Firefox tells of none.
 */
function mayAnswer(): boolean {
  // Asked of each picture; what was seen once is so for the document's life.
  didAnswer ||= ['navigation', 'resource']
    .flatMap((type) => performance.getEntriesByType(type))
    .some((entry) => entry instanceof PerformanceResourceTiming && entry.workerStart > 0);
  return didAnswer;
}

/** Is what the page shows of this address of the web what the server has there, as far as can be told? */
export function isFromServer(address: string): boolean {
  if (!hasOwnWorker()) return true;
  // Scripts, ours as well, ask for themselves.
  const loads = timingsAt(address).filter(({ initiatorType }) => initiatorType !== 'fetch');
  return (loads.length > 0 && loads.every(isByNetwork)) || !mayAnswer();
}

/**
 * Would a look for what the document holds be a request? Chromium hands what a worker answered to nobody of
 * another world than the one that asked.
 */
export function isLookAsked(address: string): boolean {
  return !isFirefox && /^https?:/i.test(address) && !isFromServer(address);
}
