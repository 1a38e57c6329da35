import { putNewest } from '../../core/newest';
import { removeAttribute } from '../dom';
import { frameMap } from '../frame-map';
import { isLookAsked } from './own-worker';

/** Addresses that showed nothing when they were looked at, in this frame; the oldest are forgotten. */
const MAX_BLANK = 200;

/** What is inside so long an address is not looked at: taking it over costs the browser milliseconds. */
const LONG_ADDRESS = 65_536;

const blank = new Set<string>();
const broken = new Set<string>();

interface Size {
  width: number;
  height: number;
}

/** Pictures that were asked for as ones that their sites share. */
const shared = frameMap<HTMLImageElement>('alt-lens-shared');
/** Sizes of pictures that the browser lets go of when their addresses are asked for in another mode. */
const sizes = frameMap<Size>('alt-lens-sizes');
const MAX_SIZES = 5000;
const MAX_SHARED = 500;

/**
 * The picture at an address as this document holds it, without any request; null where it does not.
 * The browser gives what is in its "list of available images" at once, in the very assignment, and asks
 * the network for others only after the running task, when the address is taken away again.
 * https://html.spec.whatwg.org/multipage/images.html#updating-the-image-data step 6
 */
export function heldImage(address: string): HTMLImageElement | null {
  const answered = shared.get(address);
  if (answered?.complete === true && answered.naturalWidth > 0) return answered;
  if (isLookAsked(address)) return null;
  // Never with `crossOrigin`: what the document holds in another mode would be asked for anew at once.
  const image = new Image();
  image.src = address;
  if (image.complete && image.naturalWidth > 0) return image;
  removeAttribute(image, 'src');
  return null;
}

/** The size, in px, of the picture at an address, where the page has it already; null elsewhere. */
export function heldSize(address: string): Size | null {
  if (address.length > LONG_ADDRESS) return null;
  const image = heldImage(address);
  if (image === null) return sizes.get(address) ?? null;
  return image.naturalHeight === 0
    ? null
    : { width: image.naturalWidth, height: image.naturalHeight };
}

/** The address is about to be asked for with CORS: Chromium keeps one picture of an address, and lets go of the page's. */
export function keepSize(address: string): void {
  const size = heldSize(address);
  if (size !== null) putNewest(sizes, address, size, MAX_SIZES);
}

/**
 * The picture at an address, asked for as one that its site shares, once in the document's life; it may be on its
 * way, or have failed.
 * @param onAsked a request goes out now
 */
export function askShared(address: string, onAsked: () => void): HTMLImageElement {
  const before = shared.get(address);
  if (before !== undefined) return before;
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.referrerPolicy = 'no-referrer';
  putNewest(shared, address, image, MAX_SHARED);
  image.src = address;
  onAsked();
  return image;
}

function note(addresses: Set<string>, address: string): void {
  addresses.add(address);
  const [oldest] = addresses;
  if (addresses.size > MAX_BLANK && oldest !== undefined) addresses.delete(oldest);
}

/** Every pixel of it is transparent: what lies below is what is seen. */
export function noteBlank(address: string): void {
  note(blank, address);
}

/** Nothing came from there that could be shown. */
export function noteBroken(address: string): void {
  note(broken, address);
}

/** Does the page show nothing for this address, as far as is known without asking for it? */
export function isUnseen(address: string): boolean {
  return blank.has(address) || didNotCome(address);
}

/** Did the page ask for it in vain? Its own list of what it asked for tells what has ended, not how. */
export function didNotCome(address: string): boolean {
  if (broken.has(address)) return heldSize(address) === null;
  const hasEnded = /^https?:/i.test(address) && performance.getEntriesByName(address).length > 0;
  return hasEnded && !isLookAsked(address) && heldSize(address) === null;
}
