import type { EngineStatus } from '../core/engine-status';
import type { ModelVariant } from '../core/saying/prediction';
import type { Engine } from '../inference/engine/engine';
import { type Asked, lookAt, lookAtAll, type Looked } from '../inference/engine/look';
import type { CpuPool } from './cpu-pool';
import { inNextTurn } from './next-turn';
import type { TakenJob, WorkSource } from './queue';
import { unawaitedFailures } from './unawaited';

/** More pictures than this must wait before workers are started: for fewer they would come too late. */
const HANDFUL = 5;

/** A picture to look at, and what becomes of the look. */
export interface PictureWork extends Asked {
  /** Done before those who wait have the look, and also where they have gone meanwhile. */
  keep: (looked: Looked) => Promise<void>;
}

type Taken = TakenJob<PictureWork, Looked>;

/** The lanes that serve the queue: the engine's device, and the workers of the CPU pool. */
export interface Lanes {
  status: () => EngineStatus;
  /**
   * A picture is on its way: loads what it will run on.
   * @throws CodedError of the engine
   */
  prepare: () => Promise<void>;
}

interface Parts {
  queue: WorkSource<PictureWork, Looked>;
  engine: Engine;
  pool: CpuPool;
  /** Loads the engine as the settings say, until pictures can be classified. @throws CodedError of the engine */
  ready: () => Promise<void>;
  /** As `ready`, and finds the best backend. @throws CodedError of the engine */
  start: () => Promise<void>;
  /**
   * Runs the task that pulls for the device when what has arrived meanwhile had its turn: a run may hold
   * the thread, and what arrives together runs together.
   */
  later?: (task: () => void) => void;
  /** Is the thread not ours alone? Then the workers are started for the first picture and run every one. */
  isPoolFirst?: boolean;
}

/** The model that the pool would run; null where the engine does not run on wasm (yet), or wasm only stands in. */
function poolVariant(engine: Engine): ModelVariant | null {
  const { backend, model, isChoosing } = engine.status();
  return backend === 'wasm' && model !== null && !isChoosing ? model.variant : null;
}

function isOfEqualViews(first: PictureWork, next: PictureWork): boolean {
  return first.wanted.views === next.wanted.views;
}

/** What comes of each picture of a run on the device. */
function looksOf({ ready, engine }: Parts, taken: readonly Taken[]): Promise<Looked>[] {
  const running = ready().then(() =>
    lookAtAll(
      engine,
      taken.map(({ work }) => work),
    ),
  );
  return taken.map(async (_, index) => {
    const looking = (await running)[index];
    if (looking === undefined) throw new Error('A picture was handed over and not looked at.');
    return await looking;
  });
}

/** What is loaded before pictures run. */
interface Readiness {
  prepare: () => Promise<void>;
  /** Is it still open whether the pool takes the next picture, which it is to do first? */
  isPoolAwaited: () => boolean;
  /** Calls back once when what can be there is there; calls that come meanwhile are dropped. */
  prepareThen: (onPrepared: () => void) => void;
}

function createReadiness({ engine, pool, ready, start, isPoolFirst = false }: Parts): Readiness {
  let isPreparing = false;

  async function prepare(): Promise<void> {
    if (!isPoolFirst) {
      await ready();
      return;
    }
    await start();
    const variant = poolVariant(engine);
    if (variant !== null) await pool.open(variant);
  }

  return {
    prepare,
    isPoolAwaited() {
      const { backend } = engine.status();
      return isPoolFirst && pool.size === 0 && (backend === null || backend === 'wasm');
    },
    prepareThen(onPrepared) {
      if (isPreparing) return;
      isPreparing = true;
      const end = (): void => {
        isPreparing = false;
        onPrepared();
      };
      prepare().then(end, end);
    },
  };
}

/**
 * @returns opens the pool where as many pictures wait as make it worthwhile. The workers are of no use beside
 * a GPU: whether there is one is found out first, and then at once.
 */
