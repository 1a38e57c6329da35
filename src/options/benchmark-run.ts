import { CodedError, toFailure, type Failure } from '../core/errors';
import { BACKENDS, type Backend } from '../core/saying/prediction';
import type { BenchmarkResult } from '../messages/protocol';

/** What a benchmark has found so far. */
export interface BenchmarkState {
  /** The backend that is being timed; null when it is over. */
  running: Backend | null;
  results: { backend: Backend; result: BenchmarkResult }[];
  /** Why it ended early; null where it did not. `cancelled` is no failure. */
  failure: Failure | null;
}

/** The middle one of the times, milliseconds: one hiccup does not move it. NaN without any. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/**
 * Times one backend after the other.
 * @param time times one; rejects with `cancelled` where that was asked
 * @param onChange is told of every step
 */
export async function runBenchmark(
  time: (backend: Backend) => Promise<BenchmarkResult>,
  onChange: (state: BenchmarkState) => void,
): Promise<void> {
  const results: BenchmarkState['results'] = [];
  for (const backend of BACKENDS) {
    onChange({ running: backend, results: [...results], failure: null });
    try {
      results.push({ backend, result: await time(backend) });
    } catch (error) {
      const isCancelled = error instanceof CodedError && error.code === 'cancelled';
      onChange({ running: null, results, failure: isCancelled ? null : toFailure(error) });
      return;
    }
  }
  onChange({ running: null, results, failure: null });
}
