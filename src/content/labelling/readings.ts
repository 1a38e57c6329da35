import type { ErrorCode, Failure } from '../../core/errors';
import { isSameSaid, type Prediction } from '../../core/saying/prediction';
import { askWorker } from '../../messages/client';
import type { Priority, RungFailure } from '../../messages/protocol';
import { addListener, isPageHidden } from '../dom';
import { classifyPicture } from '../pixels/classify-picture';
import { pictureKey, shownPicture, type TrackedImage } from './tracked-image';

/**
 * Few at a time: some are read in the page while others are classified; the rest keep their order here.
 * More than a handful, so that the service worker sees when there is work for several cores.
 */
const MAX_IN_FLIGHT = 8;
/** Readings of pictures that left the page are kept so long: a list that is scrolled back has its labels at once. */
const MAX_KEPT = 2000;
const RETRY_MS = 250;
const MAX_RETRIES = 8;

/** The picture may be fine: the answer was lost, or the worker had too much to do. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'worker-stopped',
  'queue-full',
  'cancelled',
]);
/** This element can't be asked any more; another with the same picture may be. */
const OF_THE_ELEMENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['image-gone', 'image-changed']);

interface Request {
  id: string;
  priority: Priority;
  controller: AbortController;
}

/** One picture, however many elements show it: read once, classified once. */
export interface Reading {
  readonly key: string;
  readonly images: Set<TrackedImage>;
  state: 'waiting' | 'asking' | 'labelled' | 'failed';
  prediction: Prediction | null;
  failure: Failure | null;
  failedRungs: RungFailure[];
  request: Request | null;
  retries: number;
}

export interface Readings {
  /** The image shows the picture of its key from now on; it has its label at once where that is known. */
  attach: (image: TrackedImage, key: string) => void;
  detach: (image: TrackedImage) => void;
  /** Something came nearer, went farther, or can be read now. */
  update: () => void;
  /** What failed may work now: a permission was given, or the image was loaded again. */
  retry: (reading: Reading) => void;
  retryAll: () => void;
  /** Something else may be said now of these pictures (see `pictureHash`), or of all (null): asks, and tells. */
  followVoice: (pictures: readonly string[] | null) => Promise<void>;
}

/** Which reading is asked for, by which of its images, and how urgently. */
interface Asked {
  reading: Reading;
  image: TrackedImage;
  priority: Priority;
}

interface Options {
  signal: AbortSignal;
  /** The reading has its label, or failed, or waits again. */
  onSettled: (reading: Reading) => void;
  /** The extension was reloaded: nothing of this script works any more. */
  onOrphaned: () => void;
}

function priorityOf({ images }: Reading): Priority | null {
  let isNear = false;
  for (const image of images) {
    if (image.isVisible) return 'visible';
    isNear ||= image.isNear;
  }
  return isNear ? 'near' : null;
}

