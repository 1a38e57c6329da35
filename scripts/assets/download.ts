import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { AssetError } from './asset-error';
import { checkContent } from './check-content';
import type { LockedAsset } from './lock';

export interface DownloadOptions {
  /** Tries in all, the first included. */
  tries?: number;
  /** Wait before the second try, doubled before each later one, ms. */
  backoffMs?: number;
  /** A connection that brings nothing for this long counts as cut off, ms. */
  stallMs?: number;
  onProgress?: (receivedBytes: number) => void;
  /** Stops the download with the signal's reason; the part file stays for a later run. */
  signal?: AbortSignal;
}

const DEFAULT_TRIES = 5;
const DEFAULT_BACKOFF_MS = 500;
const DEFAULT_STALL_MS = 30_000;

/** Statuses that may be gone on the next try: time-out, too many requests, and every server error. */
function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Downloads an asset to `target`. Bytes go to `target.part`, which a later try or a later run
 * continues where the server allows it; `target` appears only once its size and SHA-256 are right.
 * Throws `AssetError`: `asset-network`, `asset-http-status`, `asset-cut-off` or `asset-wrong-content`.
 */
export async function downloadAsset(
  asset: LockedAsset,
  target: string,
  {
    tries = DEFAULT_TRIES,
    backoffMs = DEFAULT_BACKOFF_MS,
    stallMs = DEFAULT_STALL_MS,
    onProgress = () => undefined,
    signal = new AbortController().signal,
  }: DownloadOptions = {},
): Promise<void> {
  const part = `${target}.part`;
  await mkdir(path.dirname(target), { recursive: true });
  const mayBeStale = (await sizeOf(part)) > 0;

  for (let attempt = 1; ; attempt += 1) {
    try {
      await fetchRest(asset, part, { stallMs, onProgress, signal });
      break;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof PassingFailure)) throw error;
      if (attempt >= tries) throw error.toAssetError(asset, tries);
      await delay(backoffMs * 2 ** (attempt - 1), undefined, { signal });
    }
  }

  const state = await checkContent(part, asset);
  if (state === 'right') {
    await rename(part, target);
    return;
  }
  await rm(part, { force: true });
  if (mayBeStale) {
    // The part came from an earlier run, perhaps of another version of the file: once more from 0.
    await downloadAsset(asset, target, { tries, backoffMs, stallMs, onProgress, signal });
    return;
  }
  throw new AssetError(
    'asset-wrong-content',
    `${asset.path}: what ${asset.url} sends is not the pinned file (${state === 'wrong-hash' ? `SHA-256 is not ${asset.sha256}` : `it is not ${asset.bytes} bytes long`}). Nothing was kept. Check that no proxy changes downloads; if the file was replaced at its source, put the pinned one into the asset folder by hand.`,
  );
}

/** A failure that another try may cure. */
class PassingFailure extends Error {
  readonly code: 'asset-network' | 'asset-http-status' | 'asset-cut-off';

  constructor(code: PassingFailure['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  toAssetError(asset: LockedAsset, tries: number): AssetError {
    return new AssetError(
      this.code,
      `${asset.path}: ${asset.url} ${this.message} (${tries} tries). Check the network connection and run \`npm run assets\` again: it continues where it stopped. Or put the file into the asset folder by hand.`,
      { cause: this.cause },
    );
  }
}

/** One try: asks for what the part file still lacks and appends it. */
async function fetchRest(
  asset: LockedAsset,
  part: string,
  {
    stallMs,
    onProgress,
    signal,
  }: Required<Pick<DownloadOptions, 'stallMs' | 'onProgress' | 'signal'>>,
): Promise<void> {
  let received = await sizeOf(part);
  if (received === asset.bytes) return;
  if (received > asset.bytes) {
    await rm(part);
    received = 0;
  }

  const stall = new AbortController();
  const timer = setTimeout(() => {
    stall.abort(new Error(`nothing came for ${stallMs / 1000} s`));
  }, stallMs);
  try {
    const response = await request(asset, received, AbortSignal.any([stall.signal, signal]));
    const isContinued = response.status === 206 && startOf(response) === received;
    if (!isContinued) received = 0;
    const file = await open(part, isContinued ? 'a' : 'w');
    try {
      for await (const chunk of bodyOf(response)) {
        timer.refresh();
        await file.appendFile(chunk);
        received += chunk.byteLength;
        onProgress(received);
        // More than the lock allows is wrong content already: no need to fill the disk.
        if (received > asset.bytes) return;
      }
    } catch (error) {
      throw new PassingFailure(
        'asset-cut-off',
        `was cut off after ${received} of ${asset.bytes} bytes`,
        { cause: error },
      );
    } finally {
      await file.close();
    }
  } finally {
    clearTimeout(timer);
    stall.abort();
  }
  if (received < asset.bytes) {
    throw new PassingFailure('asset-cut-off', `ended after ${received} of ${asset.bytes} bytes`);
  }
}

/** A response with a body that starts at `from`, or at 0 where the server does not continue. */
async function request(asset: LockedAsset, from: number, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(asset.url, {
      signal,
      redirect: 'follow',
      // A compressed answer would have other byte positions than the file.
      headers: {
        'accept-encoding': 'identity',
        ...(from > 0 ? { range: `bytes=${from}-` } : {}),
      },
    });
  } catch (error) {
    throw new PassingFailure('asset-network', `cannot be reached: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  if (response.ok) return response;
  if (response.status === 416 && from > 0) return request(asset, 0, signal);
  if (isPassing(response.status)) {
    throw new PassingFailure('asset-http-status', `answers with status ${response.status}`);
  }
  throw new AssetError(
    'asset-http-status',
    `${asset.path}: ${asset.url} answers with status ${response.status}. The file may have moved: put it into the asset folder by hand, or correct its address in assets.lock.json.`,
  );
}

function bodyOf(response: Response): AsyncIterable<Uint8Array> | Uint8Array[] {
  return response.body ?? [];
}

/** First byte of a partial answer, from `Content-Range: bytes 100-199/200`; null where it is not told. */
function startOf(response: Response): number | null {
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return start === undefined ? null : Number(start);
}

/** fetch says only "fetch failed"; the reason is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}
