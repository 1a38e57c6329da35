import { looksLikeSvg } from '../../core/address/picture-address';
import { isHere } from '../dom';
import type { PictureOnPage } from '../find/picture';
import type { TrackedImage } from './tracked-image';

/** A picture that is near and still on its way gets this long; one that comes later is read all the same. */
const LOAD_LIMIT_MS = 10_000;
/** The events of loading may be kept from us, by a page that stops them on their way. */
const LOOK_AGAIN_MS = 1000;

export interface Awaited {
  /** Is there something to read, will there be, or is there none? */
  check: (image: TrackedImage, picture: PictureOnPage & { kind: 'image' }) => void;
}

/**
 * Follows images that the page has not loaded yet, so that each comes to an end.
 * @param lookAgain finds out what the image shows now
 */
export function createAwaited(
  signal: AbortSignal,
  lookAgain: (image: TrackedImage) => void,
): Awaited {
  const awaited = new Set<TrackedImage>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });

  function look(): void {
    timer = undefined;
    for (const image of awaited) {
      // What goes out of view is awaited again when it comes back.
      if (isHere(image.element) && isExpected(image)) lookAgain(image);
      else awaited.delete(image);
    }
    lookLater();
  }

  function lookLater(): void {
    if (awaited.size > 0 && !signal.aborted) timer ??= setTimeout(look, LOOK_AGAIN_MS);
  }

  return {
    check: (image, { element, address }) => {
      const { complete, naturalWidth } = element;
      image.isReady = complete && naturalWidth > 0;
      if (complete || !isExpected(image)) {
        awaited.delete(image);
        image.awaitedSince = null;
        // A broken image has no picture to read; asking its server once more would be waste.
        if (complete && naturalWidth === 0) image.failure = brokenCode(address);
        return;
      }
      const now = performance.now();
      image.awaitedSince ??= now;
      if (now - image.awaitedSince >= LOAD_LIMIT_MS) image.failure = 'image-not-loaded';
      awaited.add(image);
      lookLater();
    },
  };
}

/** Is it to be read as soon as it is there? */
function isExpected({ isNear, isWanted }: TrackedImage): boolean {
  return isNear || isWanted;
}

function brokenCode(address: string | null): 'image-has-no-size' | 'image-not-loaded' {
  return address !== null && looksLikeSvg(address) ? 'image-has-no-size' : 'image-not-loaded';
}
