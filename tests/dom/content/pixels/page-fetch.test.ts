import { describe, expect, test } from 'vitest';

// What the worker puts into a frame when it is asked for.
import '../../../../src/content/picture-bytes';
import { brokenImageError } from '../../../../src/content/pixels/broken-image';
import { fetchInPage, readByPageFetch } from '../../../../src/content/pixels/page-fetch';
import { MAX_IMAGE_BYTES } from '../../../../src/core/look/raster';
import { jpegOf } from '../../harness/jpeg';
import { squarePng } from '../../harness/page';

const signal = () => new AbortController().signal;
const blobOf = (...parts: BlobPart[]): string => URL.createObjectURL(new Blob(parts));
const bytesOf = async (address: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(address)).arrayBuffer());
const BOX = { width: 60, height: 60 };
const refusal = (address: string): Promise<unknown> =>
  readByPageFetch(address, BOX, signal()).then(
    () => 'read',
    (error: unknown) => (error as { code?: unknown }).code,
  );

describe('the bytes at an address', () => {
  test('of data: and blob: addresses', async () => {
    expect([...(await fetchInPage('data:,abc', signal()))]).toEqual([97, 98, 99]);
    expect([...(await fetchInPage(blobOf('ab', 'c'), signal()))]).toEqual([97, 98, 99]);
  });

  test('more than is fetched of any picture', async () => {
    const [most, more] = [MAX_IMAGE_BYTES, MAX_IMAGE_BYTES + 1].map((length) =>
      blobOf(new Uint8Array(length)),
    );
    expect(await fetchInPage(most ?? '', signal())).toHaveLength(MAX_IMAGE_BYTES);
    await expect(fetchInPage(more ?? '', signal())).rejects.toMatchObject({
      code: 'image-too-many-bytes',
    });
  });

  test('an address that is not there any more, and one that nobody waits for', async () => {
    const gone = blobOf('abc');
    URL.revokeObjectURL(gone);
    await expect(fetchInPage(gone, signal())).rejects.toMatchObject({ code: 'network-failed' });
    await expect(fetchInPage('data:,abc', AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('the picture in the bytes', () => {
  test('a PNG, and an SVG at the size at which it is shown', async () => {
    const png = await readByPageFetch(squarePng(350, '#0f0'), BOX, signal());
    expect([png.width, png.height, ...png.data.slice(0, 4)]).toEqual([299, 299, 0, 255, 0, 255]);
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" width="6" height="6"><rect width="6" height="6" fill="#00f"/></svg>';
    const svg = await readByPageFetch(blobOf(drawing), BOX, signal());
    expect([svg.width, svg.height, ...svg.data.slice(0, 4)]).toEqual([60, 60, 0, 0, 255, 255]);
  });

  test('a photo that the camera held sideways is turned', async () => {
    const photo = jpegOf(400, 200, () => undefined, 6);
    const { width, height } = await readByPageFetch(photo, BOX, signal());
    expect([width, height]).toEqual([200, 400]);
  });

  test('what is none is refused with the reason', async () => {
    const png = await bytesOf(squarePng(40));
    expect(await refusal(blobOf())).toBe('image-empty');
    expect(await refusal('data:text/html,<p>Words')).toBe('image-not-an-image');
    expect(await refusal(blobOf(png.slice(0, 60)))).toBe('image-truncated');
    expect(await refusal(blobOf('<svg xmlns="http://www.w3.org/2000/svg"><rect'))).toBe(
      'image-truncated',
    );
    expect(await refusal(squarePng(1))).toBe('image-too-small');
  });

  test('a bomb is refused by what its header claims, before it is decoded', async () => {
    const bomb = await bytesOf(squarePng(40));
    const header = new DataView(bomb.buffer);
    header.setUint32(16, 30_000);
    header.setUint32(20, 30_000);
    expect(await refusal(blobOf(bomb))).toBe('image-too-large');
  });
});

test('why a page shows no picture: told by the bytes, else not known', async () => {
  const png = await bytesOf(squarePng(40));
  const reason = async (address: string) => (await brokenImageError(address, signal())).code;
  expect(await reason(blobOf())).toBe('image-empty');
  expect(await reason('data:text/html,<p>Words')).toBe('image-not-an-image');
  expect(await reason(blobOf(png.slice(0, 60)))).toBe('image-truncated');
  expect(await reason(blobOf(new Uint8Array(MAX_IMAGE_BYTES + 1)))).toBe('image-too-many-bytes');
  expect(await reason('blob:nothing')).toBe('image-not-loaded');
});
