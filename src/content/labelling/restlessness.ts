/** A picture that changes so often in so long a time is a display: it has no label until it rests. */
const MAX_CHANGES = 8;
const WITHIN_MS = 10_000;
const REST_MS = 1000;

export interface Restlessness<T> {
  noteChange: (of: T) => void;
  /** Did it change again and again, until a moment ago? */
  isRestless: (of: T) => boolean;
}

/** Tells what changes all the time from what changes now and then. */
export function createRestlessness<T extends object>(): Restlessness<T> {
  const changes = new WeakMap<T, number[]>();
  return {
    noteChange: (of) => {
      const now = performance.now();
      const times = [...(changes.get(of) ?? []).slice(1 - MAX_CHANGES), now];
      changes.set(
        of,
        times.filter((time) => now - time < WITHIN_MS),
      );
    },
    isRestless: (of) => {
      const times = changes.get(of) ?? [];
      return times.length === MAX_CHANGES && performance.now() - (times.at(-1) ?? 0) < REST_MS;
    },
  };
}
