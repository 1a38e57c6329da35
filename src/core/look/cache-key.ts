import type { ModelVariant, ViewCount } from '../saying/prediction';
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

/** Names a picture: SHA-256 of its pixels, and its size. `digest` is the platform's SHA-256. */
export async function pictureHash(
  { width, height, data }: Raster,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  return `${await hexDigest(bytes, digest)}-${width}x${height}`;
}

/**
 * The key under which a picture's prediction is kept: its `pictureHash`, with the model, views, version
 * and the person's choices. `digest` is the platform's SHA-256.
 */
export async function cacheKey(
  picture: string,
  { variant, weightsSha256, views, version, choices = '' }: CacheContext,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const key = `${picture}-${variant}-${weightsSha256.slice(0, 12)}-${views}-${version}`;
  if (choices === '') return key;
  const chosen = await hexDigest(new TextEncoder().encode(choices), digest);
  return `${key}-${chosen.slice(0, SHORT_HASH_DIGITS)}`;
}
