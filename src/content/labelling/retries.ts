import type { ErrorCode, Failure } from '../../core/errors';
import type { AskingOptions } from './asking';
import type { Reading, TrackedImage } from './tracked-image';

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

export interface Retries {
  /** The answer about a picture was this failure: the reading waits for another try, or has failed. */
  fail: (reading: Reading, image: TrackedImage, failure: Failure) => void;
  /** The image shows another picture than was to be read. */
  miss: (reading: Reading, image: TrackedImage, failure: Failure) => void;
  /** Is it too early for another try? Then `pump` is called when the pause is over. */
  isPaused: (reading: Reading, now: number) => boolean;
  stop: () => void;
}

/** What becomes of a failure, and when a picture is asked for again. */
export function createRetries(
  settle: (reading: Reading, state: Reading['state']) => void,
  pump: () => void,
  { onOutdated, onOrphaned }: Pick<AskingOptions, 'onOutdated' | 'onOrphaned'>,
): Retries {
  const pausedUntil = new WeakMap<Reading, number>();
  const outdating = new Set<ReturnType<typeof setTimeout>>();
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  function fail(reading: Reading, image: TrackedImage, failure: Failure): void {
    if (failure.code === 'extension-reloaded') {
      onOrphaned();
      return;
    }
    if (OF_THE_ELEMENT.has(failure.code)) {
      settle(reading, 'waiting');
      miss(reading, image, failure);
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

  function miss(reading: Reading, image: TrackedImage, failure: Failure): void {
    image.isReady = false;
    image.misses += 1;
    if (image.misses > MAX_RETRIES) {
      image.failure = failure.code;
      settle(reading, 'waiting');
      return;
    }
    // Nothing may tell of such a change: a page that styles by what is under the pointer, or by time.
    const timer = setTimeout(() => {
      outdating.delete(timer);
      onOutdated(image);
    }, RETRY_MS * image.misses);
    outdating.add(timer);
  }

  function isPaused(reading: Reading, now: number): boolean {
    const wait = (pausedUntil.get(reading) ?? 0) - now;
    if (wait <= 0) return false;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(pump, wait);
    return true;
  }

  return {
    fail,
    miss,
    isPaused,
    stop: () => {
      clearTimeout(retryTimer);
      outdating.forEach(clearTimeout);
    },
  };
}
