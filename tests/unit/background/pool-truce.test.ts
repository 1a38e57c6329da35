import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { CpuPool } from '../../../src/background/cpu-pool';
import { createYieldingPool } from '../../../src/background/pool-truce';
import { lookAtCat } from '../../fixtures/looks';

const raster = { width: 2, height: 2, data: new Uint8ClampedArray(16) };
const wanted = { variant: 'accurate', views: 3, minimumConfidence: 0 } as const;
const looked = { look: lookAtCat(), backend: 'wasm', runMilliseconds: 1 } as const;

/** A pool of two workers that answers when the test lets it. */
function fakePool() {
  const jobs: (() => void)[] = [];
  const pool = {
    size: 0,
    isOpening: false,
    open: vi.fn(() => {
      pool.size = 2;
      return Promise.resolve();
    }),
    look: vi.fn<CpuPool['look']>(
      () =>
        new Promise((resolve) => {
          jobs.push(() => {
            resolve(looked);
          });
        }),
    ),
    close: vi.fn(() => {
      pool.size = 0;
      return Promise.resolve();
    }),
  };
  return { pool, jobs };
}

/** A task that ends when the test says so. */
function openTask() {
  let end: () => void = () => undefined;
  const begun = vi.fn();
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const task = async (): Promise<string> => {
    begun();
    await ended;
    return 'done';
  };
  return { task, begun, end };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the pool ends what is worked on, is closed, and takes nothing until the task is over', async () => {
  const { pool, jobs } = fakePool();
  const yielding = createYieldingPool(pool);
  await yielding.open('accurate');
  const running = yielding.look(raster, wanted);
  const { task, begun, end } = openTask();
  const done = yielding.closedWhile(task);
  await vi.advanceTimersByTimeAsync(10);
  expect(pool.close).not.toHaveBeenCalled();
  expect([yielding.size, yielding.look(raster, wanted)]).toEqual([0, null]);
  jobs[0]?.();
  expect(await running).toBe(looked);
  await vi.advanceTimersByTimeAsync(0);
  expect(pool.close).toHaveBeenCalledOnce();
  expect(begun).toHaveBeenCalledOnce();
  await yielding.open('accurate');
  expect(pool.open).toHaveBeenCalledOnce();
  end();
  expect(await done).toBe('done');
});

test('tasks beside each other close it once; a while after the last it opens again', async () => {
  const { pool } = fakePool();
  const yielding = createYieldingPool(pool);
  const [one, two] = [openTask(), openTask()];
  const done = Promise.all([yielding.closedWhile(one.task), yielding.closedWhile(two.task)]);
  await vi.advanceTimersByTimeAsync(0);
  expect(pool.close).toHaveBeenCalledOnce();
  one.end();
  await vi.advanceTimersByTimeAsync(5000);
  await yielding.open('accurate');
  expect(pool.open).not.toHaveBeenCalled();
  two.end();
  await done;
  await yielding.open('accurate');
  expect(pool.open).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2500);
  await yielding.open('accurate');
  expect(pool.open).toHaveBeenCalledOnce();
  expect(yielding.size).toBe(2);
});

test('a job or a browser that never ends holds nobody up; a task that fails makes room', async () => {
  const { pool } = fakePool();
  pool.close.mockImplementation(() => new Promise(() => undefined));
  const yielding = createYieldingPool(pool);
  await yielding.open('accurate');
  void yielding.look(raster, wanted);
  const failed = expect(
    yielding.closedWhile(() => Promise.reject(new Error('broken'))),
  ).rejects.toThrow('broken');
  await vi.advanceTimersByTimeAsync(4000);
  await failed;
  await vi.advanceTimersByTimeAsync(2500);
  await yielding.open('accurate');
  expect(pool.open).toHaveBeenCalledTimes(2);
});
