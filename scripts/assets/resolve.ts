import path from 'node:path';

import { AssetError } from './asset-error';
import { checkContent } from './check-content';
import { downloadAsset, type DownloadOptions } from './download';
import { type LockedAsset, readAssetLock } from './lock';

export interface ResolveOptions extends Omit<DownloadOptions, 'onProgress' | 'signal'> {
  /** The pinned assets; by default those of assets.lock.json. */
  lock?: readonly LockedAsset[];
  /** Where downloads go; by default `$ALT_LENS_CACHE`, else `.cache/assets`. */
  cacheFolder?: string;
  /** Assets at hand, used in place; by default `$ALT_LENS_ASSETS`, else `../shared/assets`. */
  assetFolder?: string;
  onProgress?: (asset: LockedAsset, receivedBytes: number) => void;
}

/** Downloads at a time: enough to hide latency, few enough to be polite. */
const PARALLEL_DOWNLOADS = 4;

const PROJECT_FOLDER = path.resolve(import.meta.dirname, '../..');

/**
 * The absolute path of a checked file, for an asset path like `photos/000b7d55b6184b08.png`. Looked up in the
 * cache, then in the asset folder, else downloaded into the cache; a file whose size or SHA-256 is
 * not the pinned one is never returned. Throws `AssetError`.
 */
export async function resolveAsset(
  assetPath: string,
  options: ResolveOptions = {},
): Promise<string> {
  const lock = options.lock ?? (await readAssetLock());
  const asset = lock.find((candidate) => candidate.path === assetPath);
  if (asset === undefined) {
    throw new AssetError('asset-unknown', `${assetPath} is not in assets.lock.json.`);
  }
  return locate(asset, options);
}

export interface ResolveManyOptions extends ResolveOptions {
  /** Take the assets of this group; by default those that are in none. */
  group?: LockedAsset['group'] | undefined;
}

/**
 * Every asset of a group whose path starts with `prefix` (a folder like `photos/`, or '' for all), in
 * the lock's order, each with its checked file. Throws the first `AssetError`; `asset-unknown` where none match.
 */
export async function resolveAssets(
  prefix: string,
  options: ResolveManyOptions = {},
): Promise<{ asset: LockedAsset; file: string }[]> {
  const lock = options.lock ?? (await readAssetLock());
  const assets = lock.filter(
    (asset) => asset.group === options.group && asset.path.startsWith(prefix),
  );
  if (assets.length === 0) {
    throw new AssetError('asset-unknown', `No asset in assets.lock.json starts with ${prefix}.`);
  }
  const resolved: { asset: LockedAsset; file: string }[] = [];
  // One iterator for all workers: each takes the next asset that none has taken.
  const waiting = assets.entries();
  const stop = new AbortController();
  const workOff = async (): Promise<void> => {
    for (const [index, asset] of waiting) {
      if (stop.signal.aborted) return;
      resolved[index] = { asset, file: await locate(asset, { ...options, signal: stop.signal }) };
    }
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL_DOWNLOADS }, workOff));
  } finally {
    // After one failure the other downloads stop, and keep their parts for the next run.
    stop.abort();
  }
  return resolved;
}

async function locate(
  asset: LockedAsset,
  options: ResolveOptions & { signal?: AbortSignal },
): Promise<string> {
  const { cacheFolder, assetFolder } = folders(options);
  const cached = path.join(cacheFolder, asset.path);
  if ((await checkContent(cached, asset)) === 'right') return cached;
  const atHand = path.join(assetFolder, asset.path);
  if ((await checkContent(atHand, asset)) === 'right') return atHand;

  const { onProgress } = options;
  await downloadAsset(asset, cached, {
    ...options,
    onProgress: (receivedBytes) => onProgress?.(asset, receivedBytes),
  });
  return cached;
}

function folders(options: ResolveOptions): { cacheFolder: string; assetFolder: string } {
  const fromEnvironment = (name: string): string | undefined =>
    process.env[name] === '' ? undefined : process.env[name];
  return {
    cacheFolder: path.resolve(
      options.cacheFolder ??
        fromEnvironment('ALT_LENS_CACHE') ??
        path.join(PROJECT_FOLDER, '.cache/assets'),
    ),
    assetFolder: path.resolve(
      options.assetFolder ??
        fromEnvironment('ALT_LENS_ASSETS') ??
        path.join(PROJECT_FOLDER, '../shared/assets'),
    ),
  };
}
