import type { EngineStatus } from '../core/engine-status';
import type { ModelVariant, ViewCount } from '../core/saying/prediction';
import type { Raster } from '../core/look/raster';
import type { ClassifierOutput, Engine } from '../inference/engine/engine';
import { lookAt, type LookOptions } from '../inference/engine/look';
import type { CpuPool } from './cpu-pool';
import { unawaitedFailures } from './unawaited';

/** More pictures than this must wait before workers are started: for fewer they would come too late. */
const HANDFUL = 5;

/** The engine, with the CPU pool at its side where the engine itself runs on the CPU. */
export interface PooledEngine {
  /** As `lookAt`. */
  look: (raster: Raster, options: LookOptions) => Promise<ClassifierOutput>;
  status: () => EngineStatus;
  /** How many pictures it takes at a time; more would only wait in it. */
  readonly capacity: number;
  /** Tells how many pictures wait, so that workers can be started for them. */
  expect: (waiting: number) => void;
}

interface Parts {
  engine: Engine;
  pool: CpuPool;
  /** The capacity has grown. */
  onGrown: () => void;
}

/**
 * With a GPU, or with a few pictures, the service worker's own engine does all. On wasm and with more
 * than a handful of pictures waiting, the pool is opened and takes them; what a worker fails at, the
 * engine does.
 */
export function createPooledEngine({ engine, pool, onGrown }: Parts): PooledEngine {
  let pooledInferences = 0;

  /** The model that the pool would run; null where the engine does not run on wasm (yet). */
  function poolVariant(): ModelVariant | null {
    const { backend, model } = engine.status();
    return backend === 'wasm' && model !== null ? model.variant : null;
  }

  return {
    expect(waiting) {
      if (waiting < HANDFUL || pool.size > 0 || pool.isOpening) return;
      const variant = poolVariant();
      if (variant !== null) void pool.open(variant).then(onGrown);
    },
    async look(raster, options) {
      const startedAt = performance.now();
      const variant = pool.size > 0 ? poolVariant() : null;
      const answer = variant === null ? null : pool.look(raster, { variant, ...options });
      if (variant !== null && answer !== null) {
        try {
          const output = await answer;
          pooledInferences += 1;
          return {
            ...output,
            ...{ backend: 'wasm', variant, views: output.logits.length as ViewCount },
            inferenceMilliseconds: performance.now() - startedAt,
          };
        } catch {
          // The picture is sound, so it is the worker: the engine here does it.
        }
      }
      return await lookAt(engine, raster, options);
    },
    status() {
      const status = engine.status();
      return {
        ...status,
        inferences: status.inferences + pooledInferences,
        workers: pool.size,
        unawaitedFailures: unawaitedFailures(),
      };
    },
    get capacity() {
      const { batchSize } = engine.status();
      // While a GPU runs one batch, the next one gathers.
      return Math.max(pool.size, batchSize === 1 ? 1 : 2 * batchSize);
    },
  };
}
