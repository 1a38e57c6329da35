/** What of a timing entry tells that its answer goes on: a camera sends one picture after the other. */
function isOpen(entry: PerformanceEntry): boolean {
  return (entry as PerformanceResourceTiming).responseEnd === 0;
}

/**
 * The addresses of pictures that are still being sent though they were loaded (`multipart/x-mixed-replace`):
 * they change without a word. Known by the browser's own timings, which a page can't withhold from
 * an observer; without a wake-up while nothing is loaded.
 * @param onOpen another one is known
 */
export function followStreams(
  onOpen: (address: string) => void,
  signal: AbortSignal,
): ReadonlySet<string> {
  const open = new Set<string>();
  const timings = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!isOpen(entry) || open.has(entry.name)) continue;
      open.add(entry.name);
      onOpen(entry.name);
    }
  });
  timings.observe({ type: 'resource', buffered: true });
  signal.addEventListener('abort', () => {
    timings.disconnect();
  });
  return open;
}
