import { isFirefox } from '../../platform/which-browser';
import { isStillShown } from '../find/picture';
import { differ, printOf } from './picture-print';
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
  /** The element was seen to have loaded its picture. */
  noteLoaded: (image: TrackedImage) => void;
  /** The image shows another picture. */
  forget: (image: TrackedImage) => void;
}

/** The event of a load may come so long after what it tells of, ms. */
const LATE_MS = 500;

/**
 * Firefox notes a request only when it has ended, and tells of each picture that a camera sends.
 * @param onAgain something was loaded again from an address that nobody set anew
 * @param outdate an image with a label shows another picture now
 */
export function createLoads(
  onAgain: (address: string) => void,
  outdate: (image: TrackedImage) => void,
): Loads {
  const loaded = new WeakMap<Element, string>();
  const complete = new WeakMap<Element, { address: string; since: number }>();

  /** What was loaded again mostly looks as it did; of the first time it is not known how. */
  function reload(image: TrackedImage, element: HTMLImageElement): void {
    const print = printOf(element);
    if (image.print !== null && !differ(print, image.print)) return;
    outdate(image);
    image.print = print;
  }

  return {
    noteLoaded: ({ picture, element }) => {
      if (picture?.kind !== 'image' || picture.address === null || !picture.element.complete)
        return;
      if (complete.get(element)?.address === picture.address) return;
      complete.set(element, { address: picture.address, since: performance.now() });
    },
    noteLoad: (image) => {
      const { picture, element, isReady, reading } = image;
      if (picture?.kind !== 'image' || picture.address === null) return;
      const { address } = picture;
      const isCamera = isFirefox() && isReady && loaded.get(element) === address;
      const before = complete.get(element);
      const isAnother = before?.address !== address || performance.now() - before.since < LATE_MS;
      const isReloaded = !isAnother && reading?.state === 'labelled';
      loaded.set(element, address);
      // Where another address was set meanwhile that is looked at by itself. Asked last: most loads are first ones.
      if (!(isCamera || isReloaded) || !isStillShown(picture)) return;
      if (isCamera) onAgain(address);
      else reload(image, picture.element);
    },
    forget: ({ element }) => {
      loaded.delete(element);
    },
  };
}
