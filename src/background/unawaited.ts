/** For what nobody waits for: a failure shows where its outcome is used, and the next event tries again. */
export function unawaited(work: Promise<unknown>): void {
  work.catch(() => undefined);
}
