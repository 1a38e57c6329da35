/** What must not outlive this process: browsers, servers' children, temporary folders. */
const cleanUps = new Set<() => void>();
let isListening = false;

function runAll(): void {
  for (const cleanUp of [...cleanUps].reverse()) {
    cleanUps.delete(cleanUp);
    try {
      cleanUp();
    } catch {
      // The process ends; the other clean-ups must still run.
    }
  }
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  process.once('exit', runAll);
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      // Last of all: a browser that is just being launched is killed by puppeteer's own listener, and
      // must be gone before its profile is erased, or it writes it anew.
      process.removeListener('exit', runAll);
      process.once('exit', runAll);
      process.exit(code);
    });
  }
}

/**
 * Runs `cleanUp` (synchronous) when the process exits, crashes or is stopped by a signal, last
 * registered first. Returns a function that takes it back, for what was cleaned up in time.
 */
export function onProcessEnd(cleanUp: () => void): () => void {
  listen();
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
  };
}
