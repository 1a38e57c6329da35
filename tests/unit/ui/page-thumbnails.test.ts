import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { bareImage, CAT, reportImage } from '../../fixtures/popup/report-image';

const { asked } = vi.hoisted(() => ({ asked: [] as [number, string[]][] }));

vi.mock('../../../src/messages/client', () => ({
  askFrame: (_tab: number, frameId: number, _type: string, { ids }: { ids: string[] }) => {
    asked.push([frameId, ids]);
    if (frameId === 9) return Promise.reject(new Error('gone'));
    return Promise.resolve(Object.fromEntries(ids.map((id) => [id, `data:${id}`])));
  },
}));

const kept = vi.hoisted(() => new Map<string, string>());
vi.mock('../../../src/platform/thumbnail-store', () => ({
  loadThumbnails: (pictures: string[]) =>
    Promise.resolve(
      new Map(pictures.flatMap((each) => (kept.has(each) ? [[each, kept.get(each)]] : []))),
    ),
}));

const { createThumbnails } = await import('../../../src/ui/page-thumbnails');

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

test('rows that come into view together are asked for together, and once', async () => {
  const known: ReadonlyMap<string, string>[] = [];
  const { want } = createThumbnails(1, (all) => known.push(all));
  want(reportImage({ id: 'a' }));
  want(reportImage({ id: 'b' }));
  want(reportImage({ id: 'a' }));
  want(bareImage({ id: 'not-read', state: 'pending' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([[0, ['a', 'b']]]);
  expect(Object.fromEntries(known.at(-1) ?? [])).toEqual({ '0:a': 'data:a', '0:b': 'data:b' });
  // Another picture in the same element is another thumbnail.
  want(reportImage({ id: 'a', prediction: { ...CAT, picture: 'another' } }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
});

test('all of a report come in small batches, frame by frame; a frame that is gone costs its own', async () => {
  const { all, want } = createThumbnails(1, () => undefined);
  const images = Array.from({ length: 30 }, (_, index) => reportImage({ id: `${index}` }));
  const [first, ...others] = images;
  if (first !== undefined) want(first);
  const known = await all([...others, reportImage({ id: 'x', frameId: 9 })]);
  expect([...known.values()].filter(Boolean)).toHaveLength(30);
  expect(known.get('9:x')).toBe('');
  expect(asked.map(([frame, ids]) => [frame, ids.length])).toEqual([
    [0, 12],
    [0, 12],
    [0, 6],
    [9, 1],
  ]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(4);
});

test('what its page may not draw comes from what the worker kept of it; the page is not asked', async () => {
  kept.set('fetched', 'data:fetched');
  const { all } = createThumbnails(1, () => undefined);
  const fetched = (id: string, picture: string) =>
    reportImage({ id, rung: 'worker-fetch', prediction: { ...CAT, picture } });
  const known = await all([fetched('a', 'fetched'), fetched('b', 'lost')]);
  expect(Object.fromEntries(known)).toEqual({ '0:a': 'data:fetched', '0:b': '' });
  expect(asked).toEqual([]);
});
