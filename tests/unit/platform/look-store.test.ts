import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { LOOK_FORMAT, makeLook, packLook } from '../../../src/core/look/look';
import type { StoredLook } from '../../../src/platform/look-store';
import { DISMISSED as CAT_SAYING } from '../../fixtures/popup/report-image';

const NO_TOUCH = { touch: false };

/** The store as a worker finds it that starts anew: only the database is left of the one before. */
async function restarted() {
  vi.resetModules();
  return await import('../../../src/platform/look-store');
}

const pixels = { texture: 0.5, softness: 0.5, palette: 0.5 };
const look = makeLook({
  ...{ variant: 'accurate', pixels },
  logits: [Float32Array.from({ length: 1001 }, (_, index) => (index === 282 ? 12 : 0))],
  embeddings: [new Float32Array(1024).fill(0.5)],
});
const seen = (draft: string): StoredLook => ({
  ...{ look, backend: 'wasm' },
  said: { mark: 'as built', saying: { ...CAT_SAYING, draft } },
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
  const { storeLook, findLook } = await restarted();
  storeLook('a', seen('Cat'));
  expect(await findLook('a', NO_TOUCH)).toEqual(seen('Cat'));
  expect(await (await restarted()).findLook('a', NO_TOUCH)).toBeNull();
  vi.advanceTimersByTime(300);
  await vi.waitFor(async () => {
    expect(await (await restarted()).findLook('a', NO_TOUCH)).toEqual(seen('Cat'));
  });
});

test('looks at the ends of a picture are kept with it', async () => {
  const { storeLook, measureLooks } = await restarted();
  storeLook('a', { ...seen('Cat'), ends: [look, look] });
  storeLook('b', seen('Cat'));
  const { bytes } = await measureLooks();
  expect(bytes).toBeGreaterThan(4 * packLook(look).length);
  const { findLook } = await restarted();
  expect((await findLook('a', NO_TOUCH))?.ends).toEqual([look, look]);
  expect((await findLook('b', NO_TOUCH))?.ends).toBeUndefined();
});

test('a page of pictures is written in one transaction', async () => {
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const { storeLook, measureLooks } = await restarted();
  for (let index = 0; index < 50; index += 1) storeLook(`key ${index}`, seen('Cat'));
  expect((await measureLooks()).entries).toBe(50);
  const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
  expect(writes).toHaveLength(1);
});

test('what is forgotten stays forgotten, also what was not written yet', async () => {
  const { storeLook, findLook, forgetLooks, measureLooks } = await restarted();
  storeLook('a', seen('Cat'));
  await measureLooks();
  storeLook('b', seen('Dog'));
  await forgetLooks();
  vi.advanceTimersByTime(300);
  expect(await findLook('a', NO_TOUCH)).toBeNull();
  expect(await findLook('b', NO_TOUCH)).toBeNull();
  expect(await measureLooks()).toEqual({ entries: 0, bytes: 0 });
});

test('the least recently used make room', { timeout: 60_000 }, async () => {
  let now = 1_000_000;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1));
  const { storeLook, findLook, measureLooks } = await restarted();
  for (let index = 0; index < 20_000; index += 1) storeLook(`${index}`, seen('Cat'));
  expect((await measureLooks()).entries).toBe(20_000);
  now += 2 * 60 * 60 * 1000;
  expect(await findLook('0', { touch: true })).not.toBeNull();
  storeLook('one more', seen('Dog'));
  expect((await measureLooks()).entries).toBe(19_501);
  expect(await findLook('0', NO_TOUCH)).not.toBeNull();
  expect(await findLook('1', NO_TOUCH)).toBeNull();
  expect(await findLook('one more', NO_TOUCH)).not.toBeNull();
});

test('a database that does not open keeps nothing in memory for ever', async () => {
  const { storeLook, findLook, measureLooks } = await restarted();
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('No room.', 'UnknownError');
  });
  storeLook('a', seen('Cat'));
  await expect(measureLooks()).rejects.toThrow('No room.');
  open.mockRestore();
  expect(await findLook('a', NO_TOUCH)).toBeNull();
});

test('a database that refuses loses what it was given and nothing else', async () => {
  const { storeLook, findLook, measureLooks } = await restarted();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError');
  });
  storeLook('a', seen('Cat'));
  vi.advanceTimersByTime(300);
  await vi.waitFor(async () => {
    expect(await findLook('a', NO_TOUCH)).toBeNull();
  });
  put.mockRestore();
  storeLook('b', seen('Dog'));
  expect((await measureLooks()).entries).toBe(1);
});

/** Opens the database beside the store, with what a test puts there. */
async function rows(put: unknown[]): Promise<void> {
  const db = await openDB('predictions', 2);
  for (const row of put) await db.put('looks', row);
  db.close();
}

test('what is no look of this format is not there', async () => {
  const { measureLooks } = await restarted();
  expect((await measureLooks()).entries).toBe(0);
  const good = {
    format: LOOK_FORMAT,
    look: packLook(look),
    backend: 'wasm',
    said: null,
    usedAt: 1,
  };
  await rows([
    { ...good, key: 'good' },
    { ...good, key: 'another format', format: LOOK_FORMAT + 1 },
    { ...good, key: 'another shape', look: JSON.stringify(look) },
    { ...good, key: 'cut off', look: packLook(look).slice(0, 99) },
    { ...good, key: 'another backend', backend: 'abacus' },
    { ...good, key: 'of a prediction', look: undefined, prediction: { hint: null } },
    { ...good, key: 'said badly', said: { mark: 1, saying: { predictions: [] } } },
  ]);
  const later = await restarted();
  expect(await later.findLook('good', NO_TOUCH)).toEqual({ look, backend: 'wasm', said: null });
  for (const key of [
    ...['another format', 'another shape', 'cut off', 'another backend', 'of a prediction'],
  ]) {
    expect(await later.findLook(key, { touch: true }), key).toBeNull();
  }
  expect(await later.findLook('said badly', NO_TOUCH)).toMatchObject({ said: null });
  expect(await later.measureLooks()).toMatchObject({ entries: 7 });
});

test('the predictions of the first version are dropped', async () => {
  const first = await openDB('predictions', 1, {
    upgrade(db) {
      db.createObjectStore('predictions', { keyPath: 'key' }).createIndex('usedAt', 'usedAt');
    },
  });
  const prediction = { hint: null, silence: 'unsure', predictions: [] };
  await first.put('predictions', { key: 'a', prediction, usedAt: 1 });
  first.close();
  const { findLook, storeLook, measureLooks } = await restarted();
  expect(await findLook('a', NO_TOUCH)).toBeNull();
  storeLook('a', seen('Cat'));
  expect((await measureLooks()).entries).toBe(1);
  const db = await openDB('predictions');
  expect([db.version, ...db.objectStoreNames]).toEqual([2, 'looks']);
  db.close();
});

test('a look takes about 1.1 kB, and what was said last beside it less', async () => {
  const { storeLook, measureLooks } = await restarted();
  storeLook('a', { ...seen('Cat'), said: null });
  const { bytes } = await measureLooks();
  expect(bytes).toBeLessThan(1250);
  storeLook('a', seen('Cat'));
  expect((await measureLooks()).bytes - bytes).toBeLessThan(bytes);
});
