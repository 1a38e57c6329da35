import { askWorker } from '../../messages/client';
import type { FrameProgress } from '../../messages/protocol';

/** The protocol: at most twice a second. */
const INTERVAL_MS = 500;

/**
 * Tells the worker how far this frame is when that has changed, at most twice a second; the last change
 * is always told.
 * @returns to be called whenever something may have changed
 */
export function createProgressReports(
  progress: () => FrameProgress,
  signal: AbortSignal,
): () => void {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });

  function tell(): void {
    const now = progress();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    askWorker('reportProgress', { progress: now }).catch(() => {
      // The badge is late; the next change brings it up to date.
      told = '';
    });
    timer = setTimeout(() => {
      timer = undefined;
      tell();
    }, INTERVAL_MS);
  }

  return () => {
    if (timer === undefined && !signal.aborted) tell();
  };
}
