import { getAttribute, setAttribute } from '../dom';
import type { SessionParts } from './session-parts';

const EAGER = 'eager';

/**
 * Has all images looked at because the person wants it. What the page loads only near the screen is loaded
 * by the page itself then, as if somebody had scrolled there: same address, same policy, same cache. The
 * attribute that says so is as before when the image is there, and when the signal fires.
 * @returns to begin with all that are there now, or to end it
 */
export function createWanted(
  { signal, images, stale, readings, progressChanged }: SessionParts,
  evaluateSoon: () => void,
): (isWanted: boolean) => void {
  /** What the page had said, by the images that are on their way for us. */
  const loading = new Map<HTMLImageElement, string>();

  function restore(image: HTMLImageElement): void {
    const before = loading.get(image);
    loading.delete(image);
    // The page's own word since then stands.
    if (before !== undefined && getAttribute(image, 'loading') === EAGER) {
      setAttribute(image, 'loading', before);
    }
  }

  function load(element: Element): void {
    if (!(element instanceof HTMLImageElement) || element.complete) return;
    const before = getAttribute(element, 'loading');
    if (before?.toLowerCase() !== 'lazy') return;
    loading.set(element, before);
    setAttribute(element, 'loading', EAGER);
    for (const type of ['load', 'error'] as const) {
      element.addEventListener(
        type,
        () => {
          restore(element);
        },
        { once: true, signal },
      );
    }
  }

  signal.addEventListener('abort', () => {
    for (const image of loading.keys()) restore(image);
  });

  return (isWanted) => {
    for (const image of images.values()) {
      const { picture, skip, failure, reading } = image;
      const isOpen = skip === null && failure === null && reading?.state !== 'labelled';
      // Whether a canvas has come to rest is seen on screen alone.
      image.isWanted = isWanted && isOpen && picture?.kind !== 'canvas';
      if (image.isWanted) load(image.element);
      stale.add(image);
    }
    if (!isWanted) for (const image of loading.keys()) restore(image);
    evaluateSoon();
    readings.update();
    progressChanged();
  };
}
