import type { SessionParts } from './session-parts';
import type { TrackedImage } from './tracked-image';
import { createUncovering } from './uncovering';
import { viewport } from './viewport';

/** Parts of an image in view at which its label is placed anew. */
const THRESHOLDS = [0, 0.25, 0.5, 0.75, 1];
/** So many measurements in a row must find everything in its place before measuring ends: slow motion moves not in each. */
const CALM_MEASUREMENTS = 4;
/** Transitions may begin slowly: after one has begun, measuring goes on at least so much longer. */
const MOVING_MEASUREMENTS = 12;
/** Labels that come within this time of one before are put up in one frame: each frame costs more than a label. */
const GATHERED_MS = 100;

export interface Measuring {
  /** Tells where images in view are. */
  readonly sight: IntersectionObserver;
  setVisible: (image: TrackedImage, isVisible: boolean) => void;
  /** Measures what has a label in view in the next frame, and on until nothing moves any more. */
  measureSoon: () => void;
  /**
   * An image has its label now, and nothing has moved: the others stay as they are measured. The first is
   * in the next frame, those that follow soon are gathered.
   */
  measureOne: (image: TrackedImage) => void;
  /** Something moves by itself from now on: measures on, though nothing may have moved yet. */
  measureMoving: () => void;
}

/** What is in view: labels go with the images, and nothing is measured when all has come to rest. */
export function createMeasuring(
  { signal, slices, chips, readings, images, progressChanged }: SessionParts,
  checkChanging: (image: TrackedImage) => void,
): Measuring {
  const visible = new Set<TrackedImage>();
  const unmeasured = new Set<TrackedImage>();
  let sightings = 0;
  let isEachMeasured = false;
  let frame = 0;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let calm = 0;
  const uncoverSoon = createUncovering(slices, chips, visible);

  const sight = new IntersectionObserver(onSight, { threshold: THRESHOLDS });
  signal.addEventListener('abort', () => {
    sight.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(gathering);
  });

  function onSight(entries: IntersectionObserverEntry[]): void {
    let hasMoved = false;
    const view = viewport();
    for (const { target, isIntersecting, boundingClientRect, intersectionRect } of entries) {
      const image = images.get(target);
      if (image === undefined) continue;
      setVisible(image, isIntersecting && image.isNear);
      if (!image.isVisible) continue;
      if (image.reading?.state === 'labelled') {
        hasMoved = chips.place(image, boundingClientRect, intersectionRect, view) || hasMoved;
      }
    }
    readings.update();
    progressChanged();
    if (hasMoved) calm = Math.min(calm, 0);
    else calm += 1;
    if (calm < CALM_MEASUREMENTS) measure();
    else uncoverSoon();
  }

  function setVisible(image: TrackedImage, isVisible: boolean): void {
    if (isVisible === image.isVisible) return;
    image.isVisible = isVisible;
    if (isVisible) {
      sightings += 1;
      image.seenAt = sightings;
      visible.add(image);
      checkChanging(image);
    } else {
      visible.delete(image);
      chips.remove(image);
    }
  }

  function measureSoon(): void {
    calm = Math.min(calm, 0);
    chips.lookAgain();
    measure();
  }

  function measure(): void {
    if (visible.size === 0) return;
    isEachMeasured = true;
    measureInFrame();
  }

  function measureOne(image: TrackedImage): void {
    unmeasured.add(image);
    if (gathering === undefined) measureGathered();
  }

  function measureGathered(): void {
    gathering = undefined;
    if (unmeasured.size === 0 || signal.aborted) return;
    measureInFrame();
    gathering = setTimeout(measureGathered, GATHERED_MS);
  }

  function measureInFrame(): void {
    if (frame !== 0 || signal.aborted) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      for (const image of isEachMeasured ? visible : unmeasured) {
        if (!image.isVisible || image.reading?.state !== 'labelled') continue;
        // A new observation is answered with fresh boxes, measured by the browser after its layout.
        sight.unobserve(image.element);
        sight.observe(image.element);
      }
      isEachMeasured = false;
      unmeasured.clear();
    });
  }

  return {
    sight,
    setVisible,
    measureSoon,
    measureOne,
    measureMoving: () => {
      calm = -MOVING_MEASUREMENTS;
      measure();
    },
  };
}
