/**
 * Runs tasks one at a time, in the order in which they came; one that finds nobody before it starts at
 * once. A task that fails does not stop the next. Each call's outcome is its task's.
 */
export type OneAtATime = <T>(task: () => Promise<T>) => Promise<T>;

/** A line of its own for what must never happen twice at once. */
export function createOneAtATime(): OneAtATime {
  /** Settles when the last in line has ended; null where nobody is. */
  let last: Promise<void> | null = null;
  return (task) => {
    const turn = last === null ? (async () => await task())() : last.then(task);
    const leave = (): void => {
      if (last === ended) last = null;
    };
    const ended: Promise<void> = turn.then(leave, leave); // a failure is for the caller
    last = ended;
    return turn;
  };
}
