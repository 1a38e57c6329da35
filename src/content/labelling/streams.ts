import { isWebAddress } from '../../core/address/picture-address';
import { isFirefox } from '../../platform/which-browser';
import { isConnected, removeAttribute } from '../dom';
import { heldImage } from '../find/held-picture';
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
  /** Has what the image shows without an image element followed, where the page holds it by now. */
  follow: (image: TrackedImage) => void;
  /** The image shows another picture. */
  forget: (image: TrackedImage) => void;
}

/**
 * Firefox notes a request only when it has ended, and tells image elements of each picture that a camera sends.
 * Of styles, posters and the like it tells nobody; but an image of ours with the address shares what the page
 * is sent: findings/firefox-camera-background.sh.
 */
export function createLoads({ has, note }: Streams, signal: AbortSignal): Loads {
  const loaded = new WeakMap<Element, string>();
  const standIns = new WeakMap<TrackedImage, { standIn: HTMLImageElement; address: string }>();

  function letGo(image: TrackedImage): void {
    const known = standIns.get(image);
    if (known !== undefined) removeAttribute(known.standIn, 'src');
    standIns.delete(image);
  }

  return {
    noteLoad: ({ picture, element, isReady }) => {
      if (picture?.kind !== 'image' || picture.address === null || !isFirefox()) return;
      // Nobody set the address anew.
      if (isReady && loaded.get(element) === picture.address) note(picture.address);
      loaded.set(element, picture.address);
    },
    follow: (image) => {
      const { picture, element } = image;
      if (!isFirefox() || (picture?.kind !== 'css' && picture?.kind !== 'linked')) return;
      const { address } = picture;
      if (!isWebAddress(address) || has(address) || standIns.get(image)?.address === address)
        return;
      letGo(image);
      const standIn = heldImage(address);
      if (standIn === null) return;
      standIns.set(image, { standIn, address });
      let isFirst = true;
      const onLoad = () => {
        const isShown = isConnected(element) && image.picture?.address === address;
        if (!isShown || !isFirst) letGo(image);
        if (isShown && !isFirst) note(address);
        isFirst = false;
      };
      standIn.addEventListener('load', onLoad, { signal });
    },
    forget: ({ element }) => {
      loaded.delete(element);
    },
  };
}
