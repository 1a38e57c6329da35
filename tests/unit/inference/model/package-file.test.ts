import { afterEach, expect, test, vi } from 'vitest';

import { fetchPackageFile } from '../../../../src/inference/model/package-file';

const FILE = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);

/** The file as a browser hands it over: piece by piece. */
function body(): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (at === FILE.length) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      controller.enqueue(FILE.slice(at, at + 64_000));
      at = Math.min(at + 64_000, FILE.length);
    },
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const serve = (make: () => Response): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(make()));
};

test.each([undefined, { bytes: FILE.length }])(
  'reads a file, known length: %s',
  async (reading) => {
    serve(() => new Response(body()));
    expect(new Uint8Array(await fetchPackageFile('models/weights.bin', reading))).toEqual(FILE);
  },
);

test('tells of what is there while the rest is read', async () => {
  serve(() => new Response(body()));
  const seen: number[] = [];
  const onBytes = (buffer: ArrayBuffer, length: number): void => {
    expect(new Uint8Array(buffer, 0, length)).toEqual(FILE.slice(0, length));
    seen.push(length);
  };
  await fetchPackageFile('models/weights.bin', { bytes: FILE.length, onBytes });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toBe(FILE.length);
});

test('a file that ends early is as long as it is', async () => {
  serve(() => new Response(body()));
  const read = await fetchPackageFile('models/weights.bin', { bytes: FILE.length + 1000 });
  expect(new Uint8Array(read)).toEqual(FILE);
});

test('what follows the wanted bytes is not read', async () => {
  serve(() => new Response(body()));
  const read = await fetchPackageFile('models/weights.bin', { bytes: 100_000 });
  expect(new Uint8Array(read)).toEqual(FILE.slice(0, 100_000));
});

test('a file that is not there is told as missing', async () => {
  serve(() => new Response(null, { status: 404 }));
  await expect(fetchPackageFile('models/weights.bin', { bytes: 10 })).rejects.toMatchObject({
    code: 'model-missing',
  });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(fetchPackageFile('models/weights.bin', { bytes: 10 })).rejects.toMatchObject({
    code: 'model-missing',
  });
});
