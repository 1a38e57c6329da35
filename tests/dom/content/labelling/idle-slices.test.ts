import { afterEach, expect, test, vi } from 'vitest';

import { createIdleSlices } from '../../../../src/content/labelling/idle-slices';
import { until } from '../../harness/page';

/** Steps that take this long each, ms. */
function* steps(count: number, length: number, done: number[]): Generator<undefined, undefined> {
  for (let step = 0; step < count; step += 1) {
    const end = performance.now() + length;
    while (performance.now() < end);
    done.push(step);
    yield;
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['an idle page gives 6 ms at most', { didTimeout: false, timeRemaining: () => 50 }, 3],
  [
    'a busy one gives what is left until its next frame',
    { didTimeout: false, timeRemaining: () => 1 },
    1,
  ],
  ['one that is never idle gives 3 ms', { didTimeout: true, timeRemaining: () => 0 }, 2],
])('%s', (_, deadline, most) => {
  const asked: IdleRequestCallback[] = [];
  vi.spyOn(window, 'requestIdleCallback').mockImplementation((callback) => asked.push(callback));
  const controller = new AbortController();
  const done: number[] = [];
  createIdleSlices(controller.signal).add(steps(100, 2, done));
  asked.shift()?.(deadline);
  expect(done.length).toBeGreaterThan(0);
  expect(done.length).toBeLessThanOrEqual(most);
  // The rest is asked for again, once.
  expect(asked).toHaveLength(1);
  controller.abort();
});

test('long work is cut into slices, so that the page has its turns in between', async () => {
  const controller = new AbortController();
  const slices = createIdleSlices(controller.signal);
  const done: number[] = [];
  const atTurns: number[] = [];
  const turns = setInterval(() => atTurns.push(done.length), 1);
  slices.add(steps(30, 2, done));
  expect(done).toEqual([]);
  await until('the work is done', () => done.length === 30);
  clearInterval(turns);
  expect(done).toEqual(Array.from({ length: 30 }, (_, index) => index));
  // Of 60 ms of work no slice may take more than 6 ms and the step that is under way.
  expect(new Set(atTurns).size).toBeGreaterThan(4);
});

test('what came first is finished first, and nothing runs after the end', async () => {
  const controller = new AbortController();
  const slices = createIdleSlices(controller.signal);
  const [first, second]: [number[], number[]] = [[], []];
  let firstWhenSecondBegan = -1;
  slices.add(steps(5, 0.1, first));
  slices.add(
    (function* () {
      firstWhenSecondBegan = first.length;
      yield* steps(3, 0.1, second);
    })(),
  );
  await until('both are done', () => second.length === 3);
  expect(firstWhenSecondBegan).toBe(5);
  const late: number[] = [];
  slices.add(steps(5, 0.1, late));
  controller.abort();
  slices.add(steps(5, 0.1, late));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(late).toEqual([]);
});
