import { CodedError } from '../../core/errors';
import { isOwnAddress, isWebAddress } from '../../core/address/picture-address';
import type { PlacedSize } from '../../core/look/painted-area';
import type { Raster } from '../../core/look/raster';
import { isFirefox } from '../../platform/which-browser';
import { boxOf } from '../dom';
import { heldImage } from '../find/held-picture';
import { hasOwnWorker } from '../find/own-worker';
import type { PictureOnPage } from '../find/picture';
import { inlineSvgPart } from './inline-svg-part';
import { loadImage, settled } from './load-image';
import { pageImage } from './page-loaded';
import { rasterOfBitmap, rasterOfImage, rasterOfVector } from './raster-of';

/** The bytes are at hand: the browser needs no longer than this for a picture of them. */
const MAX_LOOKS = 6;
const LOOK_MS = 100;

/** The picture has an address, but the browser could make nothing of what it got from there. */
export class BrokenImageError extends CodedError {
  constructor() {
    super('image-not-loaded', 'The page has not loaded the picture, or failed to.');
  }
}

/**
 * The rung `decoded`: the picture as the page already has it, without the network.
 * @param part of an image: what of it is read, shares of its sides; null for the whole
 * @throws BrokenImageError; CodedError `image-tainted`, `image-not-readable`, `image-not-loaded`,
 *   `image-blocked`, `image-truncated`, `image-too-large`, `image-too-small`, `image-has-no-size`; AbortError
 */
export async function readDecoded(
  picture: PictureOnPage,
  signal: AbortSignal,
  part: PlacedSize | null = null,
): Promise<Raster> {
  switch (picture.kind) {
    case 'image':
      await settled(picture.element, signal);
      return await rasterOfLoaded(picture.element, picture.element.getBoundingClientRect(), part);
    case 'svg': {
      const { inlineSvgAddress } = await inlineSvgPart.load();
      const image = await loadImage(await inlineSvgAddress(picture.element), signal);
      return rasterOfVector(image, picture.element.getBoundingClientRect());
    }
    case 'canvas':
      return await rasterOfBitmap(picture.element, picture.element);
    case 'video':
      return await rasterOfFrame(picture.element);
    case 'linked':
    case 'css': {
      const { address, element } = picture;
      const image = await heldOrLoaded(address, signal);
      if (image === null) throw new CodedError('image-not-readable', 'The page has let go of it.');
      return await rasterOfLoaded(image, boxOf(element));
    }
  }
}

/** A page may take the address of a `blob:` back at once; to ask for it then is an error in its console. */
function isShortLived(address: string): boolean {
  return /^blob:/i.test(address) && !isFirefox();
}

/** @returns null where the page does not hold it, and will not in a moment */
async function heldSoon(address: string, signal: AbortSignal): Promise<HTMLImageElement | null> {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const image = heldImage(address);
    if (image !== null) return image;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    signal.throwIfAborted();
  }
  return null;
}

/** @returns null where the page was sent it but does not hold it @throws CodedError `image-tainted` and those of `pageImage` */
async function heldOrLoaded(
  address: string,
  signal: AbortSignal,
): Promise<HTMLImageElement | null> {
  if (isShortLived(address)) return await heldSoon(address, signal);
  if (!isWebAddress(address)) return await loadImage(address, signal);
  // Of another site may be read what a service worker of the page made.
  const isOwn = isOwnAddress(address, location.origin);
  const image = isOwn || hasOwnWorker() ? await pageImage(address, signal) : null;
  if (image !== null || isOwn) return image;
  throw new CodedError('image-tainted', 'The picture is from another site.');
}

/** @param shown the size of its box on the page, CSS px */
async function rasterOfLoaded(
  image: HTMLImageElement,
  shown: { width: number; height: number },
  part: PlacedSize | null = null,
): Promise<Raster> {
  if (image.naturalWidth === 0 || image.naturalHeight === 0) throw new BrokenImageError();
  return await rasterOfImage(image, shown, part);
}

async function rasterOfFrame(video: HTMLVideoElement): Promise<Raster> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
    throw new CodedError('image-not-loaded', 'The video has no frame yet.');
  }
  // Drawn, since Firefox makes a lying bitmap of a video that was filmed upright.
  const frame = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  frame.getContext('2d')?.drawImage(video, 0, 0);
  return await rasterOfBitmap(frame, frame);
}
