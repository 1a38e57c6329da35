import type { CpuPool } from './cpu-pool';

/** Pictures that are worked on may end before the pool is closed, for so long, milliseconds. */
const GENTLE_LIMIT_MS = 1000;
/** The document is gone in a few milliseconds; a browser that does not answer holds nobody up. */
const CLOSING_LIMIT_MS = 2000;
/** After a task that wanted the pool closed, the next may be coming: the pool is not opened for so long. */
const QUIET_MS = 2000;

/** A pool that makes way. */
export interface YieldingPool extends CpuPool {
  /**
   * Runs a task while the pool is closed, and stays so: what may cost the extension its process must not run
   * beside the pool's document. A process that crashes without one is started anew by the next event; with
   * one the browser ends the extension for good, until the person loads it again.
   */
  closedWhile: <T>(task: () => Promise<T>) => Promise<T>;
}

/** The pool of a browser in which nothing is risked by it. */
export function withoutRisk(pool: CpuPool): YieldingPool {
  return {
    open: pool.open,
    get size() {
      return pool.size;
    },
    get isOpening() {
      return pool.isOpening;
    },
    look: pool.look,
    close: pool.close,
    closedWhile: (task) => task(),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** The pool, which is closed and takes nothing while something runs that it must not run beside. */
export function createYieldingPool(pool: CpuPool): YieldingPool {
  const running = new Set<Promise<unknown>>();
  /** Tasks that want the pool closed. */
  let holders = 0;
  let closing: Promise<void> | null = null;
  let freeSince = Number.NEGATIVE_INFINITY;

  async function close(): Promise<void> {
    await Promise.race([Promise.allSettled(running), pause(GENTLE_LIMIT_MS)]);
    await Promise.race([pool.close(), pause(CLOSING_LIMIT_MS)]);
  }

  return {
    async open(variant) {
      if (holders === 0 && performance.now() - freeSince >= QUIET_MS) await pool.open(variant);
    },
    get size() {
      return holders > 0 ? 0 : pool.size;
    },
    get isOpening() {
      return pool.isOpening;
    },
    look(raster, wanted) {
      const looked = holders > 0 ? null : pool.look(raster, wanted);
      if (looked === null) return null;
      running.add(looked);
      const forget = () => running.delete(looked);
      looked.then(forget, forget);
      return looked;
    },
    close: () => pool.close(),
    async closedWhile(task) {
      holders += 1;
      try {
        closing ??= close();
        await closing;
        return await task();
      } finally {
        holders -= 1;
        if (holders === 0) closing = null;
        freeSince = performance.now();
      }
    },
  };
}
