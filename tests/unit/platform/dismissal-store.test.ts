import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';

import type { Dismissal } from '../../../src/core/saying/dismissal';

const DOG = 'n02084071';
const BEAGLE = 'n02088364';
const TABBY = 'n02123045';
const NO_TOUCH = { touch: false };

/** The store as a worker finds it that starts anew: only the database is left of the one before. */
async function restarted() {
  vi.resetModules();
  return await import('../../../src/platform/dismissal-store');
}

beforeEach(() => {
  indexedDB = new IDBFactory();
});

const label = (picture: string, synset = DOG): Dismissal => ({ picture, synset });

test('a dismissed label is known, in the next worker too, and of its picture only', async () => {
  const store = await restarted();
  expect(await store.dismissedLabels('a', NO_TOUCH)).toEqual([]);
  await store.storeDismissals([label('a')]);
  for (const { dismissedLabels, countDismissals } of [store, await restarted()]) {
    expect(await dismissedLabels('a', NO_TOUCH)).toEqual([DOG]);
    expect(await dismissedLabels('b', NO_TOUCH)).toEqual([]);
    expect(await countDismissals()).toBe(1);
  }
});

test('taking it back takes back all that kept the label back, and nothing else', async () => {
  const { dismissedLabels, storeDismissals, removeDismissal } = await restarted();
  await storeDismissals([label('a', DOG), label('a', BEAGLE), label('a', TABBY), label('b')]);
  await removeDismissal(label('a', BEAGLE));
  const later = await restarted();
  for (const find of [dismissedLabels, later.dismissedLabels]) {
    expect(await find('a', NO_TOUCH)).toEqual([TABBY]);
    expect(await find('b', NO_TOUCH)).toEqual([DOG]);
  }
  expect(await later.countDismissals()).toBe(2);
});

test('all are forgotten, and can be brought back', async () => {
  const { storeDismissals, forgetDismissals, countDismissals } = await restarted();
  const all = [label('a'), label('a', TABBY), label('b')];
  await storeDismissals(all);
  const forgotten = await forgetDismissals();
  expect(forgotten).toEqual(all);
  expect(await countDismissals()).toBe(0);
  expect(await (await restarted()).countDismissals()).toBe(0);
  await storeDismissals(forgotten);
  expect(await (await restarted()).countDismissals()).toBe(3);
});

test('the least recently used ones make room; a use counts, one without a trace does not', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
  const { storeDismissals, dismissedLabels, countDismissals } = await restarted();
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, index) => label(`number ${index}`));
  await storeDismissals(numbered(5000));
  vi.setSystemTime(1_700_000_000_000 + 2 * 86_400_000);
  await dismissedLabels('number 0', { touch: true });
  await dismissedLabels('number 1', NO_TOUCH);
  await storeDismissals([label('one more')]);
  const later = await restarted();
  for (const [count, find] of [
    [countDismissals, dismissedLabels],
    [later.countDismissals, later.dismissedLabels],
  ] as const) {
    expect(await count()).toBe(5000);
    expect(await find('number 0', NO_TOUCH)).toHaveLength(1);
    expect(await find('number 1', NO_TOUCH)).toHaveLength(0);
    expect(await find('one more', NO_TOUCH)).toHaveLength(1);
  }
  vi.useRealTimers();
});
