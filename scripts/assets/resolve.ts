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
 * The absolute path of a checked file, for an asset path like `golden-logits.json`. Looked up in the
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

/**
 * Every asset whose path starts with `prefix` (a folder like `photos/`, or '' for all), in the lock's
 * order, each with its checked file. Throws the first `AssetError`; `asset-unknown` where none match.
 */
export async function resolveAssets(
  prefix: string,
  options: ResolveOptions = {},
): Promise<{ asset: LockedAsset; file: string }[]> {
  const lock = options.lock ?? (await readAssetLock());
  const assets = lock.filter((asset) => asset.path.startsWith(prefix));
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
  const atHandState = await checkContent(atHand, asset);
  if (atHandState === 'right') return atHand;

  const { url } = asset;
  if (url === null) {
    throw new AssetError(
      atHandState === 'absent' ? 'asset-missing' : 'asset-wrong-content',
      `${asset.path}: ${atHand} ${atHandState === 'absent' ? 'does not exist' : 'is not the pinned file (size or SHA-256 differ)'}, and the file has no address to download from. Set ALT_LENS_ASSETS to a folder that holds it.`,
    );
  }
  const { onProgress } = options;
  await downloadAsset({ ...asset, url }, cached, {
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
