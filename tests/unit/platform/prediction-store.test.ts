import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { StoredPrediction } from '../../../src/platform/prediction-store';

const NO_TOUCH = { touch: false };

/** The store as a worker finds it that starts anew: only the database is left of the one before. */
async function restarted() {
  vi.resetModules();
  return await import('../../../src/platform/prediction-store');
}

const prediction = (draft: string): StoredPrediction => ({
  ...{ predictions: [], hint: null, guess: null, silence: 'unsure', draft },
  ...{ backend: 'wasm', variant: 'accurate', views: 1 },
});

beforeEach(() => {
  indexedDB = new IDBFactory();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('what is stored is found at once, and by the next worker after a while', async () => {
  const { storePrediction, findPrediction } = await restarted();
  storePrediction('a', prediction('Cat'));
  expect(await findPrediction('a', NO_TOUCH)).toEqual(prediction('Cat'));
  expect(await (await restarted()).findPrediction('a', NO_TOUCH)).toBeNull();
  vi.advanceTimersByTime(300);
  await vi.waitFor(async () => {
    expect(await (await restarted()).findPrediction('a', NO_TOUCH)).toEqual(prediction('Cat'));
  });
});

test('a page of pictures is written in one transaction', async () => {
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const { storePrediction, measurePredictions } = await restarted();
  for (let index = 0; index < 50; index += 1) storePrediction(`key ${index}`, prediction('Cat'));
  expect((await measurePredictions()).entries).toBe(50);
  const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
  expect(writes).toHaveLength(1);
});

test('what is forgotten stays forgotten, also what was not written yet', async () => {
  const { storePrediction, findPrediction, forgetPredictions, measurePredictions } =
    await restarted();
  storePrediction('a', prediction('Cat'));
  await measurePredictions();
  storePrediction('b', prediction('Dog'));
  await forgetPredictions();
  vi.advanceTimersByTime(300);
  expect(await findPrediction('a', NO_TOUCH)).toBeNull();
  expect(await findPrediction('b', NO_TOUCH)).toBeNull();
  expect(await measurePredictions()).toEqual({ entries: 0, bytes: 0 });
});

test('the least recently used make room', { timeout: 60_000 }, async () => {
  let now = 1_000_000;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1));
  const { storePrediction, findPrediction, measurePredictions } = await restarted();
  for (let index = 0; index < 20_000; index += 1) storePrediction(`${index}`, prediction('Cat'));
  expect((await measurePredictions()).entries).toBe(20_000);
  now += 2 * 60 * 60 * 1000;
  expect(await findPrediction('0', { touch: true })).not.toBeNull();
  storePrediction('one more', prediction('Dog'));
  expect((await measurePredictions()).entries).toBe(19_501);
  expect(await findPrediction('0', NO_TOUCH)).not.toBeNull();
  expect(await findPrediction('1', NO_TOUCH)).toBeNull();
  expect(await findPrediction('one more', NO_TOUCH)).not.toBeNull();
});

test('a database that does not open keeps nothing in memory for ever', async () => {
  const { storePrediction, findPrediction, measurePredictions } = await restarted();
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('No room.', 'UnknownError');
  });
  storePrediction('a', prediction('Cat'));
  await expect(measurePredictions()).rejects.toThrow('No room.');
  open.mockRestore();
  expect(await findPrediction('a', NO_TOUCH)).toBeNull();
});

test('a database that refuses loses what it was given and nothing else', async () => {
  const { storePrediction, findPrediction, measurePredictions } = await restarted();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError');
  });
  storePrediction('a', prediction('Cat'));
  vi.advanceTimersByTime(300);
  await vi.waitFor(async () => {
    expect(await findPrediction('a', NO_TOUCH)).toBeNull();
  });
  put.mockRestore();
  storePrediction('b', prediction('Dog'));
  expect((await measurePredictions()).entries).toBe(1);
});
