import { CodedError } from '../core/errors';
import { PRIORITIES, type Priority } from '../messages/protocol';

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

interface Waiter<Answer> extends Requester {
  resolve: (answer: Answer) => void;
  reject: (error: CodedError) => void;
}

interface Job<Work, Answer> {
  key: string;
  work: Work;
  waiters: Set<Waiter<Answer>>;
  /** Counts up with every request: the newest on screen goes first. */
  order: number;
}

/** A job that a lane has taken, and must end. */
export interface TakenJob<Work, Answer> {
  work: Work;
  /**
   * Gives those who wait what the lane has, or why it has nothing.
   * @returns resolves when they have it; never rejects
   */
  end: (answer: Promise<Answer>) => Promise<void>;
}

/** What lanes pull from; see `createQueue`. */
export interface WorkSource<Work, Answer> {
  /** Jobs that have not started. */
  readonly waiting: number;
  /** Is the job that goes next a person's click? False where none waits. */
  readonly isClickNext: boolean;
  /** Is a job running that a person's click waits for? */
  readonly isClickRunning: boolean;
  /**
   * Takes out the most urgent jobs, in their order, for one run of a lane: a click is in no run with
   * labels, which would make it longer, and no job overtakes one that does not fit.
   * @param most jobs, at least one
   * @param fits may this go into one run with the first?
   */
  pull: (
    most: number,
    fits?: (first: Work, next: Work) => boolean,
  ) => readonly TakenJob<Work, Answer>[];
  /** Has `listener` called after each request. */
  onWork: (listener: () => void) => void;
}

export interface Queue<Work, Answer> extends WorkSource<Work, Answer> {
  /**
   * Has a lane do the work; requests with the same key share one run and its answer.
   * @throws CodedError `cancelled`, `queue-full`, or what the lane threw
   */
  submit: (key: string, requester: Requester, work: Work) => Promise<Answer>;
  /** Ends the waiting of these requests; a job that nobody waits for any more and that has not started is dropped. */
  cancel: (isCancelled: (requester: Requester) => boolean) => void;
  setPriority: (isMeant: (requester: Requester) => boolean, priority: Priority) => void;
}

type Waited = Pick<Job<unknown, never>, 'order'> & { waiters: ReadonlySet<Requester> };

const rank = (priority: Priority): number => PRIORITIES.indexOf(priority);

/** The most urgent of a job's waiters: 0 is the person's click. */
function urgency({ waiters }: Waited): number {
  return Math.min(...Array.from(waiters, ({ priority }) => rank(priority)));
}

function isClick(job: Waited): boolean {
  return urgency(job) === rank('user');
}

/** Negative when `a` goes before `b`: the more urgent first; clicks in their order, all else newest first. */
function compare(a: Waited, b: Waited): number {
  const [urgencyA, urgencyB] = [urgency(a), urgency(b)];
  if (urgencyA !== urgencyB) return urgencyA - urgencyB;
  return urgencyA === rank('user') ? a.order - b.order : b.order - a.order;
}

/**
 * The one queue of pictures: the most urgent goes first, when a lane pulls it. A full queue drops the
 * least urgent, oldest job, never a person's; a failing job fails only those who wait for it.
 * @param capacity jobs that may wait
 */
export function createQueue<Work, Answer>(capacity = DEFAULT_CAPACITY): Queue<Work, Answer> {
  const waiting = new Map<string, Job<Work, Answer>>();
  const running = new Map<string, Job<Work, Answer>>();
  const listeners: (() => void)[] = [];
  let order = 0;

  function inOrder(): Job<Work, Answer>[] {
    return [...waiting.values()].sort(compare);
  }

  function dropFarthest(): void {
    const farthest = inOrder().at(-1);
    if (farthest === undefined || isClick(farthest)) return;
    waiting.delete(farthest.key);
    const error = new CodedError('queue-full', 'Nearer pictures wait: ask again.');
    for (const { reject } of farthest.waiters) reject(error);
  }

  async function end(job: Job<Work, Answer>, answer: Promise<Answer>): Promise<void> {
    try {
      const value = await answer;
      for (const { resolve } of job.waiters) resolve(value);
    } catch (error) {
      const coded = error instanceof CodedError ? error : new CodedError('internal', String(error));
      for (const { reject } of job.waiters) reject(coded);
    } finally {
      running.delete(job.key);
    }
  }

  function take(job: Job<Work, Answer>): TakenJob<Work, Answer> {
    waiting.delete(job.key);
    running.set(job.key, job);
    return { work: job.work, end: (answer) => end(job, answer) };
  }

  return {
    submit(key, requester, work) {
      return new Promise<Answer>((resolve, reject) => {
        const job = running.get(key) ??
          waiting.get(key) ?? { key, work, waiters: new Set<Waiter<Answer>>(), order: 0 };
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
    pull(most, fits = () => true) {
      const jobs = inOrder().slice(0, most);
      const [first] = jobs;
      if (first === undefined) return [];
      const odd = jobs.findIndex(
        (job) => isClick(job) !== isClick(first) || !fits(first.work, job.work),
      );
      // The first is taken, whatever is said of one beside itself.
      return jobs.slice(0, odd < 0 ? jobs.length : Math.max(1, odd)).map(take);
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
