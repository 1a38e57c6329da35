/**
 * The CPU pool's protocol: the service worker speaks with each pool worker over a port of its own, which
 * the offscreen document hands through. Not part of `WorkerProtocol`: no page and no content script can
 * send these.
 */
import type { Failure } from '../core/errors';
import type { PixelEvidence } from '../core/look/evidence';
import type { ModelVariant, ViewCount } from '../core/saying/prediction';
import type { Raster } from '../core/look/raster';

/** From the service worker to the offscreen document, with a port for each worker; passed on to each. */
export interface PoolConnect {
  type: 'connect-pool';
  /** The model to load ahead of the first picture. */
  variant: ModelVariant;
}

/** From the service worker to a pool worker. */
export interface PoolJob {
  id: number;
  raster: Raster;
  variant: ModelVariant;
  views: ViewCount;
  minimumConfidence: number;
}

/** What a pool worker gives for a picture: the parts of a look that the caller lacks. */
export interface PoolOutput {
  /** Of each view that was looked at. */
  logits: Float32Array[];
  embeddings: Float32Array[];
  pixels: PixelEvidence;
  runMilliseconds: number;
}

/** From a pool worker to the service worker. */
export type PoolAnswer =
  | { type: 'ready' }
  | { type: 'failed'; error: Failure }
  | {
      type: 'done';
      id: number;
      result: { ok: true; output: PoolOutput } | { ok: false; error: Failure };
    };

/** The document closes itself when its workers had nothing to do for so long, milliseconds. */
export const POOL_ABANDONED_MS = 30_000;
