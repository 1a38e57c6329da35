import { CodedError } from '../../core/errors';

/** A call whose turn has come: it can no longer be cancelled. */
export interface StartedCall<Input, Output> {
  input: Input;
  resolve: (output: Output) => void;
}

/** Up to `count` of the calls that wait, in their order, as far as they fit. */
export type TakeMore<Input, Output> = (
  count: number,
  fits: (input: Input) => boolean,
) => StartedCall<Input, Output>[];

/** Runs calls in the order in which they came, several at a time where the runner takes more. */
export interface BatchQueue<Input, Output> {
  /**
   * @param signal takes the call out while it waits; a call that has started is not stopped.
   * @throws CodedError `cancelled` where the signal was quicker; what the run of its batch throws.
   */
  add: (input: Input, signal?: AbortSignal) => Promise<Output>;
  /** Cancels all that wait. */
  clear: () => void;
}

interface WaitingCall<Input, Output> {
  started: StartedCall<Input, Output>;
  reject: (reason: unknown) => void;
  /** Stops listening to the signal. */
  release: () => void;
  cancel: () => void;
}

/**
 * @param run answers the first call and what it takes besides; what it throws goes to all of them
 * that have no answer, and the next calls are run.
 */
export function createBatchQueue<Input, Output>(
  run: (first: StartedCall<Input, Output>, takeMore: TakeMore<Input, Output>) => Promise<void>,
): BatchQueue<Input, Output> {
  const waiting = new Set<WaitingCall<Input, Output>>();
  let running = false;

  function startNext(taken: WaitingCall<Input, Output>[]): WaitingCall<Input, Output> | undefined {
    const [call] = waiting;
    if (call === undefined) return undefined;
    waiting.delete(call);
    call.release();
    taken.push(call);
    return call;
  }

  async function drain(): Promise<void> {
    if (running) return;
    running = true;
    for (;;) {
      const taken: WaitingCall<Input, Output>[] = [];
      const first = startNext(taken);
      if (first === undefined) break;
      const takeMore: TakeMore<Input, Output> = (count, fits) => {
        const more: StartedCall<Input, Output>[] = [];
        for (const { started } of waiting) {
          if (more.length >= count || !fits(started.input)) break;
          startNext(taken);
          more.push(started);
        }
        return more;
      };
      try {
        await run(first.started, takeMore);
      } catch (error) {
        for (const { reject } of taken) reject(error); // nothing where there is an answer
      }
    }
    running = false;
  }

  function add(input: Input, signal?: AbortSignal): Promise<Output> {
    return new Promise<Output>((resolve, reject) => {
      const call: WaitingCall<Input, Output> = {
        started: { input, resolve },
        reject,
        release: () => signal?.removeEventListener('abort', call.cancel),
        cancel: () => {
          waiting.delete(call);
          call.release();
          reject(new CodedError('cancelled', 'Cancelled before it started.'));
        },
      };
      if (signal?.aborted === true) {
        call.cancel();
        return;
      }
      signal?.addEventListener('abort', call.cancel, { once: true });
      waiting.add(call);
      void drain();
    });
  }

  return {
    add,
    clear: () => {
      for (const call of waiting) call.cancel();
    },
  };
}
