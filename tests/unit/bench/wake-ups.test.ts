import { expect, test } from 'vitest';

import { countWakeUps } from '../../../bench/wake-ups';

const PAGE = { pid: 1, tid: 10 };
const WORKER = { pid: 2, tid: 20 };
const QUIET = { pageMark: 'page', workerMark: 'worker', afterMs: 1, lengthMs: 10 };

function traceOf(events: object[]): string {
  return JSON.stringify({
    traceEvents: [
      { ...PAGE, ph: 'M', ts: 0, name: 'thread_name', args: { name: 'CrRendererMain' } },
      { ...PAGE, ph: 'I', ts: 100, name: 'TimeStamp', args: { data: { message: 'page' } } },
      { ...WORKER, ph: 'I', ts: 200, name: 'TimeStamp', args: { data: { message: 'worker' } } },
      ...events.map((event) => ({ args: {}, ph: 'X', ...event })),
    ],
  });
}

test('counts what runs in the quiet time, on the page’s main thread and anywhere in the extension', () => {
  const trace = traceOf([
    { ...PAGE, ts: 300, name: 'FunctionCall' }, // the quiet time begins at 1,200
    { ...PAGE, ts: 1300, name: 'TimerFire' },
    { ...PAGE, ts: 1301, name: 'FunctionCall' },
    { ...PAGE, ts: 1302, name: 'RunTask' },
    { ...PAGE, tid: 11, ts: 1303, name: 'FunctionCall' },
    { ...PAGE, ts: 1304, tdur: 90, name: 'BlinkScheduler_PerformMicrotaskCheckpoint' },
    { ...PAGE, ts: 1405, tdur: 9, name: 'BlinkScheduler_PerformMicrotaskCheckpoint' },
    { ...PAGE, ph: 'I', ts: 1505, name: 'BlinkScheduler_PerformMicrotaskCheckpoint' },
    { pid: 2, tid: 21, ts: 1400, name: 'FunctionCall' },
    { pid: 3, tid: 30, ts: 1400, name: 'FunctionCall' },
    { ...WORKER, ts: 11_300, name: 'FunctionCall' }, // and ends at 11,200
  ]);
  expect(countWakeUps(trace, QUIET)).toEqual({
    inPage: 3,
    inExtension: 1,
    pagePid: 1,
    extensionPid: 2,
  });
});

test('a trace without the marks proves nothing', () => {
  expect(() => countWakeUps(traceOf([]), { ...QUIET, pageMark: 'another' })).toThrow('another');
});
