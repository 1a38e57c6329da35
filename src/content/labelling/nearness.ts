import type { Evaluation } from './evaluation';
import type { Measuring } from './measuring';
import type { SessionParts } from './session-parts';
import type { TrackedImage } from './tracked-image';
import { isOnScreen, viewport } from './viewport';

/** Images less than a screen away are read ahead. */
const NEAR_MARGIN = '100%';

export interface Nearness {
  /** Measures an element, anew if need be. */
  remeasure: (element: Element) => void;
  /** The image left the page. */
  forget: (image: TrackedImage) => void;
}

/** Follows which images come near: they are evaluated and read ahead, and their sizes are watched. */
export function createNearness(
  { signal, chips, readings, images, stale }: SessionParts,
  { evaluateNear, evaluateSoon }: Evaluation,
  { sight, setVisible, measureSoon }: Measuring,
): Nearness {
  // Boxes come from IntersectionObserver: it measures after the page's own layout and never forces one.
  const nearness = new IntersectionObserver(onNearness, {
    rootMargin: NEAR_MARGIN,
    // Carousels are read ahead as the page is.
    scrollMargin: NEAR_MARGIN,
  });
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) remeasure(target);
    measureSoon();
  });
  signal.addEventListener('abort', () => {
    nearness.disconnect();
    sizes.disconnect();
  });

  function remeasure(element: Element): void {
    nearness.unobserve(element);
    nearness.observe(element);
  }

  function onNearness(entries: IntersectionObserverEntry[]): void {
    const view = viewport();
    const known: [TrackedImage, IntersectionObserverEntry][] = [];
    for (const entry of entries) {
      const { target, isIntersecting, boundingClientRect, intersectionRect } = entry;
      const image = images.get(target);
      if (image === undefined) continue;
      image.box = boundingClientRect;
      if (isIntersecting !== image.isNear) {
        image.isNear = isIntersecting;
        if (isIntersecting) {
          sight.observe(target);
          sizes.observe(target);
          // Known at once, so that nothing off screen goes before it.
          setVisible(image, isOnScreen(intersectionRect, view));
          if (image.isVisible) known.push([image, entry]);
        } else {
          sight.unobserve(target);
          sizes.unobserve(target);
          setVisible(image, false);
        }
      }
      stale.add(image);
    }
    evaluateNear();
    evaluateSoon();
    for (const [image, { boundingClientRect, intersectionRect }] of known) {
      // A picture that was seen before: an element that is rendered anew has its label in the same frame.
      if (image.reading?.state === 'labelled') {
        chips.place(image, boundingClientRect, intersectionRect, view);
      }
    }
    readings.update();
  }

  return {
    remeasure,
    forget: (image) => {
      const { element } = image;
      image.isNear = false;
      setVisible(image, false);
      nearness.unobserve(element);
      sight.unobserve(element);
      sizes.unobserve(element);
    },
  };
}
