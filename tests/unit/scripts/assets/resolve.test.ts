import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type LockedAsset, MORE_PHOTOS } from '../../../../scripts/assets/lock';
import {
  resolveAsset,
  resolveAssets,
  type ResolveOptions,
} from '../../../../scripts/assets/resolve';
import { type AssetServer, serveAsset, status, whole } from './asset-server';

let folder: string;
let cached: string;
let atHand: string;
let server: AssetServer;
let options: ResolveOptions;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alt-lens-resolve-'));
  server = await serveAsset(whole);
  options = {
    lock: [server.asset],
    cacheFolder: path.join(folder, 'cache'),
    assetFolder: path.join(folder, 'assets'),
    tries: 1,
  };
  cached = path.join(folder, 'cache', server.asset.path);
  atHand = path.join(folder, 'assets', server.asset.path);
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function put(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

function lockedText(assetPath: string, text: string): LockedAsset {
  return {
    path: assetPath,
    url: 'https://assets.invalid/file',
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
    license: 'CC0-1.0',
    source: 'test',
  };
}

test('the cache comes first', async () => {
  await put(cached, server.body);
  await put(atHand, server.body);
  expect(await resolveAsset(server.asset.path, options)).toBe(cached);
  expect(server.ranges).toEqual([]);
});

test('a file of the asset folder is used in place', async () => {
  await put(atHand, server.body);
  expect(await resolveAsset(server.asset.path, options)).toBe(atHand);
  expect(existsSync(cached)).toBe(false);
  expect(server.ranges).toEqual([]);
});

test('what is nowhere is downloaded into the cache, once', async () => {
  expect(await resolveAsset(server.asset.path, options)).toBe(cached);
  expect(server.body.equals(await readFile(cached))).toBe(true);
  await resolveAsset(server.asset.path, options);
  expect(server.ranges).toHaveLength(1);
});

test('altered files in cache and asset folder are not used', async () => {
  const altered = Buffer.from(server.body);
  altered[0] = (altered[0] ?? 0) ^ 1;
  await put(cached, altered);
  await put(atHand, server.body.subarray(1));
  expect(await resolveAsset(server.asset.path, options)).toBe(cached);
  expect(server.body.equals(await readFile(cached))).toBe(true);
});

test('an asset that is not pinned is refused', async () => {
  await expect(resolveAsset('other.bin', options)).rejects.toMatchObject({ code: 'asset-unknown' });
});

test('a prefix gives its assets in the order of the lock', async () => {
  const lock = ['b/2', 'a/1', 'b/1', 'b/3', 'b/4', 'b/5'].map((name) => lockedText(name, name));
  for (const asset of lock) await put(path.join(folder, 'assets', asset.path), asset.path);
  const resolved = await resolveAssets('b/', { ...options, lock });
  expect(resolved.map(({ asset }) => asset.path)).toEqual(['b/2', 'b/1', 'b/3', 'b/4', 'b/5']);
  expect(resolved.map(({ file }) => file)).toEqual(
    resolved.map(({ asset }) => path.join(folder, 'assets', asset.path)),
  );
});

test('the files of a group come only to those who name the group', async () => {
  const lock: LockedAsset[] = [
    lockedText('b/1', '1'),
    { ...lockedText('b/2', '2'), group: MORE_PHOTOS },
  ];
  await put(path.join(folder, 'assets/b/1'), '1');
  await put(path.join(folder, 'assets/b/2'), '2');
  const pathsOf = async (more: object): Promise<string[]> =>
    (await resolveAssets('', { ...options, lock, ...more })).map(({ asset }) => asset.path);
  expect(await pathsOf({})).toEqual(['b/1']);
  expect(await pathsOf({ group: MORE_PHOTOS })).toEqual(['b/2']);
});

test('one asset that cannot be had fails the whole prefix', async () => {
  const failing = await serveAsset(status(404));
  try {
    const lock = [server.asset, { ...failing.asset, path: 'folder/other.bin' }];
    await expect(resolveAssets('folder/', { ...options, lock })).rejects.toMatchObject({
      code: 'asset-http-status',
      message: expect.stringContaining('folder/other.bin') as string,
    });
  } finally {
    await failing.close();
  }
});
