/**
 * The CPU pool's protocol: the service worker speaks with each pool worker over a port of its own, which
 * the offscreen document hands through. Not part of `WorkerProtocol`: no page and no content script can
 * send these.
 */
import type { Failure } from '../core/errors';
import type { LookOptions } from '../core/look/first-look';
import type { Look } from '../core/look/look';
import type { Backend, ModelVariant } from '../core/saying/prediction';
import type { Raster } from '../core/look/raster';

/** From the service worker to the offscreen document, with a port for each worker; passed on to each. */
export interface PoolConnect {
  type: 'connect-pool';
  /** The model to load ahead of the first picture. */
  variant: ModelVariant;
}

/** From the service worker to a pool worker. */
export interface PoolJob extends LookOptions {
  id: number;
  raster: Raster;
  variant: ModelVariant;
}

/** From a pool worker to the service worker. */
export type PoolAnswer =
  | { type: 'ready' }
  | { type: 'failed'; error: Failure }
  | {
      type: 'done';
      id: number;
      result:
        | { ok: true; looked: { look: Look; backend: Backend; runMilliseconds: number } }
        | { ok: false; error: Failure };
    };

/** The document closes itself when its workers had nothing to do for so long, milliseconds. */
export const POOL_ABANDONED_MS = 30_000;
