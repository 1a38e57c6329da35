import { isFirefox } from '../../platform/which-browser';
import type { TrackedImage } from './tracked-image';

/** What of a timing entry tells that its answer goes on: a camera sends one picture after the other. */
function isOpen(entry: PerformanceEntry): boolean {
  return (entry as PerformanceResourceTiming).responseEnd === 0;
}

export interface Streams {
  has: (address: string) => boolean;
  /** What was sent to this address goes on. */
  note: (address: string) => void;
}

/**
 * The addresses of pictures that are still being sent though they were loaded (`multipart/x-mixed-replace`):
 * they change without a word. Known by the browser's own timings, which a page can't withhold from
 * an observer; without a wake-up while nothing is loaded.
 * @param onOpen another one is known
 */
export function followStreams(signal: AbortSignal, onOpen: (address: string) => void): Streams {
  const open = new Set<string>();
  const note = (address: string) => {
    if (open.has(address)) return;
    open.add(address);
    onOpen(address);
  };
  const timings = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (isOpen(entry)) note(entry.name);
    }
  });
  timings.observe({ type: 'resource', buffered: true });
  signal.addEventListener('abort', () => {
    timings.disconnect();
  });
  return { has: (address) => open.has(address), note };
}

/** The loads of images, one by one. */
export interface Loads {
  /** The browser told that the element has loaded its picture. */
  noteLoad: (image: TrackedImage) => void;
  /** The image shows another picture. */
  forget: (image: TrackedImage) => void;
}

/**
 * Firefox notes a request only when it has ended, and tells of each picture that a camera sends.
 * @param onAgain something was loaded again from an address that nobody set anew
 */
export function createLoads(onAgain: (address: string) => void): Loads {
  const loaded = new WeakMap<Element, string>();
  return {
    noteLoad: ({ picture, element, isReady }) => {
      if (picture?.kind !== 'image' || picture.address === null || !isFirefox()) return;
      if (isReady && loaded.get(element) === picture.address) onAgain(picture.address);
      loaded.set(element, picture.address);
    },
    forget: ({ element }) => {
      loaded.delete(element);
    },
  };
}
