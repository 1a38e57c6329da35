import { beforeEach, expect, test, vi } from 'vitest';

import browser, { fake } from '../support/fake-browser';

// Not a fresh fake with each fresh store: session storage outlives the worker.
vi.mock('webextension-polyfill', () => ({ default: browser }));

/** As a worker finds it that starts anew. */
async function restarted() {
  vi.resetModules();
  return await import('../../../src/platform/thumbnail-store');
}

beforeEach(() => {
  fake.reset();
  fake.session.values.set('recentOutcomes', []);
});

test('a picture is known to the next worker and to pages, until it is forgotten', async () => {
  const { storeThumbnail } = await restarted();
  await storeThumbnail('a', 'data:a');
  const { hasThumbnail, loadThumbnails, forgetThumbnails } = await restarted();
  expect([await hasThumbnail('a'), await hasThumbnail('b')]).toEqual([true, false]);
  expect([...(await loadThumbnails(['a', 'b']))]).toEqual([['a', 'data:a']]);
  await forgetThumbnails();
  expect([...fake.session.values.keys()]).toEqual(['recentOutcomes']);
  expect(await hasThumbnail('a')).toBe(false);
});

test('the oldest makes room', async () => {
  const { storeThumbnail, loadThumbnails } = await restarted();
  for (let index = 0; index < 301; index += 1) await storeThumbnail(`${index}`, `data:${index}`);
  expect(
    [...fake.session.values.keys()].filter((key) => key.startsWith('thumbnail:')),
  ).toHaveLength(300);
  expect([...(await loadThumbnails(['0', '1', '300'])).keys()]).toEqual(['1', '300']);
});
