import { addListener, boxOf, isHere, isPageHidden } from '../dom';
import type { TrackedImage } from './tracked-image';

/**
 * What may change without a word is looked at so often while it is in view: its label is gone at most so
 * long after the change.
 */
const LOOK_MS = 1500;
/** Where nothing stirs, nor anybody, pauses double up to this. */
const QUIET_MS = 12_000;
/** Looks take at most one part in so many of the time. */
const COST_FACTOR = 100;
/** Signs of somebody at the page. */
const SIGNS = ['pointerdown', 'keydown', 'wheel'];

/** Where images are, to the pixel. */
function placesOf(images: Iterable<TrackedImage>): string {
  return Array.from(images, ({ element }) => {
    const { x, y, width, height } = boxOf(element);
    return [x, y, width, height].map(Math.round).join();
  }).join(';');
}

/**
 * Looks at images from time to time. No timer runs while there is nothing to look at, or nobody does.
 * @param lookAt returns whether the image changes on its own, so that the next look is due soon
 * @returns has an image looked at from now on, as long as it is in view; once more in view it is to be given again
 */
export function createLooks(
  lookAt: (image: TrackedImage) => boolean,
  signal: AbortSignal,
): (image: TrackedImage) => void {
  const watched = new Set<TrackedImage>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = LOOK_MS;
  let places = '';
  addListener(document, 'visibilitychange', arm, { signal });
  for (const sign of SIGNS)
    addListener(document, sign, stir, { signal, capture: true, passive: true });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });

  function arm(): void {
    if (timer !== undefined || watched.size === 0 || isPageHidden(document) || signal.aborted)
      return;
    timer = setTimeout(look, pauseMs);
  }

  /** The next look is due soon; one that is due soon anyway is not put off. */
  function stir(): void {
    if (pauseMs <= LOOK_MS) return;
    pauseMs = LOOK_MS;
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    arm();
  }

  function look(): void {
    timer = undefined;
    const start = performance.now();
    let isLively = false;
    for (const image of watched) {
      if (!image.isVisible || !isHere(image.element)) watched.delete(image);
      else if (lookAt(image)) isLively = true;
    }
    const before = places;
    places = placesOf(watched);
    const quietMs =
      isLively || places !== before ? LOOK_MS : Math.min(QUIET_MS, Math.max(LOOK_MS, pauseMs) * 2);
    pauseMs = Math.max(quietMs, (performance.now() - start) * COST_FACTOR);
    arm();
  }

  return (image) => {
    if (!watched.has(image)) stir();
    watched.add(image);
    arm();
  };
}
