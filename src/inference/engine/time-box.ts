/** Something did not answer in its time. */
export class TimeBoxError extends Error {
  override readonly name = 'TimeBoxError';
}

/**
 * The promise's own outcome, or a TimeBoxError after `milliseconds`. The promise itself cannot be
 * stopped; `discard` gets the value that comes too late, so that nothing it holds is lost.
 */
export async function withinTime<T>(
  promise: Promise<T>,
  milliseconds: number,
  what: string,
  discard?: (late: T) => void,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let expired = false;
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      expired = true;
      reject(new TimeBoxError(`${what} took more than ${milliseconds} ms.`));
    }, milliseconds);
  });
  promise.then(
    (value) => {
      if (expired) discard?.(value);
    },
    () => undefined, // reported by the race, or too late to matter
  );
  try {
    return await Promise.race([promise, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
