/** How often a condition is looked at unless told otherwise, milliseconds. */
const INTERVAL_MS = 25;

/**
 * Waits until `condition` gives something other than undefined or false, and returns it.
 * @throws Error that names `what`, after `limitMs`; whatever `condition` throws goes through.
 */
export async function waitUntil<T>(
  what: string,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs: number,
  intervalMs = INTERVAL_MS,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) {
      throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}

/** The promise, or an error that names `what` after `limitMs`. */
export async function within<T>(what: string, promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Waited ${limitMs} ms in vain: ${what}`));
    }, limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
