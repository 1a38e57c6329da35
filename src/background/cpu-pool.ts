import { CodedError, fromFailure, toFailure } from '../core/errors';
import type { ModelVariant } from '../core/saying/prediction';
import type { Raster } from '../core/look/raster';
import type { LookOptions } from '../core/look/first-look';
import type { Looked } from '../inference/engine/look';
import type { PoolAnswer, PoolConnect, PoolJob } from '../messages/pool-protocol';

/** A worker needs half a second for its model; one that is not there by then is not coming. */
const OPENING_LIMIT_MS = 15_000;
/** A picture takes a tenth of a second; a worker that is silent for so long is gone, or the machine sleeps. */
const JOB_LIMIT_MS = 20_000;
/** The workers' memory goes back to the system when they had nothing to do for so long. */
const IDLE_MS = 10_000;
/** After a failure the service worker goes on alone, and does not try again for so long. */
const FAILURE_PAUSE_MS = 5 * 60_000;

/** Where the pool's workers run: an offscreen document; tests put their own in its place. */
export interface PoolHost {
  /** Opens it, or finds the one that is open, and hands each of its workers a port. */
  connect: (message: PoolConnect, ports: MessagePort[]) => Promise<void>;
  /** Ends the workers and gives their memory back. Never rejects. */
  close: () => Promise<void>;
}

/** Several workers that run the model on the CPU beside the service worker, each on a core of its own. */
export interface CpuPool {
  /** Starts the workers, unless they run or failed lately. Never rejects: without them there is no pool. */
  open: (variant: ModelVariant) => Promise<void>;
  /** Workers that are ready; 0 while there is no pool. */
  readonly size: number;
  readonly isOpening: boolean;
  /**
   * Looks at a picture on a worker that has nothing to do.
   * @returns null where there is none.
   * @throws CodedError where the worker failed at this picture, or is gone: then the pool is closed.
   */
  look: (raster: Raster, wanted: LookOptions & { variant: ModelVariant }) => Promise<Looked> | null;
  /** Ends the workers, and an opening that is under way; resolves when their document is gone. */
  close: () => Promise<void>;
}

interface PoolWorker {
  port: MessagePort;
  job: {
    id: number;
    resolve: (looked: Looked) => void;
    reject: (error: CodedError) => void;
  } | null;
}

/** A worker that answers over this port that its model is loaded. */
function openWorker(port: MessagePort): Promise<PoolWorker> {
  const worker: PoolWorker = { port, job: null };
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new CodedError('timed-out', 'A worker of the CPU pool did not start in time.'));
    }, OPENING_LIMIT_MS);
    port.onmessage = ({ data }: MessageEvent<PoolAnswer>) => {
      if (data.type === 'done') {
        if (data.id === worker.job?.id) finish(worker, data.result);
        return;
      }
      clearTimeout(limit);
      if (data.type === 'ready') resolve(worker);
      else reject(fromFailure(data.error));
    };
  });
}

function finish(worker: PoolWorker, result: Extract<PoolAnswer, { type: 'done' }>['result']): void {
  const { job } = worker;
  worker.job = null;
  if (result.ok) job?.resolve(result.looked);
  else job?.reject(fromFailure(result.error));
}

/** @param size how many workers; see core/pool-size */
export function createCpuPool(host: PoolHost, size: number): CpuPool {
  let workers: PoolWorker[] = [];
  let opening: Promise<void> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let jobs = 0;
  /** May the document be there? It outlives the service worker. */
  let mayBeOpen = true;
  let ended: Promise<void> = Promise.resolve();
  let abandonOpening: (() => void) | null = null;

  function waitForIdleness(): void {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => void close(), IDLE_MS);
  }

  async function close(): Promise<void> {
    clearTimeout(idleTimer);
    const former = workers;
    workers = [];
    for (const { port, job } of former) {
      port.removeEventListener('close', fail);
      port.close();
      job?.reject(new CodedError('worker-stopped', 'The CPU pool was closed.'));
    }
    abandonOpening?.();
    if (mayBeOpen) ended = host.close();
    mayBeOpen = false;
    await ended;
  }

  /** A worker is gone, or does not answer: its pictures are done without it. */
  function fail(): void {
    failedAt = performance.now();
    void close();
  }

  async function start(variant: ModelVariant): Promise<void> {
    const channels = Array.from({ length: size }, () => new MessageChannel());
    const ready = channels.map(({ port1 }) => openWorker(port1));
    // Until all are asked for, a failure of one has nobody who waits for it.
    for (const each of ready) each.catch(() => undefined);
    const abandoned = new Promise<never>((_, reject) => {
      abandonOpening = () => {
        reject(new CodedError('cancelled', 'The CPU pool is not wanted any more.'));
      };
    });
    const connect = async (): Promise<PoolWorker[]> => {
      await host.connect(
        { type: 'connect-pool', variant },
        channels.map(({ port2 }) => port2),
      );
      return await Promise.all(ready);
    };
    mayBeOpen = true;
    try {
      workers = await Promise.race([connect(), abandoned]);
      // The document was closed, or crashed: the browser closes what its workers held.
      for (const { port } of workers) port.addEventListener('close', fail);
      waitForIdleness();
    } catch (error) {
      for (const { port1 } of channels) port1.close();
      if (toFailure(error).code !== 'cancelled') fail();
    } finally {
      opening = null;
      abandonOpening = null;
    }
  }

  return {
    async open(variant) {
      if (size === 0 || workers.length > 0) return;
      if (performance.now() - failedAt < FAILURE_PAUSE_MS) return;
      opening ??= start(variant);
      await opening;
    },
    get size() {
      return workers.length;
    },
    get isOpening() {
      return opening !== null;
    },
    look(raster, wanted) {
      const worker = workers.find(({ job }) => job === null);
      if (worker === undefined) return null;
      clearTimeout(idleTimer);
      jobs += 1;
      const job: PoolJob = { id: jobs, raster, ...wanted };
      return new Promise<Looked>((resolve, reject) => {
        const limit = setTimeout(fail, JOB_LIMIT_MS);
        const end = (): void => {
          clearTimeout(limit);
          if (workers.length > 0 && workers.every((each) => each.job === null)) waitForIdleness();
        };
        worker.job = {
          id: job.id,
          resolve: (looked) => {
            end();
            resolve(looked);
          },
          reject: (error) => {
            end();
            reject(error);
          },
        };
        worker.port.postMessage(job);
      });
    },
    close,
  };
}
