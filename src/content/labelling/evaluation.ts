import { skipReason } from '../../core/alt-text/candidate';
import { hasAttribute, isHere } from '../dom';
import { paintedBox } from '../find/painted-box';
import type { PictureOnPage } from '../find/picture';
import { createAwaited } from './awaited';
import type { SessionParts } from './session-parts';
import { candidateFacts, pictureKey, shownPicture, type TrackedImage } from './tracked-image';

/** Evaluated in the turn in which they come near, for so long; the rest in idle slices. */
const AT_ONCE_MS = 4;

export interface Evaluation {
  /** The shorter side of the smallest images that are labelled, CSS px. */
  setMinimumSize: (px: number) => void;
  /** Finds out what an image shows now, and whether it is to be labelled. */
  evaluate: (image: TrackedImage) => void;
  /** What is stale, in idle slices. */
  evaluateSoon: () => void;
  /** What is stale and near, at once, for a few milliseconds. */
  evaluateNear: () => void;
}

/** Is it an image that has not loaded, and does the page not say how large it will be? */
function hasNoBoxYet({ kind, element }: PictureOnPage): boolean {
  if (kind !== 'image' || element.naturalWidth > 0) return false;
  return !hasAttribute(element, 'width') || !hasAttribute(element, 'height');
}

/** Has the page decoded it, so that reading it asks nothing of the network? */
function isLoaded({ kind, element }: PictureOnPage): boolean {
  return kind === 'image' && element.complete && element.naturalWidth > 0;
}

/** Finds out what images show, and which of them are to be labelled. */
export function createEvaluation(
  { signal, slices, chips, listeners, readings, stale, ...told }: SessionParts,
  minimumSizePx: number,
  checkChanging: (image: TrackedImage) => void,
  measureOne: (image: TrackedImage) => void,
): Evaluation {
  const { tellListeners, progressChanged } = told;
  let isEvaluating = false;
  const awaited = createAwaited(signal, (image) => {
    stale.add(image);
    evaluateSoon();
  });

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

  function evaluateNear(): void {
    const end = performance.now() + AT_ONCE_MS;
    for (const image of stale) {
      if (!image.isNear) continue;
      stale.delete(image);
      evaluate(image);
      if (performance.now() > end) return;
    }
  }

  /** Whatever the page makes of one image, the others are evaluated. */
  function evaluate(image: TrackedImage): void {
    try {
      lookAt(image);
    } catch {
      image.failure = 'internal';
    }
  }

  function lookAt(image: TrackedImage): void {
    const { element, box } = image;
    if (!isHere(element)) return;
    const picture = shownPicture(element);
    const key = picture === null ? null : pictureKey(image, picture);
    const isAnother = key !== image.key;
    image.picture = picture;
    image.key = key;
    if (isAnother) {
      image.awaitedSince = null;
      chips.remove(image);
      readings.detach(image);
      tellListeners(image);
    }
    image.skip = null;
    image.failure = null;
    if (picture === null || key === null || box === null) return;
    const painted = paintedBox(picture);
    image.isElsewhere = painted !== null;
    image.skip = skipReason(candidateFacts(picture, painted ?? box), minimumSizePx);
    // A box of the browser's making says nothing of the picture that is to come, or never came.
    if (image.skip === 'too-small' && hasNoBoxYet(picture)) image.skip = null;
    if (image.skip !== null) {
      chips.remove(image);
      readings.detach(image);
      tellListeners(image);
      return;
    }
    image.isFilled =
      !image.isNear && isLoaded(picture) && listeners.isAwaiting(element) && !image.isWanted;
    readings.attach(image, key);
    tellListeners(image);
    if (picture.kind === 'image') awaited.check(image, picture);
    // A canvas is ready when it has come to rest.
    else if (picture.kind !== 'canvas') image.isReady = true;
    checkChanging(image);
    if (image.isVisible && image.reading?.state === 'labelled') measureOne(image);
  }

  return {
    setMinimumSize: (px) => {
      minimumSizePx = px;
    },
    evaluate,
    evaluateSoon,
    evaluateNear,
  };
}
