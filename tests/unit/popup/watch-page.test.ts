import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { CodedError } from '../../../src/core/errors';
import type { FrameProgress, PageState } from '../../../src/messages/protocol';
import { pageReport, reportImage } from '../../fixtures/popup/report-image';

const { asked, page } = vi.hoisted(() => ({
  asked: [] as string[],
  page: { state: null as PageState | null, problem: null as Error | null },
}));

vi.mock('../../../src/messages/client', () => ({
  askWorker: (type: string) => {
    asked.push(type);
    if (page.problem !== null) return Promise.reject(page.problem);
    return Promise.resolve(type === 'getPageState' ? page.state : REPORT);
  },
}));

const REPORT = pageReport([reportImage()]);
const { watchPage } = await import('../../../src/popup/watch-page');

const NONE: FrameProgress = {
  found: 0,
  pending: 0,
  labelled: 0,
  skipped: 0,
  failed: 0,
  far: 0,
  wanted: 0,
};

function stateWith(changes: Partial<PageState>): PageState {
  return {
    documentId: 'D1',
    ...{ labelling: 'on', origin: 'https://example.org', siteRule: 'default' },
    ...{ labelAllSites: false, pausedUntil: null, progress: NONE },
    ...changes,
  };
}

let told: Record<string, unknown>;
let watching: AbortController;

const reports = () => asked.filter((type) => type === 'getPageReport').length;
const watch = () => watchPage(7, (changes) => Object.assign(told, changes), watching.signal);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  asked.length = 0;
  page.problem = null;
  told = {};
  watching = new AbortController();
});

afterEach(() => {
  watching.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a report is asked for when the progress has changed, and never without rest', async () => {
  page.state = stateWith({ progress: { ...NONE, found: 9, pending: 5, labelled: 1 } });
  watch();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual({ state: page.state, problem: null, report: REPORT });
  for (let labelled = 2; labelled <= 5; labelled += 1) {
    page.state = stateWith({ progress: { ...NONE, found: 9, pending: 6 - labelled, labelled } });
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(reports()).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  const settled = reports();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reports()).toBe(settled);
});

test('a page that is not labelled has no report', async () => {
  page.state = stateWith({});
  watch();
  await vi.advanceTimersByTimeAsync(0);
  expect(told.report).toBe(REPORT);
  page.state = stateWith({ labelling: 'off' });
  await vi.advanceTimersByTimeAsync(3000);
  expect(told.report).toBeNull();
});

test('what was done is looked at at once; a failure is told and goes with the next answer', async () => {
  page.state = stateWith({ labelling: 'off' });
  const refresh = watch();
  await vi.advanceTimersByTimeAsync(100);
  page.problem = new Error('broken');
  await refresh();
  expect(told.problem).toEqual({ code: 'internal', message: 'broken' });
  page.problem = null;
  await vi.advanceTimersByTimeAsync(700);
  expect(told.problem).toBeNull();
});

test('a background that was stopped is asked again soon, and is a problem only when it was once more', async () => {
  page.state = stateWith({ labelling: 'off' });
  watch();
  await vi.advanceTimersByTimeAsync(100);
  page.problem = new CodedError('worker-stopped', 'gone');
  await vi.advanceTimersByTimeAsync(2500);
  expect(told.problem).toBeNull();
  await vi.advanceTimersByTimeAsync(700);
  expect(told.problem).toMatchObject({ code: 'worker-stopped' });
  page.problem = null;
  await vi.advanceTimersByTimeAsync(700);
  expect(told.problem).toBeNull();
  page.problem = new CodedError('worker-stopped', 'gone');
  await vi.advanceTimersByTimeAsync(2600);
  expect(told.problem).toBeNull();
});

test('nothing is asked while nobody looks, or after the end', async () => {
  page.state = stateWith({ labelling: 'off' });
  watch();
  await vi.advanceTimersByTimeAsync(0);
  Object.assign(document, { hidden: true });
  await vi.advanceTimersByTimeAsync(3000);
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(before);
  watching.abort();
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(before);
});
