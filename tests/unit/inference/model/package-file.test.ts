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

/** Compared byte by byte, an array of so many takes seconds. */
function expectBytes(actual: ArrayBuffer, expected: Uint8Array): void {
  expect(Buffer.compare(new Uint8Array(actual), expected)).toBe(0);
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
    expectBytes(await fetchPackageFile('models/weights.bin', reading), FILE);
  },
);

test('tells of what is there while the rest is read', async () => {
  serve(() => new Response(body()));
  const seen: number[] = [];
  const onBytes = (buffer: ArrayBuffer, length: number): void => {
    expectBytes(buffer.slice(0, length), FILE.subarray(0, length));
    seen.push(length);
  };
  await fetchPackageFile('models/weights.bin', { bytes: FILE.length, onBytes });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toBe(FILE.length);
});

test('a file that ends early is as long as it is', async () => {
  serve(() => new Response(body()));
  const read = await fetchPackageFile('models/weights.bin', { bytes: FILE.length + 1000 });
  expectBytes(read, FILE);
});

test('what follows the wanted bytes is not read', async () => {
  serve(() => new Response(body()));
  const read = await fetchPackageFile('models/weights.bin', { bytes: 100_000 });
  expectBytes(read, FILE.subarray(0, 100_000));
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
