import { CodedError } from '../core/errors';
import type { Raster } from '../core/look/raster';
import type { LookOptions } from '../core/look/first-look';
import type { Looked } from '../inference/engine/look';
import { PRIORITIES, type Priority } from '../messages/protocol';

/** Pictures of a page are a few hundred kB each: this many waiting ones are tens of MB at most. */
const DEFAULT_CAPACITY = 200;

/** Where a picture's job runs. */
export interface Lane {
  /** As `lookAt`. */
  look: (raster: Raster, options: LookOptions) => Promise<Looked>;
}

/** Who waits for a picture. */
export interface Requester {
  requestId: string;
  priority: Priority;
  tabId: number;
  /** The document that asked; a navigation ends it. */
  documentId: string;
}

interface Waiter<T> extends Requester {
  resolve: (value: T) => void;
  reject: (error: CodedError) => void;
}

interface Job<T> {
  key: string;
  run: (lane: Lane) => Promise<T>;
  waiters: Set<Waiter<T>>;
  /** Counts up with every request: the newest on screen goes first. */
  order: number;
}

/** What lanes pull from; see `createQueue`. */
export interface WorkSource {
  /** Jobs that have not started. */
  readonly waiting: number;
  /** Is the job that goes next a person's click? False where none waits. */
  readonly isClickNext: boolean;
  /** Is a job running that a person's click waits for? */
  readonly isClickRunning: boolean;
  /**
   * Runs the most urgent job on a lane.
   * @returns what resolves when the job has ended, however it ended; null where none waits
   */
  pull: (lane: Lane) => Promise<void> | null;
  /** Has `listener` called after each request. */
  onWork: (listener: () => void) => void;
}

export interface Queue<T> extends WorkSource {
  /**
   * Runs a job on the lane that pulls it; requests with the same key share one run and its answer.
   * @throws CodedError `cancelled`, `queue-full`, or what `run` throws
   */
  submit: (key: string, requester: Requester, run: (lane: Lane) => Promise<T>) => Promise<T>;
  /** Ends the waiting of these requests; a job that nobody waits for any more and that has not started is dropped. */
  cancel: (isCancelled: (requester: Requester) => boolean) => void;
  setPriority: (isMeant: (requester: Requester) => boolean, priority: Priority) => void;
}

const rank = (priority: Priority): number => PRIORITIES.indexOf(priority);

/** The most urgent of a job's waiters: 0 is the person's click. */
function urgency<T>({ waiters }: Job<T>): number {
  return Math.min(...Array.from(waiters, ({ priority }) => rank(priority)));
}

function isClick<T>(job: Job<T>): boolean {
  return urgency(job) === rank('user');
}

/** Negative when `a` goes before `b`: the more urgent first; clicks in their order, all else newest first. */
function compare<T>(a: Job<T>, b: Job<T>): number {
  const [urgencyA, urgencyB] = [urgency(a), urgency(b)];
  if (urgencyA !== urgencyB) return urgencyA - urgencyB;
  return urgencyA === rank('user') ? a.order - b.order : b.order - a.order;
}

/**
 * The one queue of pictures: the most urgent goes first, when a lane pulls it. A full queue drops the
 * least urgent, oldest job, never a person's; a failing job fails only those who wait for it.
 * @param capacity jobs that may wait
 */
export function createQueue<T>(capacity = DEFAULT_CAPACITY): Queue<T> {
  const waiting = new Map<string, Job<T>>();
  const running = new Map<string, Job<T>>();
  const listeners: (() => void)[] = [];
  let order = 0;

  function inOrder(): Job<T>[] {
    return [...waiting.values()].sort(compare);
  }

  function dropFarthest(): void {
    const farthest = inOrder().at(-1);
    if (farthest === undefined || isClick(farthest)) return;
    waiting.delete(farthest.key);
    const error = new CodedError('queue-full', 'Nearer pictures wait: ask again.');
    for (const { reject } of farthest.waiters) reject(error);
  }

  async function execute(job: Job<T>, lane: Lane): Promise<void> {
    try {
      const value = await job.run(lane);
      for (const { resolve } of job.waiters) resolve(value);
    } catch (error) {
      const coded = error instanceof CodedError ? error : new CodedError('internal', String(error));
      for (const { reject } of job.waiters) reject(coded);
    } finally {
      running.delete(job.key);
    }
  }

  return {
    submit(key, requester, run) {
      return new Promise<T>((resolve, reject) => {
        const job = running.get(key) ??
          waiting.get(key) ?? { key, run, waiters: new Set<Waiter<T>>(), order: 0 };
        job.waiters.add({ ...requester, resolve, reject });
        if (running.has(key)) return;
        job.order = order += 1;
        waiting.set(key, job);
        if (waiting.size > capacity) dropFarthest();
        for (const listener of listeners) listener();
      });
    },
    cancel(isCancelled) {
      const error = new CodedError('cancelled', 'No longer wanted.');
      for (const job of [...waiting.values(), ...running.values()]) {
        for (const waiter of job.waiters) {
          if (!isCancelled(waiter)) continue;
          job.waiters.delete(waiter);
          waiter.reject(error);
        }
        if (job.waiters.size === 0) waiting.delete(job.key);
      }
    },
    setPriority(isMeant, priority) {
      for (const job of waiting.values()) {
        for (const waiter of job.waiters) if (isMeant(waiter)) waiter.priority = priority;
      }
    },
    pull(lane) {
      const [job] = inOrder();
      if (job === undefined) return null;
      waiting.delete(job.key);
      running.set(job.key, job);
      return execute(job, lane);
    },
    onWork(listener) {
      listeners.push(listener);
    },
    get waiting() {
      return waiting.size;
    },
    get isClickNext() {
      return [...waiting.values()].some(isClick);
    },
    get isClickRunning() {
      return [...running.values()].some(isClick);
    },
  };
}
