import { CodedError } from '../../core/errors';

/** Runs calls one at a time, in the order in which they came. A call that fails does not stop the next. */
export interface CallQueue {
  /**
   * @param signal takes the call out while it waits; a call that has started is not stopped.
   * @returns the call's own outcome.
   * @throws CodedError `cancelled` where the signal was quicker.
   */
  add<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Cancels all that wait. */
  clear(): void;
}

interface Waiting {
  start: () => Promise<void>;
  cancel: () => void;
}

export function createCallQueue(): CallQueue {
  const waiting = new Set<Waiting>();
  let running = false;

  async function drain(): Promise<void> {
    if (running) return;
    running = true;
    for (const next of waiting) {
      waiting.delete(next);
      await next.start();
    }
    running = false;
  }

  function add<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const cancel = (): void => {
        waiting.delete(entry);
        signal?.removeEventListener('abort', cancel);
        reject(new CodedError('cancelled', 'Cancelled before it started.'));
      };
      const start = async (): Promise<void> => {
        signal?.removeEventListener('abort', cancel);
        await call().then(resolve, reject);
      };
      const entry: Waiting = { start, cancel };
      if (signal?.aborted === true) {
        cancel();
        return;
      }
      signal?.addEventListener('abort', cancel, { once: true });
      waiting.add(entry);
      void drain();
    });
  }

  return {
    add,
    clear: () => {
      for (const entry of waiting) entry.cancel();
    },
  };
}
