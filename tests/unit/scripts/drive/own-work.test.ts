import { expect, test } from 'vitest';

import { ownWork } from '../../../../scripts/drive/own-work';

const PAGE = { pid: 1, tid: 10 };
const OTHER = { pid: 2, tid: 20 };
const OWN = { data: { url: 'chrome-extension://abc/src/content/label-pages.js' } };
const MICROTASKS = 'BlinkScheduler_PerformMicrotaskCheckpoint';

function traceOf(events: object[]): string {
  const threads = [PAGE, OTHER].map((thread) => ({
    ...{ ...thread, ph: 'M', ts: 0, name: 'thread_name' },
    args: { name: 'CrRendererMain' },
  }));
  return JSON.stringify({
    traceEvents: [...threads, ...events.map((event) => ({ ph: 'X', args: {}, ...event }))],
  });
}

const span = (ts: number, dur: number, tdur = dur) => ({ ts, dur, tdur });

test('calls and the microtasks after them count once, by processor time, and by task', () => {
  const work = ownWork(
    traceOf([
      { ...PAGE, name: 'RunTask', ...span(1000, 5000) },
      { ...PAGE, name: 'FunctionCall', args: OWN, ...span(1100, 2000, 1500) },
      { ...PAGE, name: 'FunctionCall', args: OWN, ...span(1200, 500) },
      { ...PAGE, name: MICROTASKS, ...span(3200, 1000) },
      { ...PAGE, name: 'RunTask', ...span(7000, 1000) },
      { ...PAGE, name: 'FunctionCall', args: OWN, ...span(7100, 400) },
      {
        ...PAGE,
        name: 'FunctionCall',
        args: { data: { url: 'http://page/' } },
        ...span(7600, 300),
      },
      { ...OTHER, name: MICROTASKS, ...span(1000, 9000) },
    ]),
  );
  expect(work).toMatchObject({ calls: 3, totalMs: 2.9, longestTaskMs: 2.5, threadMs: 6 });
});

test('what lies between two marks', () => {
  const mark = (ts: number) => ({
    ...{ ...PAGE, ph: 'I', name: 'TimeStamp', ts },
    args: { data: { message: 'answer' } },
  });
  const call = (ts: number, dur: number) => ({
    ...{ ...PAGE, name: 'FunctionCall', args: OWN },
    ...span(ts, dur),
  });
  const trace = traceOf([
    ...[call(1000, 700), mark(2000), call(2100, 1000), call(4000, 2000), mark(7000)],
    ...[call(7100, 4000), mark(12_000), call(12_100, 50)],
  ]);
  expect(ownWork(trace, 'answer').betweenMarksMs).toEqual([3, 4]);
  expect(ownWork(trace).betweenMarksMs).toEqual([]);
});
