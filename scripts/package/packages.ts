/** What the stores take: a package for each, and the sources from which Firefox's reviewers build theirs. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { resolveAsset, resolveAssets } from '../assets/resolve';
import { folderOf } from '../manifest/targets';
import { PROJECT_ROOT } from '../node/project-root';
import { ScriptError } from '../node/script-error';
import { PICTURE_ASSETS } from '../pictures/pack-pictures';
import { filesBelow, zipFiles, zipFolder } from './zip';

/** The stores, each with the build that it takes. */
const TARGET_OF = { chrome: 'chromium', edge: 'chromium', firefox: 'firefox' } as const;
export type Store = keyof typeof TARGET_OF;
export const STORES: readonly Store[] = ['chrome', 'edge', 'firefox'];

/** What people on slow lines wait for, and far less than any store's limit. */
const MAX_EXTENSION_BYTES = 7 * 1024 * 1024;
/** https://developer.mozilla.org/docs/Mozilla/Add-ons/Distribution/Submitting_an_add-on, 2026-11. */
const MAX_SOURCE_BYTES = 200 * 1024 * 1024;

/** Files and folders that the build reads, or that tell a reader what the build does. */
const SOURCES = [
  ...['src', 'scripts', 'icons', 'manifest.json', 'vite.config.ts'],
  ...['package.json', 'package-lock.json', '.npmrc', '.puppeteerrc.json', 'bench/package.json'],
  ...['tsconfig.json', 'tsconfig.base.json', 'tsconfig.core.json', 'tsconfig.page.json'],
  ...['tsconfig.worker.json', 'assets.lock.json'],
  ...['LICENSE', 'NOTICE', 'PRIVACY.md', 'docs/ARCHITECTURE.md', 'store/permissions.md'],
];

/** Where the source package keeps the model files and photos, which in the project are downloads pinned by the lock. */
export const PACKED_ASSETS = 'assets';
/** What a reviewer reads first, in place of the project's own README. */
const REVIEWERS_NOTES = 'store/reviewers.md';

export interface StorePackage {
  /** Its file's name. */
  file: string;
  bytes: Uint8Array;
  /** Of the bytes, in hexadecimal. */
  sha256: string;
}

/** The extension's version. */
export function packageVersion(): string {
  const text = readFileSync(join(PROJECT_ROOT, 'manifest.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function named(name: string, bytes: Uint8Array, maxBytes: number): StorePackage {
  const file = `alt-lens-${packageVersion()}-${name}.zip`;
  if (bytes.byteLength > maxBytes) {
    throw new ScriptError('package-too-large', `${file} has more than ${maxBytes} bytes.`);
  }
  return { file, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * A store's package, from its build.
 * @throws ScriptError `build-not-found` or `package-too-large`
 */
export function packStore(store: Store): StorePackage {
  const folder = folderOf(TARGET_OF[store], join(PROJECT_ROOT, 'dist'));
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new ScriptError('build-not-found', `${folder} holds no build: run npm run build.`);
  }
  return named(store, zipFolder(folder), MAX_EXTENSION_BYTES);
}

/**
 * The sources of the build, the model files and the photos, as Mozilla's reviewers take them: nothing is fetched for the build
 * but packages of the registry. Hidden files in folders are left out: they belong to a person's tools.
 * @throws AssetError where a model file is not at hand and cannot be had; ScriptError `package-too-large`
 */
export async function packSources(): Promise<StorePackage> {
  const files = new Map<string, Uint8Array>();
  const add = (name: string, path = name): void => {
    files.set(name, readFileSync(join(PROJECT_ROOT, path)));
  };
  for (const source of SOURCES) {
    if (!statSync(join(PROJECT_ROOT, source)).isDirectory()) {
      add(source);
      continue;
    }
    for (const name of filesBelow(join(PROJECT_ROOT, source))) {
      if (!/(?:^|\/)\./.test(name)) add(`${source}/${name}`);
    }
  }
  add('README.md', REVIEWERS_NOTES);
  for (const { asset, file } of await resolveAssets('models/')) {
    files.set(`${PACKED_ASSETS}/${asset.path}`, readFileSync(file));
  }
  for (const asset of PICTURE_ASSETS) {
    files.set(`${PACKED_ASSETS}/${asset}`, readFileSync(await resolveAsset(asset)));
  }
  return named('source', zipFiles(files), MAX_SOURCE_BYTES);
}
