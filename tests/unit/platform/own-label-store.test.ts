import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';

import { MAX_OWN_LABELS } from '../../../src/core/teaching/own-label';
import { exampleOf, lookAt, ownLabel } from '../support/taught';

/** The store as a worker finds it that starts anew: only the database is left of the one before. */
async function restarted() {
  vi.resetModules();
  return await import('../../../src/platform/own-label-store');
}

beforeEach(() => {
  indexedDB = new IDBFactory();
});

const label = ownLabel(1, 'Mira');
const example = exampleOf(label, lookAt({ kind: 1 }));
const other = exampleOf(label, lookAt({ kind: 2 }));
const thumbnail = 'data:image/webp;base64,AA';

test('what was confirmed is there in the next worker, with its small copy', async () => {
  const store = await restarted();
  await store.changeTaught(() => ({
    ...{ putLabels: [label], putExamples: [example] },
    putThumbnails: new Map([[example.id, thumbnail]]),
  }));
  for (const { loadTaught, loadOwnThumbnails } of [store, await restarted()]) {
    expect(await loadTaught()).toMatchObject({ labels: [label], examples: [example] });
    expect(await loadOwnThumbnails()).toEqual(new Map([[example.id, thumbnail]]));
  }
});

test('with a label its examples go, and their copies', async () => {
  const { changeTaught } = await restarted();
  await changeTaught(() => ({
    ...{ putLabels: [label], putExamples: [example, other] },
    putThumbnails: new Map([[example.id, thumbnail]]),
  }));
  await changeTaught(() => ({ dropLabels: [label.id] }));
  const { loadTaught, loadOwnThumbnails } = await restarted();
  expect(await loadTaught()).toMatchObject({ labels: [], examples: [] });
  expect((await loadOwnThumbnails()).size).toBe(0);
});

test('more than is kept is refused, and changes nothing', async () => {
  const { changeTaught } = await restarted();
  await changeTaught(() => ({ putLabels: [label], putExamples: [example] }));
  const many = Array.from({ length: MAX_OWN_LABELS }, (_, place) =>
    ownLabel(1, `name ${place}`, { id: `u1${String(place).padStart(7, '0')}` }),
  );
  await expect(changeTaught(() => ({ putLabels: many }))).rejects.toMatchObject({
    code: 'own-labels-full',
  });
  expect((await (await restarted()).loadTaught()).labels).toEqual([label]);
});

test('what another version wrote is left out', async () => {
  const { changeTaught } = await restarted();
  const odd = { ...example, id: 'ffffffff', sight: { ...example.sight, classes: [] } };
  await changeTaught(() => ({
    ...{ putLabels: [label, { ...label, id: 'x' }] },
    putExamples: [example, odd as never],
  }));
  expect(await (await restarted()).loadTaught()).toMatchObject({
    ...{ labels: [label], examples: [example] },
  });
});
