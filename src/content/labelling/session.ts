import { CodedError } from '../../core/errors';
import type { Concerned } from '../../core/saying/dismissal';
import type { ActiveState } from '../../core/settings/labelling-state';
import type { FrameReportPart } from '../../messages/protocol';
import { saidOf } from '../../core/saying/said';
import { isSaidDecorative } from '../alt-text/author-word';
import { loadAltTexts, type ReportRequest } from '../alt-text/part';
import { seekTwo } from '../describe/seek-two';
import { isHere } from '../dom';
import { createChangingPictures } from './changing-pictures';
import { createChipLayer } from './chip-layer';
import { discover } from './discovery';
import { createEvaluation } from './evaluation';
import { progressOf } from './frame-progress';
import { createIdleSlices } from './idle-slices';
import { imageChanges } from './image-changes';
import { createListeners } from './listeners';
import { createMeasuring } from './measuring';
import { createNearness } from './nearness';
import { createProgressReports } from './progress-reports';
import { readAgain } from './read-again';
import { createReadings } from './readings';
import type { SessionParts } from './session-parts';
import type { Reading, TrackedImage } from './tracked-image';
import { createWanted } from './wanted';

/** Where the script that makes reports can't be put into this frame. */
export const NO_REPORT: FrameReportPart = { images: [], next: null };

export interface LabellingSession {
  /** Another display mode or size; what failed is tried again. */
  configure: (state: ActiveState) => void;
  toggleLabels: () => void;
  /** Looks at all images that are there, those out of view too; or no longer. */
  lookAtAll: (isWanted: boolean) => void;
  /** A part of the report; see `reportPart`. */
  report: (request: ReportRequest) => Promise<FrameReportPart>;
  /** Scrolls to an image of the report and rings it for a moment. @throws CodedError `image-gone` */
  showImage: (id: string) => Promise<void>;
  /**
   * Puts this text on an image of the report, or with null takes back what is on it, until it shows
   * another picture. @throws CodedError `image-gone`; `alt-text-kept` where the author's text stays
   */
  setAltText: (id: string, text: string | null) => Promise<void>;
  /** Has the worker look for two things in an image of the report. @throws CodedError `image-gone` */
  seekTwo: (id: string) => Promise<null>;
  /** Something else may be said now of these pictures, or of all (null). */
  followVoice: (concerned: Concerned | null) => Promise<void>;
  /** See `Readings.askAnew`. */
  askAnew: () => void;
  /** Small copies of images of the report, as `data:` URLs by id; what may not be read is left out. */
  thumbnails: (ids: readonly string[]) => Promise<Record<string, string>>;
}

/** An image of the report that is still there. @throws CodedError `image-gone` */
function imageOf(images: SessionParts['images'], id: string): TrackedImage {
  const image = [...images.values()].find((each) => each.id === id);
  if (image === undefined || !isHere(image.element)) throw new CodedError('image-gone', id);
  return image;
}

async function seekTwoIn(image: TrackedImage): Promise<null> {
  const prediction = image.reading?.prediction ?? null;
  if (prediction !== null) await seekTwo(prediction, () => readAgain(image));
  return null;
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
  const images = new Map<Element, TrackedImage>();
  const stale = new Set<TrackedImage>();

  // In this order they end, too.
  const slices = createIdleSlices(signal);
  const chips = createChipLayer(signal);
  chips.setMode(initial);
  const listeners = createListeners(signal, () => {
    for (const image of images.values()) tellListeners(image);
  });
  listeners.setMode(initial.listenerMode);
  const progressChanged = createProgressReports(() => progressOf(images.values()), signal);
  const readings = createReadings({ signal, onSettled, onOutdated, onOrphaned });

  const parts: SessionParts = {
    ...{ signal, slices, chips, listeners, readings, images, stale },
    ...{ tellListeners, progressChanged },
  };
  // These call each other: the earlier reach the later when all are there.
  const changing = createChangingPictures(parts, () => {
    evaluation.evaluateSoon();
  });
  const evaluation = createEvaluation(parts, initial.minimumSizePx, changing.check, (image) => {
    measuring.measureOne(image);
  });
  const { setMinimumSize, evaluate, evaluateSoon } = evaluation;
  const measuring = createMeasuring(parts, changing.check);
  const nearness = createNearness(parts, evaluation, measuring);
  discover(
    slices,
    imageChanges(parts, { changing, evaluateSoon, measuring, nearness, onOrphaned }),
    signal,
  );
  const lookAtAll = createWanted(parts, evaluateSoon);
  window.addEventListener('resize', measuring.measureSoon, { passive: true, signal });

  function onSettled({ images: labelled, state, prediction }: Reading): void {
    if (signal.aborted) return;
    for (const image of labelled) {
      if (state !== 'labelled') chips.remove(image);
      else chips.refresh(image);
      if (image.isVisible) measuring.measureOne(image);
      // Nothing to be seen of it: then what lies below is the picture. Else it may show another by now.
      if (state !== 'waiting') {
        stale.add(image);
        image.isWanted = false;
      }
      if (prediction !== null) listeners.keepDraftOf(image.element, saidOf(prediction));
      tellListeners(image);
    }
    if (state !== 'waiting') evaluateSoon();
    progressChanged();
  }

  function onOutdated(image: TrackedImage): void {
    stale.add(image);
    evaluateSoon();
  }

  /** Listeners hear what is known of an image now, where it needs a text. */
  function tellListeners({ element, reading, key }: TrackedImage): void {
    const prediction = reading?.state === 'labelled' ? reading.prediction : null;
    listeners.tell(element, prediction && saidOf(prediction), key, prediction?.lang);
  }

  return {
    configure: (state) => {
      setMinimumSize(state.minimumSizePx);
      chips.setMode(state);
      listeners.setMode(state.listenerMode);
      for (const image of images.values()) stale.add(image);
      evaluateSoon();
      readings.retryAll();
      measuring.measureSoon();
    },
    toggleLabels: chips.toggle,
    lookAtAll,
    followVoice: readings.followVoice,
    askAnew: readings.askAnew,
    showImage: async (id) => {
      const altTexts = await loadAltTexts();
      altTexts?.ringImage(altTexts.listedElement(id) ?? imageOf(images, id).element, signal);
    },
    setAltText: async (id, text) => {
      const { element, key, reading } = imageOf(images, id);
      const prediction = reading?.prediction ?? null;
      const said = prediction?.draft === text ? saidOf(prediction) : null;
      const language = prediction?.draftLang;
      const own = text === null ? null : { text, said, language };
      if (key === null || !(await listeners.choose(element, key, own))) {
        throw new CodedError('alt-text-kept', id);
      }
    },
    seekTwo: (id) => seekTwoIn(imageOf(images, id)),
    thumbnails: async (ids) => {
      const altTexts = await loadAltTexts();
      const wanted = new Set(ids);
      const found = [...images.values()].filter(({ id }) => wanted.has(id));
      return (await altTexts?.thumbnailsOf(found, signal)) ?? {};
    },
    report: async (request) => {
      const altTexts = await loadAltTexts();
      const part = await altTexts?.reportPart(request, () => ({
        images: [...images.values()],
        refresh: (image) => {
          // What is around it may have changed: the report's need and state are of one moment.
          const isOld = (image.skip === 'decorative') !== isSaidDecorative(image.element);
          if (stale.delete(image) || isOld) evaluate(image);
        },
        appliedTo: listeners.textOf,
      }));
      return part ?? NO_REPORT;
    },
  };
}
