import { beforeEach, expect, test, vi } from 'vitest';

const session = vi.hoisted(() => new Map<string, unknown>());

vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      session: {
        getKeys: () => Promise.resolve([...session.keys()]),
        get: (keys: string[]) =>
          Promise.resolve(
            Object.fromEntries(
              keys.filter((key) => session.has(key)).map((key) => [key, session.get(key)]),
            ),
          ),
        set: (items: Record<string, unknown>) => {
          for (const [key, value] of Object.entries(items)) session.set(key, value);
          return Promise.resolve();
        },
        remove: (keys: string | string[]) => {
          for (const key of [keys].flat()) session.delete(key);
          return Promise.resolve();
        },
      },
    },
  },
}));

/** As a worker finds it that starts anew. */
async function restarted() {
  vi.resetModules();
  return await import('../../../src/platform/thumbnail-store');
}

beforeEach(() => {
  session.clear();
  session.set('recentOutcomes', []);
});

test('a picture is known to the next worker and to pages, until it is forgotten', async () => {
  const { storeThumbnail } = await restarted();
  await storeThumbnail('a', 'data:a');
  const { hasThumbnail, loadThumbnails, forgetThumbnails } = await restarted();
  expect([await hasThumbnail('a'), await hasThumbnail('b')]).toEqual([true, false]);
  expect([...(await loadThumbnails(['a', 'b']))]).toEqual([['a', 'data:a']]);
  await forgetThumbnails();
  expect([...session.keys()]).toEqual(['recentOutcomes']);
  expect(await hasThumbnail('a')).toBe(false);
});

test('the oldest makes room', async () => {
  const { storeThumbnail, loadThumbnails } = await restarted();
  for (let index = 0; index < 301; index += 1) await storeThumbnail(`${index}`, `data:${index}`);
  expect([...session.keys()].filter((key) => key.startsWith('thumbnail:'))).toHaveLength(300);
  expect([...(await loadThumbnails(['0', '1', '300'])).keys()]).toEqual(['1', '300']);
});
