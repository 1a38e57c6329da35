import { askWorker, isExtensionAlive } from '../../messages/client';
import type { FrameProgress } from '../../messages/protocol';

/** The protocol: at most twice a second. */
const INTERVAL_MS = 500;
/** After so many in a row, the pause grows no longer. */
const MAX_FAILURES = 20;

/**
 * Tells the worker how far this frame is when that has changed, at most twice a second. The last change is
 * always told, and again until the worker has answered: it may be stopped before it has noted anything.
 * @returns to be called whenever something may have changed
 */
export function createProgressReports(
  progress: () => FrameProgress,
  signal: AbortSignal,
): () => void {
  let told = '';
  /** A word is under way, or was a moment ago. */
  let isResting = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });

  const isOver = (): boolean => signal.aborted;

  /** One word at a time: an older one that is sent again must not come after a newer one. */
  async function tell(): Promise<void> {
    // To count thousands of images at each of their answers would cost more than the answers.
    if (isResting || isOver()) return;
    const now = progress();
    const text = JSON.stringify(now);
    if (text === told) return;
    isResting = true;
    try {
      await askWorker('reportProgress', { progress: now });
      told = text;
      failures = 0;
    } catch {
      failures += 1;
    }
    // A page that is left has nothing more to tell; a script whose extension is gone has nobody to tell.
    if (isOver() || !isExtensionAlive()) return;
    timer = setTimeout(
      () => {
        isResting = false;
        void tell();
      },
      INTERVAL_MS * (1 + Math.min(failures, MAX_FAILURES)),
    );
  }

  return () => void tell();
}
