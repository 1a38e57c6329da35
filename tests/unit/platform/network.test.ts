import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, expect, test, vi } from 'vitest';

import { PROJECT_ROOT } from '../../../scripts/node/project-root';
import type { Traffic } from '../../../src/core/report/page-report';
import { cachedFile, countedFetch } from '../../../src/platform/network';

const ADDRESS = 'https://cdn.example/cat.jpg';

afterEach(() => {
  vi.unstubAllGlobals();
});

function answering(fetching: () => Promise<Response>): Partial<Traffic>[] {
  vi.stubGlobal('fetch', fetching);
  return [];
}

/** What the browser gives for a redirect that is not followed. */
function redirect(): Response {
  return Object.defineProperties(new Response(), { type: { value: 'opaqueredirect' } });
}

test.each<[string, BodyInit | null, number]>([
  ['none', null, 0],
  ['a text', 'grün', 5],
  ['a form', new URLSearchParams({ a: 'b c' }), 5],
  ['a file', new Blob(['12345678']), 8],
  ['bytes', new Uint8Array(7), 7],
])('the body is counted: %s', async (_name, body, sentBytes) => {
  const counted = answering(() => Promise.resolve(new Response()));
  await countedFetch(ADDRESS, { method: 'POST', body }, (traffic) => counted.push(traffic));
  expect(counted).toEqual([{ requests: 1, sentBytes }]);
});

test('a body whose size nobody knows is never sent', async () => {
  const fetching = vi.fn();
  vi.stubGlobal('fetch', fetching);
  const sent = countedFetch(
    ADDRESS,
    { method: 'POST', body: new ReadableStream() },
    () => undefined,
  );
  await expect(sent).rejects.toThrow(TypeError);
  expect(fetching).not.toHaveBeenCalled();
});

test('a request that fails is counted', async () => {
  const failed = answering(() => Promise.reject(new TypeError('no network')));
  await expect(countedFetch(ADDRESS, {}, (each) => failed.push(each))).rejects.toThrow();
  expect(failed).toEqual([{ requests: 1, sentBytes: 0 }]);
});

test('where a redirect leads is not asked', async () => {
  const fetching = vi.fn<typeof fetch>().mockResolvedValue(redirect());
  vi.stubGlobal('fetch', fetching);
  const counted: Partial<Traffic>[] = [];
  await expect(countedFetch(ADDRESS, {}, (each) => counted.push(each))).rejects.toMatchObject({
    code: 'address-refused',
  });
  expect(fetching).toHaveBeenCalledExactlyOnceWith(ADDRESS, { redirect: 'manual' });
  expect(counted).toHaveLength(1);
});

test('what is no network is not counted', async () => {
  const counted = answering(() => Promise.resolve(new Response()));
  for (const address of ['data:,x', 'blob:https://a.example/1', 'chrome-extension://a/b.png']) {
    await countedFetch(address, {}, (each) => counted.push(each));
  }
  expect(counted).toEqual([]);
});

test('of the cache alone, nothing is asked and nothing is counted', async () => {
  const fetching = vi.fn<typeof fetch>().mockResolvedValueOnce(new Response('12345678'));
  vi.stubGlobal('fetch', fetching);
  expect((await cachedFile(ADDRESS))?.size).toBe(8);
  expect(fetching).toHaveBeenCalledExactlyOnceWith(ADDRESS, {
    ...{ cache: 'only-if-cached', mode: 'same-origin', redirect: 'error' },
  });
  fetching.mockRejectedValueOnce(new TypeError('not there'));
  expect(await cachedFile(ADDRESS)).toBeNull();
  fetching.mockResolvedValueOnce(new Response(null, { status: 504 }));
  expect(await cachedFile(ADDRESS)).toBeNull();
});

/** Besides network.ts: files of the package, and the `data:` addresses of a screenshot and of small copies. */
const NO_NETWORK = [
  ...['inference/model/package-file.ts', 'options/use-label-names.ts'],
  ...['platform/screen.ts', 'ui/show-where.tsx', 'welcome/try-here.tsx'],
];
/** Ways to send something. */
const SENDING =
  /(?<![\w.])fetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|WebTransport|RTCPeerConnection/;

test('nothing else in the sources sends anything', async () => {
  const src = join(PROJECT_ROOT, 'src');
  const files = (await readdir(src, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  expect(files.length).toBeGreaterThan(100);
  const sending: string[] = [];
  for (const name of files) {
    if (SENDING.test(await readFile(join(src, name), 'utf8'))) sending.push(name);
  }
  expect(sending.sort()).toEqual([...NO_NETWORK, 'platform/network.ts'].sort());
});
