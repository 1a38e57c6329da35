/** What runs while nothing happens, read from a browser trace. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds; `tdur` is time on the processor. */
  ts: number;
  tdur?: number;
  args: { name?: string; data?: { message?: string } };
}

export interface WakeUps {
  /** Calls into script, timers, frames and microtasks on the page's main thread. */
  inPage: number;
  /** The same on all threads of the extension's process: its worker, its documents and their workers. */
  inExtension: number;
  pagePid: number;
  extensionPid: number;
}

/** Where the quiet time begins: texts that `console.timeStamp` left in the page and in the worker. */
export interface QuietTime {
  pageMark: string;
  workerMark: string;
  /** What setting the marks started has ended so long after the later one. */
  afterMs: number;
  lengthMs: number;
}

const CALLS = new Set([
  ...['FunctionCall', 'EvaluateScript', 'EventDispatch'],
  ...['TimerFire', 'FireAnimationFrame', 'FireIdleCallback'],
]);
const MICROTASKS = 'BlinkScheduler_PerformMicrotaskCheckpoint';
/** After every task of a thread it is looked whether microtasks wait; that alone takes up to 35 us. */
const SOME_MICROTASKS_US = 50;
const MAIN_THREAD = 'CrRendererMain';

/**
 * Counts what woke in a page that runs no script of its own, so that all there is the extension's, and
 * in the extension's process.
 * @param trace of the categories `devtools.timeline` and `toplevel`
 * @throws Error where a mark is not in the trace
 */
export function countWakeUps(trace: string, quiet: QuietTime): WakeUps {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const markOf = (message: string): TraceEvent => {
    const mark = traceEvents.find(
      ({ name, args }) => name === 'TimeStamp' && args.data?.message === message,
    );
    if (mark === undefined) throw new Error(`The trace does not show ${message}.`);
    return mark;
  };
  const page = markOf(quiet.pageMark);
  const worker = markOf(quiet.workerMark);
  const from = Math.max(page.ts, worker.ts) + quiet.afterMs * 1000;
  const to = from + quiet.lengthMs * 1000;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === MAIN_THREAD)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  let [inPage, inExtension] = [0, 0];
  for (const { name, pid, tid, ts, tdur = 0 } of traceEvents) {
    if (ts < from || ts > to) continue;
    const hasMicrotasks = name === MICROTASKS && tdur >= SOME_MICROTASKS_US;
    if (!CALLS.has(name) && !hasMicrotasks) continue;
    if (pid === worker.pid) inExtension += 1;
    else if (pid === page.pid && mainThreads.has(`${pid} ${tid}`)) inPage += 1;
  }
  return { inPage, inExtension, pagePid: page.pid, extensionPid: worker.pid };
}
