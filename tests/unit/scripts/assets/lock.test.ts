import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { MORE_PHOTOS, readAssetLock } from '../../../../scripts/assets/lock';
import { VARIANT_SOURCES } from '../../../../scripts/model/compiler/variants';

const VALID = {
  path: 'photos/a.png',
  url: 'https://example.org/a.png',
  sha256: '0'.repeat(64),
  bytes: 1,
  license: 'CC0-1.0',
  source: 'test',
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alt-lens-lock-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function lockOf(text: string): Promise<string> {
  const file = path.join(folder, 'assets.lock.json');
  await writeFile(file, text);
  return file;
}

test("the project's lock pins each file once with an address, the models among them", async () => {
  const lock = await readAssetLock();
  const paths = lock.map((asset) => asset.path);
  expect(new Set(paths).size).toBe(paths.length);
  const downloadable = lock.filter(({ url }) => url.startsWith('https://')).map(({ path }) => path);
  expect(downloadable).toEqual(paths);
  expect(downloadable).toEqual(
    expect.arrayContaining([...VARIANT_SOURCES.accurate.parts, ...VARIANT_SOURCES.fast.parts]),
  );
});

test.each([
  ['leaves its folder', { path: 'photos/../../a.png' }, '0.path'],
  ['is absolute', { path: '/etc/a.png' }, '0.path'],
  ['has no hash', { sha256: 'abc' }, '0.sha256'],
  ['has no size', { bytes: 0 }, '0.bytes'],
  ['has no address', { url: null }, '0.url'],
  ['is of an unknown group', { group: 'less' }, '0.group'],
  ['has another field', { mirror: 'x' }, '0.mirror'],
])('an entry that %s is refused by name', async (_name, change, field) => {
  const file = await lockOf(JSON.stringify([{ ...VALID, ...change }]));
  await expect(readAssetLock(file)).rejects.toMatchObject({
    code: 'asset-lock-invalid',
    message: expect.stringContaining(field) as string,
  });
});

test('a lock that is no JSON is refused', async () => {
  await expect(readAssetLock(await lockOf('{'))).rejects.toMatchObject({
    code: 'asset-lock-invalid',
  });
});

test('440 photos are a group of their own: no other set-up downloads them', async () => {
  const more = (await readAssetLock()).filter(({ group }) => group === MORE_PHOTOS);
  expect(more).toHaveLength(440);
  expect(new Set(more.map(({ license }) => license))).toEqual(new Set(['CC-BY-2.0']));
});
