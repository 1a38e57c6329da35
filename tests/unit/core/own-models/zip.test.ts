import { unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';

import { crc32, isZip, unpacked, zipEntries } from '../../../../src/core/own-models/zip';
import { zipOf as written } from '../../../../src/core/own-models/zip-writer';
import { inflate } from '../../../../src/platform/inflate';

const MOST = 1_000_000;
const bytes = (text: string) => new TextEncoder().encode(text);
const zipOf = (files: Record<string, Uint8Array>, level: 0 | 6 = 6): Uint8Array<ArrayBuffer> =>
  new Uint8Array(zipSync(files, { level }));

async function read(zip: Uint8Array<ArrayBuffer>, most = MOST): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const entry of zipEntries('my.zip', zip, most)) {
    texts[entry.name] = new TextDecoder().decode(await unpacked('my.zip', entry, inflate));
  }
  return texts;
}

/** The place of the n-th directory entry. */
function directoryAt(zip: Uint8Array): number {
  const view = new DataView(zip.buffer);
  return view.getUint32(zip.length - 22 + 16, true);
}

test.each([0, 6] as const)('files come out as they went in, at level %i', async (level) => {
  const zip = zipOf({ 'model/a.txt': bytes('a'.repeat(5000)), 'ä.txt': bytes('ä') }, level);
  expect(isZip(zip)).toBe(true);
  expect(await read(zip)).toEqual({ 'model/a.txt': 'a'.repeat(5000), 'ä.txt': 'ä' });
});

test('what other programs put beside is left out, empty files stay', async () => {
  const zip = zipOf({
    ...{ '__MACOSX/._a.txt': bytes('x'), 'm/.DS_Store': bytes('x'), 'a.txt': bytes('') },
  });
  expect(await read(zip)).toEqual({ 'a.txt': '' });
});

test('CRC-32 is that of ISO 3309', () => {
  expect(crc32(bytes('123456789'))).toBe(0xcbf43926);
});

test.each([
  ['cut off', (zip: Uint8Array) => zip.slice(0, zip.length - 30)],
  ['half of it', (zip: Uint8Array) => zip.slice(Math.floor(zip.length / 2))],
  ['no zip at all', () => bytes('PK\x03\x04 and nothing')],
  [
    'encrypted',
    (zip: Uint8Array) => {
      zip[directoryAt(zip) + 8] = 1;
      return zip;
    },
  ],
  [
    'packed otherwise',
    (zip: Uint8Array) => {
      zip[directoryAt(zip) + 10] = 12;
      return zip;
    },
  ],
  [
    'a byte changed',
    (zip: Uint8Array) => {
      zip[40] = (zip[40] ?? 0) ^ 0xff;
      return zip;
    },
  ],
  [
    'a place beyond the end',
    (zip: Uint8Array) => {
      new DataView(zip.buffer).setUint32(directoryAt(zip) + 42, 0xffffff00, true);
      return zip;
    },
  ],
])('%s: a fault that names the file', async (_name, damage) => {
  const zip = zipOf({ 'a.txt': bytes('some text that is long enough to be packed '.repeat(9)) });
  await expect(read(new Uint8Array(damage(zip)))).rejects.toMatchObject({
    ...{ code: 'own-model-zip', message: expect.stringMatching(/^my\.zip: /) as string },
  });
});

test('more than may be: by what the directory claims, and by what comes out', async () => {
  const zip = zipOf({ 'zeros.bin': new Uint8Array(100_000) });
  await expect(read(zip, 50_000)).rejects.toMatchObject({ code: 'own-model-too-large' });
  const lying = zip.slice();
  // Claims 100 bytes and holds 100,000.
  new DataView(lying.buffer).setUint32(directoryAt(lying) + 24, 100, true);
  await expect(read(lying, 50_000)).rejects.toMatchObject({ code: 'own-model-zip' });
});

test('what is written here others read, and so do we', async () => {
  const files = { 'model.json': '{}', 'ü.bin': 'a'.repeat(300), 'empty.txt': '' };
  const zip = written(
    new Map(Object.entries(files).map(([name, content]) => [name, bytes(content)])),
  );
  const unzipped = Object.entries(unzipSync(zip)).map(([name, content]) => [
    name,
    new TextDecoder().decode(content),
  ]);
  expect(Object.fromEntries(unzipped)).toEqual(files);
  expect(await read(zip)).toEqual(files);
});
