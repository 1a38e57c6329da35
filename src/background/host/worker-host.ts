import type { PoolHost } from '../cpu-pool';

/** The built worker, from the extension's root; vite.config.ts names it. */
function startWorker(): Worker {
  return new Worker('/assets/pool-worker.js', { type: 'module' });
}

/** The pool's workers, started by the background itself. */
export function createWorkerHost(): PoolHost {
  let workers: Worker[] = [];
  return {
    connect(message, ports) {
      ports.forEach((port, index) => {
        const worker = (workers[index] ??= startWorker());
        worker.postMessage(message, [port]);
      });
      return Promise.resolve();
    },
    close() {
      for (const worker of workers) worker.terminate();
      workers = [];
      return Promise.resolve();
    },
  };
}
