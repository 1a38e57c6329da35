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
}

/**
 * The key under which a picture's prediction is kept: SHA-256 of its size and pixels, with the model,
 * views and version. `digest` is the platform's SHA-256.
 */
export async function cacheKey(
  { width, height, data }: Raster,
  { variant, weightsSha256, views, version }: CacheContext,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const hash = new Uint8Array(await digest(new Uint8Array(data)));
  const pixels = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${pixels}-${width}x${height}-${variant}-${weightsSha256.slice(0, 12)}-${views}-${version}`;
}
