import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { bareImage, reportImage } from '../../fixtures/popup/report-image';

const { asked } = vi.hoisted(() => ({ asked: [] as [number, string[]][] }));

vi.mock('../../../src/messages/client', () => ({
  askFrame: (_tab: number, frameId: number, _type: string, { ids }: { ids: string[] }) => {
    asked.push([frameId, ids]);
    if (frameId === 9) return Promise.reject(new Error('gone'));
    return Promise.resolve(Object.fromEntries(ids.map((id) => [id, `data:${id}`])));
  },
}));

const { createThumbnails } = await import('../../../src/popup/thumbnails');

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
  want(reportImage({ id: 'a', address: 'https://example.org/dog.jpg' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
});

test('all of a report come in small batches, frame by frame; a frame that is gone costs its own', async () => {
  const { all, want } = createThumbnails(1, () => undefined);
  const images = Array.from({ length: 30 }, (_, index) => reportImage({ id: `${index}` }));
  const [first, ...others] = images;
  if (first !== undefined) want(first);
  const known = await all([...others, reportImage({ id: 'x', frameId: 9 })]);
  expect(known.size).toBe(30);
  expect(asked.map(([frame, ids]) => [frame, ids.length])).toEqual([
    [0, 12],
    [0, 12],
    [0, 6],
    [9, 1],
  ]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(4);
});
