import type { Failure } from '../../core/errors';
import type { Concerned } from '../../core/saying/dismissal';
import { askWorker } from '../../messages/client';
import { PRIORITIES, type Priority } from '../../messages/protocol';
import { addListener, isPageHidden } from '../dom';
import { classifyPicture } from '../pixels/classify-picture';
import { createRetries } from './retries';
import { pictureKey, shownPicture, type Reading, type TrackedImage } from './tracked-image';
import { createWaiting, isFilling, placeOf, type Asked } from './waiting';

/**
 * Few at a time: some are read in the page while others are classified; the rest keep their order here.
 * More than a handful, so that the service worker sees when there is work for several cores.
 */
const MAX_IN_FLIGHT = 8;
/** Of those that nobody waits for. */
const MAX_FILLING = 2;

/** Longer than any answer takes: an engine that starts, a queue that is full, a server that is slow. */
const ANSWER_LIMIT_MS = 120_000;
const TIMED_OUT: Failure = {
  code: 'timed-out',
  message: `No answer within ${ANSWER_LIMIT_MS / 1000} s.`,
};
const CHANGED: Failure = { code: 'image-changed', message: 'It shows another picture by now.' };

export interface AskingOptions {
  signal: AbortSignal;
  /** The reading has its label, or failed, or waits again. */
  onSettled: (reading: Reading) => void;
  /** The image shows another picture than was known: what it shows now is to be found out. */
  onOutdated: (image: TrackedImage) => void;
  /** The extension was reloaded: nothing of this script works any more. */
  onOrphaned: () => void;
}

/** What is said changes: answers that were asked for before a change may be old. */
export interface Voice {
  /** Counts the changes of what is said. */
  changes: number;
  /** See `Readings.followVoice`. */
  follow: (concerned: Concerned | null) => Promise<void>;
}

export interface Asking {
  /** The image is read from now on as it is near, wanted or filled; where it is none of these, no more. */
  place: (image: TrackedImage) => void;
  /** It is not read any more. */
  displace: (image: TrackedImage) => void;
  /** The reading is asked for no longer, and in this state now. */
  settle: (reading: Reading, state: Reading['state']) => void;
  /** These are asked for no longer, and wait. */
  cancel: (readings: Reading[]) => void;
  /** Asks for what comes next, while there is room. */
  pump: () => void;
  follow: () => void;
}

/** How urgent it is for the most urgent of its images. */
function priorityOf({ images }: Reading): Priority | null {
  const places = new Set([...images].map(placeOf));
  return PRIORITIES.find((priority) => places.has(priority)) ?? null;
}

function tell<T extends 'cancelRequests' | 'setPriorities'>(
  ...message: Parameters<typeof askWorker<T>>
): void {
  askWorker(...message).catch(() => {
    // It only spares the worker some work, or orders it better.
  });
}

/**
 * Asks for the pictures of images that are near, wanted or filled, a few at a time, until the signal fires.
 * Those near are few, and gone through at every step; of the others there may be tens of thousands.
 */
export function createAsking(
  { signal, onSettled, onOutdated, onOrphaned }: AskingOptions,
  voice: Voice,
): Asking {
  const asking = new Set<Reading>();
  // Ids must differ between the frames of a tab; `crypto.randomUUID` is for https pages only.
  const prefix = Math.random().toString(36).slice(2);
  let requests = 0;
  const unfillable = new WeakSet<Reading>();
  const retries = createRetries(settle, pump, { onOutdated, onOrphaned });
  const { place, displace, next } = createWaiting(retries.isPaused, (reading) =>
    unfillable.has(reading),
  );

  function settle(reading: Reading, state: Reading['state']): void {
    asking.delete(reading);
    reading.request = null;
    reading.state = state;
    // Whoever had its turn meanwhile has left the line.
    if (state === 'waiting') reading.images.forEach(place);
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
      // The page was quicker.
      retries.miss(reading, image, CHANGED);
      pump();
      return;
    }
    requests += 1;
    const { changes } = voice;
    const request = { id: `${prefix}-${requests}`, priority, controller: new AbortController() };
    reading.state = 'asking';
    reading.request = request;
    asking.add(reading);
    const isFill = isFilling(image);
    const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
    const result = await classifyPicture(picture, {
      requestId: request.id,
      priority,
      signal: AbortSignal.any([request.controller.signal, signal, limit]),
      outlivesElement: picture.address !== null,
      confirmed: null,
      isDecodedOnly: isFill,
      withClearScreen: null,
    });
    if (signal.aborted || reading.request !== request) return;
    if (result.ok) {
      reading.prediction = result.prediction;
      reading.failure = null;
      image.misses = 0;
      settle(reading, 'labelled');
      // The answer may be from before the change that was told meanwhile.
      if (changes !== voice.changes) {
        voice.follow({ pictures: [result.prediction.picture], labels: [] }).catch(() => undefined);
      }
    } else if (isFill) {
      // What cannot be read this way is read when it comes near.
      unfillable.add(reading);
      settle(reading, 'waiting');
    } else {
      if (limit.aborted) tell('cancelRequests', { requestIds: [request.id] });
      retries.fail(reading, image, limit.aborted ? TIMED_OUT : result.error);
    }
    reading.failedRungs = result.failedRungs;
    pump();
  }

  function pump(): void {
    while (!signal.aborted && asking.size < MAX_IN_FLIGHT) {
      const best = next({
        // A hidden tab waits, but for what is wanted; so does what is off screen while something on it is under way.
        isHidden: isPageHidden(document),
        isScreenBusy: [...asking].some(({ request }) => request?.priority === 'visible'),
        hasRoomToFill: asking.size < MAX_FILLING,
      });
      if (best === null) return;
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

  addListener(document, 'visibilitychange', pump, { signal });
  signal.addEventListener('abort', () => {
    retries.stop();
    cancel([...asking]);
  });

  return { place, displace, settle, cancel, pump, follow };
}
