import { skipReason } from '../../core/alt-text/candidate';
import { CodedError } from '../../core/errors';
import { isExtensionAlive } from '../../messages/client';
import type { ActiveState } from '../../core/settings/labelling-state';
import type { FrameImage } from '../../messages/protocol';
import { isConnected } from '../dom';
import { loadAltTexts } from '../alt-text/part';
import { canvasPrint, settledPrint } from './canvas-print';
import { createChipLayer, type ViewportFacts } from './chip-layer';
import { discover } from './discovery';
import { progressOf } from './frame-progress';
import { createIdleSlices } from './idle-slices';
import { createListeners } from './listeners';
import { createProgressReports } from './progress-reports';
import { createReadings } from './readings';
import {
  candidateFacts,
  pictureKey,
  shownPicture,
  trackedImage,
  type Reading,
  type TrackedImage,
} from './tracked-image';

/** Images less than a screen away are read ahead. */
const NEAR_MARGIN = '100%';
/** Parts of an image in view at which its label is placed anew. */
const THRESHOLDS = [0, 0.25, 0.5, 0.75, 1];
/** Evaluated in the turn in which they come near, for so long; the rest in idle slices. */
const AT_ONCE_MS = 4;
/** So many measurements in a row must find everything in its place before measuring ends. */
const CALM_MEASUREMENTS = 2;
/** Transitions may begin slowly: after one has begun, measuring goes on at least so much longer. */
const MOVING_MEASUREMENTS = 12;
/** A drawing that is changed all the time is a display, not a picture. */
const MAX_VERSIONS = 5;

export interface LabellingSession {
  /** Another display mode or size; what failed is tried again. */
  configure: (state: ActiveState) => void;
  toggleLabels: () => void;
  report: () => Promise<FrameImage[]>;
  /** Scrolls to an image of the report and rings it for a moment. @throws CodedError `image-gone` */
  showImage: (id: string) => Promise<void>;
  /**
   * Puts this text on an image of the report, or with null takes back what is on it, until it shows
   * another picture. @throws CodedError `image-gone`; `alt-text-kept` where the author's text stays
   */
  setAltText: (id: string, text: string | null) => Promise<void>;
  /** Something else may be said now of these pictures, or of all (null). */
  followVoice: (pictures: readonly string[] | null) => Promise<void>;
  /** Small copies of images of the report, as `data:` URLs by id; what may not be read is left out. */
  thumbnails: (ids: readonly string[]) => Promise<Record<string, string>>;
}

/**
 * Labels the images of this frame as they come near, until the signal fires; then nothing of it is left.
 * @param onOrphaned the extension was reloaded, so this can't go on
 */
