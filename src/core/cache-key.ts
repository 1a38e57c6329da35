import type { ModelVariant, ViewCount } from './prediction';
import type { Raster } from './raster';

/** All that an answer depends on besides the pixels. */
export interface CacheContext {
  variant: ModelVariant;
  /** Hash of the model's weights. */
  weightsSha256: string;
  views: ViewCount;
  /** The extension's version: with it come wording, calibration and deny list. */
  version: string;
  /** What the person chose about what may be said; empty where it is all as built. */
  choices?: string;
}

const SHORT_HASH_DIGITS = 16;

async function hexDigest(
  bytes: Uint8Array<ArrayBuffer>,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const hash = new Uint8Array(await digest(bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The key under which a picture's prediction is kept: SHA-256 of its size and pixels, with the model,
 * views, version and the person's choices. `digest` is the platform's SHA-256.
 */
export async function cacheKey(
  { width, height, data }: Raster,
  { variant, weightsSha256, views, version, choices = '' }: CacheContext,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const pixels = await hexDigest(new Uint8Array(data), digest);
  const key = `${pixels}-${width}x${height}-${variant}-${weightsSha256.slice(0, 12)}-${views}-${version}`;
  if (choices === '') return key;
  const chosen = await hexDigest(new TextEncoder().encode(choices), digest);
  return `${key}-${chosen.slice(0, SHORT_HASH_DIGITS)}`;
}