/** Reads and asks for pictures, the newest on screen first, those near it after all that are on it. */
export function createReadings({ signal, onSettled, onOrphaned }: Options): Readings {
  const readings = new Map<string, Reading>();
  const near = new Set<TrackedImage>();
  const asking = new Set<Reading>();
  // Ids must differ between the frames of a tab; `crypto.randomUUID` is for https pages only.
  const prefix = Math.random().toString(36).slice(2);
  let requests = 0;
  /** Counts the changes of what is said. */
  let voices = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  function tell<T extends 'cancelRequests' | 'setPriorities'>(
    ...message: Parameters<typeof askWorker<T>>
  ): void {
    askWorker(...message).catch(() => {
      // It only spares the worker some work, or orders it better.
    });
  }

  function settle(reading: Reading, state: Reading['state']): void {
    asking.delete(reading);
    reading.request = null;
    reading.state = state;
    onSettled(reading);
  }

  function cancel(cancelled: Reading[]): void {
    const requestIds = cancelled.flatMap(({ request }) => request?.id ?? []);
    for (const reading of cancelled) {
      reading.request?.controller.abort();
      settle(reading, 'waiting');
    }
    if (requestIds.length > 0) tell('cancelRequests', { requestIds });
  }

  async function ask({ reading, image, priority }: Asked): Promise<void> {
    const picture = shownPicture(image.element);
    if (picture === null || pictureKey(image, picture) !== reading.key) {
      // The page was quicker; what it shows now is found out on its own.
      image.isReady = false;
      pump();
      return;
    }
    requests += 1;
    const voice = voices;
    const request = { id: `${prefix}-${requests}`, priority, controller: new AbortController() };
    reading.state = 'asking';
    reading.request = request;
    asking.add(reading);
    const result = await classifyPicture(picture, {
      requestId: request.id,
      priority,
      signal: AbortSignal.any([request.controller.signal, signal]),
      outlivesElement: picture.address !== null,
      withClearScreen: null,
    });
    if (signal.aborted || reading.request !== request) return;
    if (result.ok) {
      reading.prediction = result.prediction;
      reading.failure = null;
      settle(reading, 'labelled');
      // The answer may be from before the change that was told meanwhile.
      if (voice !== voices) followVoice([result.prediction.picture]).catch(() => undefined);
    } else {
      fail(reading, image, result.error);
    }
    reading.failedRungs = result.failedRungs;
    pump();
  }

  function fail(reading: Reading, image: TrackedImage, failure: Failure): void {
    if (failure.code === 'extension-reloaded') {
      onOrphaned();
      return;
    }
    if (OF_THE_ELEMENT.has(failure.code)) {
      image.isReady = false;
      settle(reading, 'waiting');
      return;
    }
    if (PASSING.has(failure.code) && reading.retries < MAX_RETRIES) {
      reading.retries += 1;
      settle(reading, 'waiting');
      // Asked again when the pause is over: `pump` passes over it until then.
      pausedUntil.set(reading, performance.now() + RETRY_MS * reading.retries);
      return;
    }
    reading.failure = failure;
    settle(reading, 'failed');
  }

  const pausedUntil = new WeakMap<Reading, number>();

  function isPaused(reading: Reading, now: number): boolean {
    const wait = (pausedUntil.get(reading) ?? 0) - now;
    if (wait <= 0) return false;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(pump, wait);
    return true;
  }

  /** The image to read next: on screen before near, then the newest. */
  function next(): Asked | null {
    const now = performance.now();
    let best: Asked | null = null;
    for (const image of near) {
      const { reading, isVisible, seenAt } = image;
      if (!image.isReady || reading?.state !== 'waiting' || isPaused(reading, now)) continue;
      const isBetter =
        best === null ||
        (isVisible === best.image.isVisible ? seenAt > best.image.seenAt : isVisible);
      if (isBetter) best = { reading, image, priority: isVisible ? 'visible' : 'near' };
    }
    return best;
  }

  function pump(): void {
    // A hidden tab waits; so does what is near while something on screen is under way.
    while (!signal.aborted && !isPageHidden(document) && asking.size < MAX_IN_FLIGHT) {
      const best = next();
      if (best === null) return;
      const isScreenBusy = [...asking].some(({ request }) => request?.priority === 'visible');
      if (best.priority === 'near' && isScreenBusy) return;
      void ask(best);
    }
  }

  /** What is asked for follows the page: nearer, farther, or not wanted any more. */
  function follow(): void {
    const unwanted: Reading[] = [];
    for (const reading of asking) {
      const priority = priorityOf(reading);
      const { request } = reading;
      if (priority === null) unwanted.push(reading);
      else if (request !== null && request.priority !== priority) {
        request.priority = priority;
        tell('setPriorities', { requestIds: [request.id], priority });
      }
    }
    cancel(unwanted);
  }

  function forgetOldest(): void {
    for (const [key, { images, state }] of readings) {
      if (readings.size <= MAX_KEPT) return;
      if (images.size === 0 && state !== 'asking') readings.delete(key);
    }
  }

  function detach(image: TrackedImage): void {
    near.delete(image);
    image.reading?.images.delete(image);
    image.reading = null;
  }

  function retry(reading: Reading): void {
    if (reading.state !== 'failed') return;
    reading.retries = 0;
    reading.failure = null;
    settle(reading, 'waiting');
  }

  /** @param pictures of all readings: null */
  async function followVoice(pictures: readonly string[] | null): Promise<void> {
    const meant = pictures === null ? null : new Set(pictures);
    const shown = [...readings.values()].flatMap((reading) => {
      const { prediction, state } = reading;
      if (prediction === null || state !== 'labelled') return [];
      return meant?.has(prediction.picture) === false ? [] : [{ reading, prediction }];
    });
    const asked = [...new Set(shown.map(({ prediction }) => prediction.picture))];
    if (asked.length === 0) return;
    const sayings = await askWorker('sayAgain', { pictures: asked });
    const said = new Map(asked.map((picture, place) => [picture, sayings[place] ?? null]));
    if (signal.aborted) return;
    for (const { reading, prediction } of shown) {
      // Meanwhile something newer was said.
      if (reading.prediction !== prediction) continue;
      const saying = said.get(prediction.picture) ?? null;
      if (saying !== null && isSameSaid(prediction, saying)) continue;
      // The worker does not know it any more, or wants to look on: the picture is asked for anew.
      reading.prediction = saying && { ...prediction, ...saying };
      settle(reading, saying === null ? 'waiting' : 'labelled');
    }
    pump();
  }

  addListener(document, 'visibilitychange', pump, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(retryTimer);
    cancel([...asking]);
  });

  return {
    attach: (image, key) => {
      if (image.reading?.key !== key) {
        detach(image);
        let reading = readings.get(key);
        if (reading === undefined) {
          reading = {
            ...{ key, images: new Set(), state: 'waiting', prediction: null, failure: null },
            ...{ failedRungs: [], request: null, retries: 0 },
          };
          readings.set(key, reading);
          forgetOldest();
        }
        reading.images.add(image);
        image.reading = reading;
      }
      if (image.isNear) near.add(image);
      else near.delete(image);
    },
    detach,
    update: () => {
      follow();
      pump();
    },
    retry,
    retryAll: () => {
      for (const reading of readings.values()) retry(reading);
      pump();
    },
    followVoice: async (pictures) => {
      voices += 1;
      await followVoice(pictures);
    },
  };
}
