import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { CodedError } from '../../../src/core/errors';
import type { LiveState } from '../../../src/popup/live-state';
import { fake } from '../support/fake-browser';

const { asked, answers } = vi.hoisted(() => ({
  asked: [] as string[],
  answers: new Map<string, unknown>(),
}));

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

vi.mock('../../../src/messages/client', () => ({
  askWorker: (type: string) => {
    asked.push(type);
    const answer = answers.get(type);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  },
}));

const { watchWorker } = await import('../../../src/popup/live-state');

/** As much of a document as watching needs: an event target that may be hidden. */
class Page extends EventTarget {
  hidden = false;

  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: Page;
let state: Partial<LiveState>;
let watching: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  vi.stubGlobal('document', page);
  asked.length = 0;
  answers.set('getEngineStatus', { state: 'ready' });
  answers.set('getRecentOutcomes', []);
  answers.set('getSettings', { views: 3 });
  state = {};
  watching = new AbortController();
});

afterEach(() => {
  watching.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function watch(): Promise<() => Promise<void>> {
  const retry = watchWorker((changes) => {
    Object.assign(state, changes);
  }, watching.signal);
  await vi.advanceTimersByTimeAsync(0);
  return retry;
}

/** What is asked for within so many milliseconds, without repetitions. */
async function askedWithin(milliseconds: number): Promise<string[]> {
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(milliseconds);
  return [...new Set(asked)];
}

test('asks for everything once, then only for the engine', async () => {
  await watch();
  expect(asked).toEqual(['getEngineStatus', 'getRecentOutcomes', 'getSettings']);
  expect(state).toEqual({
    status: { state: 'ready' },
    outcomes: [],
    settings: { views: 3 },
    problem: null,
  });
  expect(await askedWithin(5000)).toEqual(['getEngineStatus']);
});

test('follows a loading engine closely', async () => {
  answers.set('getEngineStatus', { state: 'loading' });
  await watch();
  await askedWithin(3000);
  expect(asked.length).toBeGreaterThanOrEqual(8);
});

test('asks for what the store says has changed', async () => {
  await watch();
  asked.length = 0;
  answers.set('getRecentOutcomes', [{ id: 'new' }]);
  fake.onStorageChanged.dispatch({ pages: {} }, 'session');
  await vi.advanceTimersByTimeAsync(0);
  // The worker's other notes are none of the list's business.
  expect(asked).toEqual([]);
  fake.onStorageChanged.dispatch({ recentOutcomes: {} }, 'session');
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['getRecentOutcomes']);
  expect(state.outcomes).toEqual([{ id: 'new' }]);
});

test('a worker that was stopped is asked again soon, and is a problem only when it was once more', async () => {
  await watch();
  answers.set('getEngineStatus', new CodedError('worker-stopped', 'gone'));
  await askedWithin(2100);
  expect(state).toMatchObject({ status: { state: 'ready' }, problem: null });
  await askedWithin(400);
  expect(state.problem).toMatchObject({ code: 'worker-stopped' });
  answers.set('getEngineStatus', { state: 'ready' });
  await askedWithin(400);
  expect(state.problem).toBeNull();
});

test('asks nothing while the page is hidden, and at once when it is shown', async () => {
  await watch();
  page.show(false);
  await askedWithin(5000);
  expect(await askedWithin(60_000)).toEqual([]);
  page.show(true);
  expect(await askedWithin(0)).toEqual(['getEngineStatus']);
});

test('tells of a worker that cannot be asked, and asks for everything until it can', async () => {
  answers.set('getRecentOutcomes', new Error('gone'));
  await watch();
  expect(state.problem).toEqual({ code: 'internal', message: 'gone' });
  answers.set('getRecentOutcomes', []);
  expect(await askedWithin(2500)).toContain('getRecentOutcomes');
  expect(state.problem).toBeNull();
});

test('asks again for a change that a stopped worker did not tell of', async () => {
  await watch();
  answers.set('getRecentOutcomes', new Error('worker stopped'));
  fake.onStorageChanged.dispatch({ recentOutcomes: {} }, 'session');
  await vi.advanceTimersByTimeAsync(0);
  expect(state.problem).not.toBeNull();
  answers.set('getRecentOutcomes', [{ id: 'new' }]);
  expect(await askedWithin(2500)).toEqual(['getEngineStatus', 'getRecentOutcomes']);
  expect(state).toMatchObject({ outcomes: [{ id: 'new' }], problem: null });
  expect(await askedWithin(5000)).toEqual(['getEngineStatus']);
});

test('a retry asks for everything', async () => {
  const retry = await watch();
  asked.length = 0;
  await retry();
  expect(asked).toEqual(['getEngineStatus', 'getRecentOutcomes', 'getSettings']);
});

test('is silent and holds no listener once it is over', async () => {
  await watch();
  expect(fake.onStorageChanged.size).toBe(2); // results and settings
  watching.abort();
  expect(fake.onStorageChanged.size).toBe(0);
  expect(await askedWithin(10_000)).toEqual([]);
});
