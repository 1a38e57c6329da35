import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';

import type { Look } from '../../../src/core/look/look';
import { lookAt } from '../support/taught';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

async function started() {
  vi.resetModules();
  const { createOwnLabels } = await import('../../../src/background/own-labels');
  return createOwnLabels();
}

beforeEach(() => {
  indexedDB = new IDBFactory();
});

const picture = (digit: number) => `${String(digit).repeat(64)}-300x200`;
const lesson = (name: string, look: Look, digit = 1) => ({
  ...{ picture: picture(digit), look, name, synset: null, page: '', keepsPicture: false },
  thumbnail: null,
});
const CAT = lookAt({ kind: 281 });
const MUG = lookAt({ kind: 504 });

test('a name is said at once, by the next worker too, and taken back', async () => {
  const labels = await started();
  expect(await labels.speaker('accurate')).toBeNull();
  const { example } = await labels.teach(lesson(' Mira ', CAT));
  for (const own of [labels, await started()]) {
    expect((await own.speaker('accurate'))?.match(CAT)?.label.name).toBe('Mira');
  }
  const again = await started();
  await again.forgetExamples([example]);
  expect(await again.speaker('accurate')).toBeNull();
  expect(await again.names()).toEqual([]);
});

test('the same picture twice is one example; the same name one label', async () => {
  const labels = await started();
  const first = await labels.teach(lesson('Mira', CAT));
  expect(await labels.teach(lesson('MIRA', CAT))).toEqual(first);
  await labels.teach(lesson('mira', MUG, 2));
  const [state, ...others] = await labels.states('accurate');
  expect(others).toEqual([]);
  expect(state).toMatchObject({ name: 'Mira', of: 2 });
});

test('renamed, turned off, and joined with the label of that name', async () => {
  const labels = await started();
  const cat = await labels.teach(lesson('cat', CAT));
  const mug = await labels.teach(lesson('mug', MUG, 2));
  await labels.change(cat.label, { name: 'Mira' });
  await labels.change(mug.label, { isOn: false });
  const speaker = await labels.speaker('accurate');
  expect(speaker?.match(CAT)?.label.name).toBe('Mira');
  expect(speaker?.match(MUG)).toBeNull();
  await labels.change(mug.label, { name: 'mira' });
  const states = await labels.states('accurate');
  expect(states.map(({ name, examples }) => [name, examples.length])).toEqual([['Mira', 2]]);
});

test('a file brings back what was deleted, once', async () => {
  const labels = await started();
  const { label } = await labels.teach(lesson('Mira', CAT));
  const before = (await labels.speaker('accurate'))?.mark;
  const file = await labels.fileOf([label]);
  await labels.forget([label]);
  expect(await labels.names()).toEqual([]);
  expect(await labels.adopt(file)).toBe(1);
  expect(await labels.adopt(file)).toBe(0);
  const speaker = await labels.speaker('accurate');
  expect(speaker?.match(CAT)?.label.name).toBe('Mira');
  expect(speaker?.mark).not.toBe(before);
  await expect(labels.adopt(file.slice(0, 99))).rejects.toMatchObject({
    code: 'file-not-readable',
  });
  expect(await labels.names()).toEqual(['Mira']);
});
