/** More workers than this gain little: they share caches and memory bandwidth. */
const MAX_WORKERS = 6;
/** Two cores are worth two workers: the service worker only hands pictures on meanwhile. */
const FEW_CORES = 2;
/** A worker takes about 60 MB with its model; a gigabyte for each leaves the pages theirs. */
const GIGABYTES_A_WORKER = 1;

/**
 * How many workers the CPU pool has: one core is left to the pages and the browser where there are more
 * than two; 0 on a single core, where a pool gains nothing.
 * @param cores logical cores, as `navigator.hardwareConcurrency`
 * @param memoryGigabytes as `navigator.deviceMemory`; undefined where the browser does not tell
 */
export function poolSize(cores: number, memoryGigabytes: number | undefined): number {
  if (cores < FEW_CORES) return 0;
  const byCores = Math.max(FEW_CORES, Math.min(cores - 1, MAX_WORKERS));
  const byMemory = Math.floor((memoryGigabytes ?? MAX_WORKERS) / GIGABYTES_A_WORKER);
  return byMemory < FEW_CORES ? 0 : Math.min(byCores, byMemory);
}
