/** What of a browser trace is the extension's own script on the pages' main threads. */

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds; `tdur` is time on the processor. */
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string; data?: { url?: string; message?: string } };
}

export interface OwnWork {
  calls: number;
  /** Processor time of all its calls and of the microtasks after them, milliseconds. */
  totalMs: number;
  /** The most processor time that they took within one task, milliseconds. */
  longestTaskMs: number;
  /** Processor time of all tasks of these threads, the browser's own work included, milliseconds. */
  threadMs: number;
  /** Processor time between one mark and the next, milliseconds. */
  betweenMarksMs: number[];
}

const SCRIPT_EVENTS = ['FunctionCall', 'EvaluateScript'];
/** What goes on after an `await` is no function call in a trace. */
const MICROTASKS = 'BlinkScheduler_PerformMicrotaskCheckpoint';

/**
 * Sums up the content script's calls and microtasks on the main threads of its pages, which must run no
 * script of their own: whose a microtask is, a trace does not tell. Processor time, not the clock: other
 * programs of a busy machine are not the extension's doing.
 * @param trace a trace file of the categories `devtools.timeline` and `toplevel`
 * @param mark a text that `console.timeStamp` left in the trace
 */
export function ownWork(trace: string, mark = ''): OwnWork {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  const onMain = traceEvents.filter(
    (event) => event.ph === 'X' && mainThreads.has(threadOf(event)),
  );
  const calls = onMain.filter(({ name, args }) => {
    const url = args.data?.url ?? '';
    return SCRIPT_EVENTS.includes(name) && /^chrome-extension:.*\/content\//.test(url);
  });
  const ownThreads = new Set(calls.map(threadOf));
  const microtasks = onMain.filter(
    (event) => event.name === MICROTASKS && ownThreads.has(threadOf(event)),
  );
  const own = outermost([...calls, ...microtasks].sort((a, b) => a.ts - b.ts));
  const tasks = onMain.filter(({ name }) => name.endsWith('RunTask'));
  const marks = traceEvents
    .filter(({ name, args }) => name === 'TimeStamp' && args.data?.message === mark)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  return {
    calls: calls.length,
    totalMs: sumMs(own),
    longestTaskMs: longestShare(tasks, own),
    threadMs: sumMs(
      outermost(tasks.filter((task) => ownThreads.has(threadOf(task))).sort((a, b) => a.ts - b.ts)),
    ),
    betweenMarksMs: marks
      .slice(1)
      .map((end, index) =>
        sumMs(own.slice(firstFrom(own, marks[index] ?? end), firstFrom(own, end))),
      ),
  };
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

function endOf({ ts, dur = 0 }: TraceEvent): number {
  return ts + dur;
}

function sumMs(events: readonly TraceEvent[]): number {
  return events.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
}

/** Without those that lie inside another: they are counted with it. Events in their order. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  const ends = new Map<string, number>();
  return events.filter((event) => {
    const isInside = endOf(event) <= (ends.get(threadOf(event)) ?? 0);
    if (!isInside) ends.set(threadOf(event), endOf(event));
    return !isInside;
  });
}

/** The most that events take within one task. Tasks may lie in each other, so each is looked at. */
function longestShare(tasks: readonly TraceEvent[], events: readonly TraceEvent[]): number {
  const byThread = new Map<string, TraceEvent[]>();
  for (const event of events) {
    const known = byThread.get(threadOf(event));
    if (known === undefined) byThread.set(threadOf(event), [event]);
    else known.push(event);
  }
  let longest = 0;
  for (const task of tasks) {
    const own = byThread.get(threadOf(task)) ?? [];
    const from = firstFrom(own, task.ts);
    let to = from;
    while (to < own.length && endOf(own[to] ?? task) <= endOf(task)) to += 1;
    longest = Math.max(longest, sumMs(own.slice(from, to)));
  }
  return longest;
}

/** The place of the first event that begins at `ts` or later; events in their order. */
function firstFrom(events: readonly TraceEvent[], ts: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.ts ?? Infinity) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
