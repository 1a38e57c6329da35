/** Resolves after so many milliseconds, or when the signal fires. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      // The signal lives as long as the page: a listener a poll would pile up.
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

/** Resolves when somebody sees the page, or when the signal fires. */
export function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || !document.hidden) {
      resolve();
      return;
    }
    const wake = () => {
      document.removeEventListener('visibilitychange', wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    document.addEventListener('visibilitychange', wake);
    signal.addEventListener('abort', wake);
  });
}
