import { browser } from '../../platform/browser';

/**
 * Firefox stops an event page after 30 s (`extensions.background.idle.timeout`) in which nothing reached the
 * browser's own process. Timers, IndexedDB, a busy worker and an answer that somebody waits for do not count.
 */
const BEAT_MS = 5000;

/** A call that does nothing but reach the browser's own process. */
async function reachBrowser(): Promise<void> {
  await browser.runtime.getPlatformInfo();
}

/**
 * Keeps the background awake while work is under way, and no longer.
 * @returns for `BackgroundHost.keepAwake`
 */
export function createHeartbeat(beat = reachBrowser): <T>(work: Promise<T>) => Promise<T> {
  let underWay = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function end(): void {
    underWay -= 1;
    if (underWay > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return (work) => {
    underWay += 1;
    timer ??= setInterval(() => {
      // Without it the page may be stopped, and whoever waits asks again.
      beat().catch(() => undefined);
    }, BEAT_MS);
    work.then(end, end);
    return work;
  };
}
