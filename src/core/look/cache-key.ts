import { hex } from '../hex';
import type { ModelVariant, ViewCount } from '../saying/prediction';
import type { Raster } from './raster';

/** By which a look is made, besides the pixels. */
export interface LookContext {
  variant: ModelVariant;
  /** Hash of the model's weights. */
  weightsSha256: string;
  /** How many are looked at at most. */
  views: ViewCount;
}

/** Names a picture: SHA-256 of its pixels, and its size. `digest` is the platform's SHA-256. */
export async function pictureHash(
  { width, height, data }: Raster,
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<string> {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  const hash = new Uint8Array(await digest(bytes));
  return `${hex(hash)}-${width}x${height}`;
}

/** The size in px that a `pictureHash` names. @throws RangeError for anything else */
export function pictureSize(picture: string): Pick<Raster, 'width' | 'height'> {
  const [, width, height] = /-(\d+)x(\d+)$/.exec(picture) ?? [];
  if (width === undefined || height === undefined) throw new RangeError('No picture hash.');
  return { width: Number(width), height: Number(height) };
}

/** The key under which the look at a picture is kept: its `pictureHash`, with model and views, and nothing else. */
export function lookKey(picture: string, { variant, weightsSha256, views }: LookContext): string {
  return `${picture}-${variant}-${weightsSha256.slice(0, 12)}-${views}`;
}
