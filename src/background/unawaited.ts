import { type ErrorCode, toFailure } from '../core/errors';

const failures: Partial<Record<ErrorCode, number>> = {};

/**
 * For what nobody waits for: a failure shows where its outcome is used, and the next event tries again.
 * Each failure is counted by its code.
 */
export function unawaited(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    const { code } = toFailure(error);
    failures[code] = (failures[code] ?? 0) + 1;
  });
}

/** Failures that nobody saw since the worker started, by code. */
export function unawaitedFailures(): Partial<Record<ErrorCode, number>> {
  return { ...failures };
}
