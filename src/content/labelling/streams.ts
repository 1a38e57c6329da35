/** What of a timing entry tells that its answer goes on: a camera sends one picture after the other. */
function isOpen(entry: PerformanceEntry): boolean {
  return (entry as PerformanceResourceTiming).responseEnd === 0;
}

export interface Streams {
  has: (address: string) => boolean;
  /** What was sent to this address goes on. */
  note: (address: string) => void;
}

/**
 * The addresses of pictures that are still being sent though they were loaded (`multipart/x-mixed-replace`):
 * they change without a word. Known by the browser's own timings, which a page can't withhold from
 * an observer; without a wake-up while nothing is loaded.
 * @param onOpen another one is known
 */
export function followStreams(signal: AbortSignal, onOpen: (address: string) => void): Streams {
  const open = new Set<string>();
  const note = (address: string) => {
    if (open.has(address)) return;
    open.add(address);
    onOpen(address);
  };
  const timings = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (isOpen(entry)) note(entry.name);
    }
  });
  timings.observe({ type: 'resource', buffered: true });
  signal.addEventListener('abort', () => {
    timings.disconnect();
  });
  return { has: (address) => open.has(address), note };
}
