import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { CountTraffic } from '../../../src/platform/network';
import { fake } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { fetchImage } = await import('../../../src/background/fetch-image');
const { MAX_IMAGE_BYTES } = await import('../../../src/core/look/raster');

const ADDRESS = 'https://cdn.example:8443/cat.jpg';
const PAGE = 'https://example.org/';
const fetching = vi.fn<typeof fetch>();
const count = vi.fn<CountTraffic>();

function answer(body: BodyInit | null, init: ResponseInit = {}): void {
  fetching.mockResolvedValue(new Response(body, init));
}

beforeEach(() => {
  vi.stubGlobal('fetch', fetching);
  fake.reset();
  fake.granted.add('https://cdn.example/*');
});

afterEach(() => {
  vi.unstubAllGlobals();
  fetching.mockReset();
  count.mockReset();
});

test('the bytes, asked for without credentials and referrer; access to a host is access to its ports', async () => {
  answer('picture', { headers: { 'content-type': 'image/jpeg' } });
  const { bytes, isMadeAnew } = await fetchImage(ADDRESS, PAGE, count);
  expect(new TextDecoder().decode(bytes)).toBe('picture');
  expect(isMadeAnew).toBe(false);
  expect(fetching).toHaveBeenCalledExactlyOnceWith(
    ADDRESS,
    expect.objectContaining({ credentials: 'omit', referrerPolicy: 'no-referrer' }),
  );
  expect(count).toHaveBeenCalledExactlyOnceWith({ requests: 1, sentBytes: 0 });
});

test.each([
  ['without access', 'https://other.example/cat.jpg', 'host-permission-missing'],
  ['from a private address', 'https://192.168.0.1/cat.jpg', 'address-refused'],
  ['with a password', 'https://me:secret@cdn.example/cat.jpg', 'address-refused'],
  ['from a file', 'file:///etc/passwd', 'address-refused'],
])('%s nothing is asked for', async (_what, address, code) => {
  fake.granted.add('https://192.168.0.1/*');
  await expect(fetchImage(address, PAGE, count)).rejects.toMatchObject({ code });
  expect(fetching).not.toHaveBeenCalled();
  expect(count).not.toHaveBeenCalled();
});

test('a picture that nobody may keep is told apart: the page may have been sent another', async () => {
  const headers = { 'content-type': 'image/jpeg', 'cache-control': 'private, No-Store' };
  answer('picture', { headers });
  expect(await fetchImage(ADDRESS, PAGE, count)).toMatchObject({ isMadeAnew: true });
});

test('a redirect is not followed: where it leads the browser tells only after asking there', async () => {
  const redirect = Object.defineProperties(new Response(), { type: { value: 'opaqueredirect' } });
  fetching.mockResolvedValue(redirect);
  await expect(fetchImage(ADDRESS, PAGE, count)).rejects.toMatchObject({ code: 'address-refused' });
  expect(fetching.mock.calls[0]?.[1]?.redirect).toBe('manual');
});

test.each([
  ['an error page', 'no', { status: 404 }, 'http-status'],
  ['a web page', '<html>', { headers: { 'content-type': 'text/html' } }, 'image-not-an-image'],
  [
    'too many bytes by its own word',
    'few',
    { headers: { 'content-type': 'image/png', 'content-length': `${MAX_IMAGE_BYTES + 1}` } },
    'image-too-many-bytes',
  ],
  [
    'too many bytes in truth',
    new Blob([new Uint8Array(MAX_IMAGE_BYTES + 1)]),
    { headers: { 'content-type': 'image/png' } },
    'image-too-many-bytes',
  ],
])('%s is refused, and its loading ends', async (_what, body, init, code) => {
  answer(body, init);
  await expect(fetchImage(ADDRESS, PAGE, count)).rejects.toMatchObject({ code });
  expect(fetching.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
});

test('a server that is not there', async () => {
  fetching.mockRejectedValue(new TypeError('Failed to fetch'));
  await expect(fetchImage(ADDRESS, PAGE, count)).rejects.toMatchObject({ code: 'network-failed' });
});