function createPoolOpening(
  { queue, engine, pool, start }: Parts,
  { pullToWorkers, serve }: { pullToWorkers: () => void; serve: () => void },
): () => void {
  let isStarting = false;

  function startNow(): void {
    if (isStarting) return;
    isStarting = true;
    const end = (): void => {
      isStarting = false;
      serve();
    };
    start().then(end, end);
  }

  return () => {
    if (queue.waiting < HANDFUL || pool.size > 0 || pool.isOpening) return;
    if (engine.status().isChoosing) {
      startNow();
      return;
    }
    const variant = poolVariant(engine);
    if (variant !== null) void pool.open(variant).then(pullToWorkers);
  };
}

async function kept(work: PictureWork, looking: Promise<Looked>): Promise<Looked> {
  const looked = await looking;
  await work.keep(looked);
  return looked;
}

/**
 * Lanes pull from the queue when they are free.
 *
 * The device lane makes one run at a time: of one picture, or on a GPU of as many as make a batch there.
 * On wasm and with more than a handful of pictures waiting the pool is opened, and as long as it is open
 * its workers pull, one picture each; what a worker fails at, the engine does. A person's click does not
 * wait for labels that run side by side: the device lane takes it beside them.
 *
 * Where the pool comes first, the device lane has on wasm only what no worker can take.
 */
export function createLanes(parts: Parts): Lanes {
  const { queue, engine, pool, ready, later = inNextTurn, isPoolFirst = false } = parts;
  const readiness = createReadiness(parts);
  let pooledInferences = 0;
  let onDevice = 0;
  let onWorkers = 0;
  let isPullDue = false;
  const openPool = createPoolOpening(parts, { pullToWorkers, serve });

  async function lookOnWorker({ work }: Taken): Promise<Looked> {
    await ready();
    const variant = poolVariant(engine);
    const answer = variant === null ? null : pool.look(work.raster, { variant, ...work.wanted });
    if (answer !== null) {
      try {
        const looked = await answer;
        pooledInferences += 1;
        return looked;
      } catch {
        // The picture is sound, so it is the worker: the engine here does it.
      }
    }
    return await lookAt(engine, work);
  }

  function workerPlaces(): number {
    return pool.size > 0 && poolVariant(engine) !== null ? pool.size : 0;
  }

  function isDeviceToPull(): boolean {
    if (queue.waiting === 0) return false;
    if (workerPlaces() === 0) return onDevice === 0;
    // The thread is for clicks, and for what is beside the model. Where several labels run at a time, one
    // click more costs them little; clicks wait for each other.
    if (isPoolFirst) return false;
    return queue.isClickNext && !queue.isClickRunning;
  }

  function pullToDevice(): void {
    const { batchSize } = engine.status();
    const taken = queue.pull(batchSize, isOfEqualViews);
    if (taken.length === 0) return;
    onDevice += 1;
    const looks = looksOf(parts, taken);
    const ended = taken.map(({ work, end }, index) => {
      const looking = looks[index];
      if (looking === undefined) throw new Error('A picture was taken and not handed over.');
      return end(kept(work, looking));
    });
    // A GPU has its next batch before the answers of the last are made: it does not wait for the thread.
    const isGpu = batchSize > 1;
    void Promise.allSettled(isGpu ? looks : ended).then(() => {
      onDevice -= 1;
      if (isGpu && isDeviceToPull()) pullToDevice();
      serve();
    });
  }

  /** No more at a time than there are workers, with what the device runs: each core has one picture. */
  function pullToWorkers(): void {
    while (onDevice + onWorkers < workerPlaces()) {
      const [taken] = queue.pull(1);
      if (taken === undefined) return;
      onWorkers += 1;
      void taken.end(kept(taken.work, lookOnWorker(taken))).then(() => {
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
      if (isDeviceToPull()) pullToDevice();
      serve();
    });
  }

  /** Where there is no pool, or no engine, the device's run tells those who wait. */
  function pullNow(): void {
    pullToWorkers();
    if (isDeviceToPull()) pullToDevice();
  }

  function serve(): void {
    pullToWorkers();
    if (queue.waiting > 0 && readiness.isPoolAwaited()) {
      readiness.prepareThen(pullNow);
      return;
    }
    if (isDeviceToPull()) pullLater();
    openPool();
  }

  queue.onWork(serve);

  return {
    prepare: readiness.prepare,
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
