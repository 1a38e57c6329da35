/** A clone alone: no folder of assets beside the project, an empty cache, the pinned addresses played. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { type LockedAsset, readAssetLock } from '../../../../scripts/assets/lock';
import { resolveAssets } from '../../../../scripts/assets/resolve';
import { runCommand } from '../../../../scripts/drive/browser/run-command';
import { type Site, startSite } from '../../../../scripts/drive/serve';
import { readGolden } from '../../../../scripts/model/compiler/golden-logits';
import { RUN_TYPESCRIPT } from '../../../../scripts/node/package-program';
import { PROJECT_ROOT } from '../../../../scripts/node/project-root';
import { createTemporaryFolder } from '../../../../scripts/node/temporary-folder';
import { startGallery } from '../../../../scripts/start/gallery';
import { readClasses } from '../../../../scripts/taxonomy/tables';

const PRELOAD = join(PROJECT_ROOT, 'tests/fixtures/assets/play-pinned-addresses.mjs');
const LIMIT_MS = 60_000;
/** In the order of `npm start`: the build's models, and the photos of the gallery. */
const NEEDED = ['models', 'photos'];

const folder = createTemporaryFolder('alt-lens-stranger-');
const cache = join(folder.path, 'cache');
const nowhere = join(folder.path, 'nowhere');
let player: Site;
let needed: LockedAsset[];

function addressPath(url: string): string {
  const { host, pathname } = new URL(url);
  return `/${host}${pathname}`;
}

beforeAll(async () => {
  player = await startSite();
  needed = [];
  for (const name of NEEDED) {
    for (const { asset, file } of await resolveAssets(`${name}/`)) {
      needed.push(asset);
      player.set(addressPath(asset.url), { file });
    }
  }
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await player.close();
  folder.remove();
});

test(
  'the asset step gets every file from its pinned address, once, and none of the other photos',
  async () => {
    const { code, stdout, stderr } = await runCommand(
      process.execPath,
      [
        ...[...RUN_TYPESCRIPT, '--import', pathToFileURL(PRELOAD).href],
        ...['scripts/commands/assets.ts', ...NEEDED.flatMap((name) => ['--only', name])],
      ],
      {
        limitMs: LIMIT_MS,
        cwd: PROJECT_ROOT,
        env: {
          ...process.env,
          ALT_LENS_CACHE: cache,
          ALT_LENS_ASSETS: nowhere,
          PINNED_ADDRESSES_PLAYER: player.origin,
        },
      },
    );
    expect(code, stdout + stderr).toBe(0);
    const asked = player.requests.map(({ path }) => path);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.sort()).toEqual(needed.map(({ url }) => addressPath(url)).sort());
    const inCache = await readdir(cache, { recursive: true, withFileTypes: true });
    expect(inCache.filter((entry) => entry.isFile())).toHaveLength(needed.length);
  },
  LIMIT_MS,
);

test('then start has all that it shows, without a network', async () => {
  vi.stubEnv('ALT_LENS_CACHE', cache);
  vi.stubEnv('ALT_LENS_ASSETS', nowhere);
  vi.stubGlobal('fetch', () => {
    throw new Error('There is no network.');
  });
  expect(existsSync(nowhere)).toBe(false);
  const gallery = await startGallery();
  vi.unstubAllGlobals();
  try {
    const page = await (await fetch(gallery.address)).text();
    expect(page).toContain('CC BY 2.0');
    expect(page).not.toContain('{{credit');
  } finally {
    await gallery.close();
  }
});

test('what has no address is in the project', async () => {
  expect((await readGolden('accurate')).input_size).toBe(224);
  expect(
    await readClasses(join(PROJECT_ROOT, 'scripts/taxonomy/imagenet-classes.tsv')),
  ).toHaveLength(1000);
  expect((await readAssetLock()).every(({ url }) => url.startsWith('https://'))).toBe(true);
});
