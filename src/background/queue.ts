import { CodedError } from '../core/errors';
import { PRIORITIES, type Priority } from '../messages/protocol';
import { inNextTurn } from './next-turn';

/** Pictures of a page are a few hundred kB each: this many waiting ones are tens of MB at most. */
const DEFAULT_CAPACITY = 200;

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
  run: () => Promise<T>;
  waiters: Set<Waiter<T>>;
  /** Counts up with every request: the newest on screen goes first. */
  order: number;
}

export interface Queue<T> {
  /**
   * Runs a job when its turn comes; requests with the same key share one run and its answer.
   * @throws CodedError `cancelled`, `queue-full`, or what `run` throws
   */
  submit(key: string, requester: Requester, run: () => Promise<T>): Promise<T>;
  /** Ends the waiting of these requests; a job that nobody waits for any more and that has not started is dropped. */
  cancel(isCancelled: (requester: Requester) => boolean): void;
  setPriority(isMeant: (requester: Requester) => boolean, priority: Priority): void;
  /** Jobs that have not started. */
  readonly waiting: number;
  /** Starts what may start now: more jobs at a time are allowed than before. */
  refill(): void;
}

const rank = (priority: Priority): number => PRIORITIES.indexOf(priority);

/** The most urgent of a job's waiters: 0 is the person's click. */
function urgency<T>(job: Job<T>): number {
  return Math.min(...Array.from(job.waiters, ({ priority }) => rank(priority)));
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

interface QueueOptions {
  /** Jobs that may wait. */
  capacity?: number;
  /** How many jobs run at a time; asked whenever one may start. */
  concurrency?: () => number;
  /** Told after each request how many jobs wait. */
  onWaiting?: (waiting: number) => void;
  /**
   * Runs the task that starts a job when what has arrived meanwhile had its turn; not for jobs that run
   * several at a time, which do not hold the thread.
   */
  later?: (task: () => void) => void;
}

/**
 * A queue that runs the most urgent jobs first, one at a time or as many as `concurrency` says; where
 * several labels run, a person's click does not wait for a place. A full queue drops the least urgent,
 * oldest job, never a person's; a failing job fails only those who wait for it.
 */
export function createQueue<T>({
  capacity = DEFAULT_CAPACITY,
  concurrency = () => 1,
  onWaiting,
  later = inNextTurn,
}: QueueOptions = {}): Queue<T> {
  const waiting = new Map<string, Job<T>>();
  const running = new Map<string, Job<T>>();
  let order = 0;
  let isStarting = false;

  function fail(job: Job<T>, error: CodedError): void {
    waiting.delete(job.key);
    for (const { reject } of job.waiters) reject(error);
  }

  function dropFarthest(): void {
    const farthest = [...waiting.values()].sort(compare).at(-1);
    if (farthest === undefined || isClick(farthest)) return;
    fail(farthest, new CodedError('queue-full', 'Nearer pictures wait: ask again.'));
  }

  /**
   * The job that goes next, where there is a place for it. One that runs elsewhere starts at once; one
   * that may hold the thread leaves the turn to those that may be more urgent.
   */
  function nextJob(): { job: Job<T>; isElsewhere: boolean } | null {
    const [job] = [...waiting.values()].sort(compare);
    if (job === undefined) return null;
    const places = concurrency();
    const isShared = places > 1;
    if (running.size < places) return { job, isElsewhere: isShared };
    // Where several labels run at a time, one click more costs them little; clicks wait for each other.
    const isExtra = isShared && isClick(job) && ![...running.values()].some(isClick);
    return isExtra ? { job, isElsewhere: false } : null;
  }

  function start(job: Job<T>): void {
    waiting.delete(job.key);
    running.set(job.key, job);
    void execute(job);
  }

  function refill(): void {
    for (let next = nextJob(); next !== null; next = nextJob()) {
      if (!next.isElsewhere) {
        if (isStarting) return;
        isStarting = true;
        later(startNext);
        return;
      }
      start(next.job);
    }
  }

  function startNext(): void {
    isStarting = false;
    const next = nextJob();
    if (next !== null) start(next.job);
    refill();
  }

  async function execute(job: Job<T>): Promise<void> {
    try {
      const value = await job.run();
      for (const { resolve } of job.waiters) resolve(value);
    } catch (error) {
      const coded = error instanceof CodedError ? error : new CodedError('internal', String(error));
      for (const { reject } of job.waiters) reject(coded);
    } finally {
      running.delete(job.key);
      refill();
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
        refill();
        onWaiting?.(waiting.size);
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
    get waiting() {
      return waiting.size;
    },
    refill,
  };
}
