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
  args: { name?: string; data?: { url?: string } };
}

export interface OwnWork {
  calls: number;
  /** Processor time of all its calls, milliseconds. */
  totalMs: number;
  /** The most processor time that it took within one task, milliseconds. */
  longestTaskMs: number;
}

const SCRIPT_EVENTS = ['FunctionCall', 'EvaluateScript'];

/**
 * Sums up the calls of the content script. Processor time, not the clock: other programs of a busy
 * machine are not the extension's doing.
 * @param trace a trace file of the categories `devtools.timeline` and `toplevel`
 */
export function ownWork(trace: string): OwnWork {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  const endOf = ({ ts, dur = 0 }: TraceEvent) => ts + dur;
  const onMain = traceEvents.filter(
    (event) => event.ph === 'X' && mainThreads.has(threadOf(event)),
  );
  const calls = onMain
    .filter(({ name, args }) => {
      const url = args.data?.url ?? '';
      return SCRIPT_EVENTS.includes(name) && /^chrome-extension:.*\/content\//.test(url);
    })
    .sort((a, b) => a.ts - b.ts);
  // A call inside another is counted with it.
  const outer = calls.filter((call, index) => {
    const before = calls.slice(0, index).findLast((other) => threadOf(other) === threadOf(call));
    return before === undefined || endOf(before) < endOf(call) || before.ts === call.ts;
  });
  const processorMs = (events: TraceEvent[]) =>
    events.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
  const tasks = onMain.filter(({ name }) => name.endsWith('RunTask'));
  const longest = tasks.map((task) =>
    processorMs(
      outer.filter(
        (call) =>
          threadOf(call) === threadOf(task) && call.ts >= task.ts && endOf(call) <= endOf(task),
      ),
    ),
  );
  return {
    calls: outer.length,
    totalMs: processorMs(outer),
    longestTaskMs: Math.max(0, ...longest),
  };
}
