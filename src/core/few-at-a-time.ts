/**
 * Runs at most so many tasks at a time; the others wait in the order in which they came. A task that fails
 * makes room as any other. Each call's outcome is its task's.
 */
export function createFewAtATime(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place goes on to the next in line, where there is one.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
