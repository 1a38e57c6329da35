import type { EngineStatus } from '../core/engine-status';
import type { ModelVariant } from '../core/saying/prediction';
import type { Engine } from '../inference/engine/engine';
import { lookAt } from '../inference/engine/look';
import type { CpuPool } from './cpu-pool';
import { inNextTurn } from './next-turn';
import type { Lane, WorkSource } from './queue';
import { unawaitedFailures } from './unawaited';

/** More pictures than this must wait before workers are started: for fewer they would come too late. */
const HANDFUL = 5;

/** The lanes that serve the queue: the engine's device, and the workers of the CPU pool. */
export interface Lanes {
  status: () => EngineStatus;
}

interface Parts {
  queue: WorkSource;
  engine: Engine;
  pool: CpuPool;
  /**
   * Runs the task that pulls a job which may hold the thread, when what has arrived meanwhile had its
   * turn. Not for jobs that run several at a time, which do not hold the thread.
   */
  later?: (task: () => void) => void;
}

/** The model that the pool would run; null where the engine does not run on wasm (yet). */
function poolVariant(engine: Engine): ModelVariant | null {
  const { backend, model } = engine.status();
  return backend === 'wasm' && model !== null ? model.variant : null;
}

/**
 * Lanes pull from the queue when they have a place.
 *
 * The device lane has one place, or on a GPU those of two batches: one gathers while the other runs.
 * On wasm and with more than a handful of pictures waiting the pool is opened, and as long as it is open
 * its workers pull, one picture each; what a worker fails at, the engine does. A person's click does not
 * wait for labels that run side by side: the device lane takes it beside them.
 */
export function createLanes({ queue, engine, pool, later = inNextTurn }: Parts): Lanes {
  let pooledInferences = 0;
  let onDevice = 0;
  let onWorkers = 0;
  let isPullDue = false;

  const deviceLane: Lane = {
    look: (raster, options) => lookAt(engine, raster, options),
  };

  const workerLane: Lane = {
    async look(raster, options) {
      const variant = poolVariant(engine);
      const answer = variant === null ? null : pool.look(raster, { variant, ...options });
      if (variant !== null && answer !== null) {
        try {
          const looked = await answer;
          pooledInferences += 1;
          return looked;
        } catch {
          // The picture is sound, so it is the worker: the engine here does it.
        }
      }
      return await deviceLane.look(raster, options);
    },
  };

  function workerPlaces(): number {
    return pool.size > 0 && poolVariant(engine) !== null ? pool.size : 0;
  }

  /** While the pool is open the thread is for clicks, and for what is beside the model. */
  function devicePlaces(): number {
    if (workerPlaces() > 0) return 0;
    const { batchSize } = engine.status();
    return batchSize === 1 ? 1 : 2 * batchSize;
  }

  /** Does the device lane pull, and does it leave its turn first? */
  function devicePull(): 'now' | 'later' | null {
    if (queue.waiting === 0) return null;
    const places = devicePlaces();
    const isShared = places !== 1;
    if (onDevice < places) return isShared ? 'now' : 'later';
    // Where several labels run at a time, one click more costs them little; clicks wait for each other.
    return isShared && queue.isClickNext && !queue.isClickRunning ? 'later' : null;
  }

  function pullToDevice(): void {
    const ended = queue.pull(deviceLane);
    if (ended === null) return;
    onDevice += 1;
    void ended.then(() => {
      onDevice -= 1;
      serve();
    });
  }

  /** No more at a time than there are workers, with what the device runs: each core has one picture. */
  function pullToWorkers(): void {
    while (onDevice + onWorkers < workerPlaces()) {
      const ended = queue.pull(workerLane);
      if (ended === null) return;
      onWorkers += 1;
      void ended.then(() => {
        onWorkers -= 1;
        serve();
      });
    }
  }

  function pullLater(): void {
    if (isPullDue) return;
    isPullDue = true;
    later(() => {
      isPullDue = false;
      pullToWorkers();
      if (devicePull() !== null) pullToDevice();
      serve();
    });
  }

  function openPoolWhereWorthwhile(): void {
    if (queue.waiting < HANDFUL || pool.size > 0 || pool.isOpening) return;
    const variant = poolVariant(engine);
    if (variant !== null) void pool.open(variant).then(pullToWorkers);
  }

  function serve(): void {
    pullToWorkers();
    let pull = devicePull();
    for (; pull === 'now'; pull = devicePull()) pullToDevice();
    if (pull === 'later') pullLater();
    openPoolWhereWorthwhile();
  }

  queue.onWork(serve);

  return {
    status() {
      const status = engine.status();
      return {
        ...status,
        inferences: status.inferences + pooledInferences,
        workers: pool.size,
        unawaitedFailures: unawaitedFailures(),
      };
    },
  };
}