export function startSession(
  initial: ActiveState,
  signal: AbortSignal,
  onOrphaned: () => void,
): LabellingSession {
  let { minimumSizePx } = initial;
  const images = new Map<Element, TrackedImage>();
  const visible = new Set<TrackedImage>();
  const stale = new Set<TrackedImage>();
  let ids = 0;
  let sightings = 0;
  let isEvaluating = false;
  let isUncovering = false;
  let wantsUncovering = false;
  let isEachMeasured = false;
  const unmeasured = new Set<TrackedImage>();
  let isSweeping = false;
  let frame = 0;
  let calm = 0;

  const slices = createIdleSlices(signal);
  const chips = createChipLayer(signal);
  chips.setMode(initial.displayMode, initial.shownPredictions);
  const listeners = createListeners(signal, () => {
    for (const image of images.values()) tellListeners(image);
  });
  listeners.setMode(initial.listenerMode);
  const progressChanged = createProgressReports(() => progressOf(images.values()), signal);
  const readings = createReadings({ signal, onSettled, onOrphaned });

  function onSettled({ images: labelled, state, prediction }: Reading): void {
    if (signal.aborted) return;
    for (const image of labelled) {
      if (state !== 'labelled') chips.remove(image);
      else chips.refresh(image);
      if (image.isVisible) measureOne(image);
      if (prediction !== null) listeners.keepDraftOf(image.element, prediction.hint);
      tellListeners(image);
    }
    progressChanged();
  }

  /** Listeners hear what is known of an image now, where it needs a text. */
  function tellListeners({ element, reading, key }: TrackedImage): void {
    const prediction = reading?.state === 'labelled' ? reading.prediction : null;
    listeners.tell(element, prediction?.hint ?? null, key);
  }

  /** An image of the report that is still there. */
  function imageOf(id: string): TrackedImage {
    const image = [...images.values()].find((each) => each.id === id);
    if (image === undefined || !isConnected(image.element)) throw new CodedError('image-gone', id);
    return image;
  }

  // Boxes come from IntersectionObserver: it measures after the page's own layout and never forces one.
  const nearness = new IntersectionObserver(onNearness, {
    rootMargin: NEAR_MARGIN,
    // Carousels are read ahead as the page is.
    scrollMargin: NEAR_MARGIN,
  });
  const sight = new IntersectionObserver(onSight, { threshold: THRESHOLDS });
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) remeasure(target);
    measureSoon();
  });
  signal.addEventListener('abort', () => {
    nearness.disconnect();
    sight.disconnect();
    sizes.disconnect();
    cancelAnimationFrame(frame);
  });

  function remeasure(element: Element): void {
    nearness.unobserve(element);
    nearness.observe(element);
  }

  function onFound(element: Element): void {
    const known = images.get(element);
    if (known !== undefined) {
      stale.add(known);
      evaluateSoon();
      return;
    }
    ids += 1;
    images.set(element, trackedImage(`image-${ids}`, element));
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
    evaluateSome(AT_ONCE_MS, ({ isNear }) => isNear);
    evaluateSoon();
    for (const [image, { boundingClientRect, intersectionRect }] of known) {
      // A picture that was seen before: an element that is rendered anew has its label in the same frame.
      if (image.reading?.state === 'labelled') {
        chips.place(image, boundingClientRect, intersectionRect, view);
      }
    }
    readings.update();
  }

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

  function uncoverSoon(): void {
    wantsUncovering = true;
    if (isUncovering) return;
    isUncovering = true;
    slices.add(uncoverAll());
  }

  /** Once more from the beginning where something came to rest meanwhile. */
  function* uncoverAll(): Generator<undefined, undefined> {
    while (wantsUncovering) {
      wantsUncovering = false;
      yield* chips.uncover();
    }
    isUncovering = false;
  }

  function setVisible(image: TrackedImage, isVisible: boolean): void {
    if (isVisible === image.isVisible) return;
    image.isVisible = isVisible;
    if (isVisible) {
      sightings += 1;
      image.seenAt = sightings;
      visible.add(image);
      checkCanvas(image);
    } else {
      visible.delete(image);
      chips.remove(image);
    }
  }

  /** Measures what has a label in view in the next frame, and on until nothing moves any more. */
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

  /** An image has its label now, and nothing has moved: the others stay as they are measured. */
  function measureOne(image: TrackedImage): void {
    unmeasured.add(image);
    measureInFrame();
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

  function evaluateSoon(): void {
    if (isEvaluating || stale.size === 0) return;
    isEvaluating = true;
    slices.add(evaluateAll());
  }

  function* evaluateAll(): Generator<undefined, undefined> {
    for (const image of stale) {
      stale.delete(image);
      evaluate(image);
      yield;
    }
    isEvaluating = false;
    readings.update();
    progressChanged();
  }

  function evaluateSome(length: number, which: (image: TrackedImage) => boolean): void {
    const end = performance.now() + length;
    for (const image of stale) {
      if (!which(image)) continue;
      stale.delete(image);
      evaluate(image);
      if (performance.now() > end) return;
    }
  }

  /** Finds out what an image shows now, and whether it is to be labelled. */
  function evaluate(image: TrackedImage): void {
    const { element, box } = image;
    if (!isConnected(element)) return;
    const picture = shownPicture(element);
    const key = picture === null ? null : pictureKey(image, picture);
    const isAnother = key !== image.key;
    image.picture = picture;
    image.key = key;
    if (isAnother) {
      chips.remove(image);
      readings.detach(image);
      tellListeners(image);
    }
    image.skip = null;
    if (picture === null || key === null || box === null) return;
    image.skip = skipReason(candidateFacts(picture, box), minimumSizePx);
    if (image.skip !== null) {
      chips.remove(image);
      readings.detach(image);
      tellListeners(image);
      return;
    }
    readings.attach(image, key);
    tellListeners(image);
    if (picture.kind === 'canvas') checkCanvas(image);
    else image.isReady = picture.kind !== 'image' || isDrawn(picture.element);
    if (image.isVisible && image.reading?.state === 'labelled') measureOne(image);
  }

  const settling = new Set<TrackedImage>();

  /** A canvas is read when it has come to rest, and again when it looks different on coming into view. */
  function checkCanvas(image: TrackedImage): void {
    const { picture } = image;
    if (picture?.kind !== 'canvas' || !image.isNear || settling.has(image)) return;
    if (image.isReady && canvasPrint(picture.element) === image.print) return;
    settling.add(image);
    void settledPrint(picture.element, signal).then((print) => {
      settling.delete(image);
      if (signal.aborted) return;
      if (print === undefined) {
        image.skip = 'unsettled';
        readings.detach(image);
        tellListeners(image);
      } else if (image.isReady && print !== image.print) {
        outdate(image);
      }
      image.print = print ?? null;
      image.isReady = print !== undefined;
      readings.update();
      progressChanged();
    });
  }

  /** The picture without an address is another one now. */
  function outdate(image: TrackedImage): void {
    if (image.version >= MAX_VERSIONS) return;
    image.version += 1;
    chips.remove(image);
    listeners.tell(image.element, null, null);
    stale.add(image);
    evaluateSoon();
  }

  function onSourceChanged(element: Element): void {
    const image = images.get(element);
    if (image === undefined) {
      onFound(element);
      return;
    }
    // Not a moment longer on another picture; if it is the same after all it comes back.
    chips.remove(image);
    listeners.tell(image.element, null, null);
    image.isReady = false;
    stale.add(image);
    evaluateSoon();
  }

  function onLoaded(element: Element): void {
    const image = images.get(element);
    if (image === undefined) return;
    if (image.reading !== null) readings.retry(image.reading);
    remeasure(element);
  }

  /** What left the page is forgotten, and what was asked for it is not wanted any more. */
  function* sweep(): Generator<undefined, undefined> {
    isSweeping = false;
    for (const [element, image] of images) {
      if (isConnected(element)) continue;
      images.delete(element);
      stale.delete(image);
      image.isNear = false;
      setVisible(image, false);
      nearness.unobserve(element);
      sight.unobserve(element);
      sizes.unobserve(element);
      readings.detach(image);
      listeners.tell(element, null, null);
      yield;
    }
    readings.update();
    progressChanged();
  }

  function onRemoved(): void {
    if (!isExtensionAlive()) {
      // The labels of the newer version take the place of these.
      onOrphaned();
      return;
    }
    chips.keep();
    if (isSweeping) return;
    isSweeping = true;
    slices.add(sweep());
  }

  function onMoved(isRestyled: boolean): void {
    if (isRestyled) {
      // Hidden or uncovered, maybe: seen by style alone, no observer tells.
      for (const image of images.values()) {
        if (image.isVisible || (image.isNear && image.skip === 'invisible')) stale.add(image);
      }
      evaluateSoon();
    }
    measureSoon();
  }

  discover(
    slices,
    {
      onFound,
      onSourceChanged,
      onLoaded,
      onRedrawn: (svg) => {
        const image = images.get(svg);
        if (image !== undefined) outdate(image);
      },
      onRemoved,
      onMoved,
      onMoving: () => {
        calm = -MOVING_MEASUREMENTS;
        measure();
      },
      onTopLayer: () => {
        chips.raise();
        measureSoon();
      },
    },
    signal,
  );
  window.addEventListener('resize', measureSoon, { passive: true, signal });

  return {
    configure: (state) => {
      ({ minimumSizePx } = state);
      chips.setMode(state.displayMode, state.shownPredictions);
      listeners.setMode(state.listenerMode);
      for (const image of images.values()) stale.add(image);
      evaluateSoon();
      readings.retryAll();
      measureSoon();
    },
    toggleLabels: chips.toggle,
    followVoice: readings.followVoice,
    showImage: async (id) => {
      const altTexts = await loadAltTexts();
      altTexts?.ringImage(imageOf(id).element, signal);
    },
    setAltText: async (id, text) => {
      const { element, key, reading } = imageOf(id);
      const prediction = reading?.prediction ?? null;
      const hint = prediction?.draft === text ? prediction.hint : null;
      const own = text === null ? null : { text, hint };
      if (key === null || !(await listeners.choose(element, key, own))) {
        throw new CodedError('alt-text-kept', id);
      }
    },
    thumbnails: async (ids) => {
      const altTexts = await loadAltTexts();
      const found = [...images.values()].filter(({ id }) => ids.includes(id));
      return (await altTexts?.thumbnailsOf(found, signal)) ?? {};
    },
    report: async () => {
      const altTexts = await loadAltTexts();
      for (const image of stale) evaluate(image);
      stale.clear();
      const shown = [...images.values()].filter(({ picture }) => picture !== null);
      return altTexts?.reportImages(shown, listeners.textOf) ?? [];
    },
  };
}

function viewport(): ViewportFacts {
  return { width: innerWidth, height: innerHeight, scrollX, scrollY };
}

function isOnScreen(
  { left, right, top, bottom }: DOMRectReadOnly,
  { width, height }: ViewportFacts,
): boolean {
  return right > 0 && bottom > 0 && left < width && top < height;
}

/** A broken image has no picture to read; asking its server once more would be waste. */
function isDrawn({ complete, naturalWidth }: HTMLImageElement): boolean {
  return complete && naturalWidth > 0;
}
