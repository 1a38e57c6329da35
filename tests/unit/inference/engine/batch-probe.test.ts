import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { probeBatchSize } from '../../../../src/inference/engine/batch-probe';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A device on which a run of so many pictures takes so long; the sizes that were tried. */
function device(millisecondsOf: (pictures: number) => number) {
  const tried: number[] = [];
  const run = (pictures: number): Promise<void> => {
    tried.push(pictures);
    vi.advanceTimersByTime(millisecondsOf(pictures));
    return Promise.resolve();
  };
  return { run, tried };
}

test('a GPU on which a batch costs little more than one picture gets the largest', async () => {
  const { run, tried } = device((pictures) => 4 + pictures * 0.5);
  expect(await probeBatchSize(run, 8)).toBe(8);
  expect(tried).toEqual([1, 1, 2, 2, 4, 4, 8, 8]);
});

test('where a batch takes as long as its pictures, one is enough, and no more sizes are tried', async () => {
  const { run, tried } = device((pictures) => 5 * pictures);
  expect(await probeBatchSize(run, 8)).toBe(1);
  expect(tried).toEqual([1, 1, 2, 2]);
});

test('the size before the one that no longer gains is kept', async () => {
  expect(await probeBatchSize(device((pictures) => Math.max(8, 2 * pictures)).run, 16)).toBe(4);
});

test('the first run of a size, which makes room on the device, does not count', async () => {
  const seen = new Set<number>();
  const { run } = device((pictures) => {
    const extra = seen.has(pictures) ? 0 : 20;
    seen.add(pictures);
    return 4 + pictures * 0.1 + extra;
  });
  expect(await probeBatchSize(run, 8)).toBe(8);
});

test('a slow device is asked no longer than the budget', async () => {
  const { run, tried } = device((pictures) => 120 + pictures);
  expect(await probeBatchSize(run, 8)).toBe(2);
  expect(tried).toEqual([1, 1, 2]);
});

test('no batch larger than what fits, and failures are told', async () => {
  const { run, tried } = device((pictures) => 4 + pictures * 0.1);
  expect(await probeBatchSize(run, 6)).toBe(4);
  expect(Math.max(...tried)).toBe(4);
  await expect(probeBatchSize(() => Promise.reject(new Error('Lost.')), 8)).rejects.toThrow(
    'Lost.',
  );
});
