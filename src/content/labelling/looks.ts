import { addListener, isConnected, isPageHidden } from '../dom';
import type { TrackedImage } from './tracked-image';

/**
 * What may change without a word is looked at so often while it is in view: its label is gone at most so
 * long after the change.
 */
const LOOK_MS = 1500;
/** Looks take at most one part in so many of the time. */
const COST_FACTOR = 100;

/**
 * Looks at images from time to time. No timer runs while there is nothing to look at, or nobody does.
 * @returns has an image looked at from now on, as long as it is in view; once more in view it is to be given again
 */
export function createLooks(
  lookAt: (image: TrackedImage) => void,
  signal: AbortSignal,
): (image: TrackedImage) => void {
  const watched = new Set<TrackedImage>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = LOOK_MS;
  addListener(document, 'visibilitychange', arm, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });

  function arm(): void {
    if (timer !== undefined || watched.size === 0 || isPageHidden(document) || signal.aborted)
      return;
    timer = setTimeout(look, pauseMs);
  }

  function look(): void {
    timer = undefined;
    const start = performance.now();
    for (const image of watched) {
      if (image.isVisible && isConnected(image.element)) lookAt(image);
      else watched.delete(image);
    }
    pauseMs = Math.max(LOOK_MS, (performance.now() - start) * COST_FACTOR);
    arm();
  }

  return (image) => {
    watched.add(image);
    arm();
  };
}
