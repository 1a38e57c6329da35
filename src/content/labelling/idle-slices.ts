/** A slice ends after this long: a frame has 16 ms, and the page needs most of it. */
const SLICE_MS = 6;
/** A page that is never idle is still worked on, in short slices. */
const STARVED_MS = 400;
const STARVED_SLICE_MS = 3;

export interface IdleSlices {
  /** Runs the steps in order, a few at a time, when the page is idle. */
  add: (steps: Iterator<unknown, unknown>) => void;
}

/** Work in slices of a few milliseconds, after the page's own. Nothing is scheduled while there is none. */
export function createIdleSlices(signal: AbortSignal): IdleSlices {
  const waiting: Iterator<unknown, unknown>[] = [];
  let handle = 0;

  const run = (deadline: IdleDeadline) => {
    handle = 0;
    const length = deadline.didTimeout
      ? STARVED_SLICE_MS
      : Math.min(SLICE_MS, deadline.timeRemaining());
    runFor(length, waiting);
    schedule();
  };
  const schedule = () => {
    if (handle !== 0 || waiting.length === 0 || signal.aborted) return;
    handle = requestIdleCallback(run, { timeout: STARVED_MS });
  };
  signal.addEventListener('abort', () => {
    cancelIdleCallback(handle);
    waiting.length = 0;
  });
  return {
    add: (steps) => {
      waiting.push(steps);
      schedule();
    },
  };
}

/** Takes steps off the front until the time, in milliseconds, is over; what is finished leaves the list. */
export function runFor(length: number, waiting: Iterator<unknown, unknown>[]): void {
  const end = performance.now() + length;
  for (let current = waiting[0]; current !== undefined; current = waiting[0]) {
    let isDone: boolean;
    try {
      isDone = current.next().done === true;
    } catch (error) {
      // What one page's oddity breaks ends; what waits behind goes on.
      isDone = true;
      queueMicrotask(() => {
        throw error;
      });
    }
    if (isDone) waiting.shift();
    if (performance.now() >= end) return;
  }
}
