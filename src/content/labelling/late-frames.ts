import { askWorker } from '../../messages/client';

/** Frames come in heaps: the worker is asked once for as many as load within this time. */
const GATHER_MS = 500;

/**
 * Frames that came, or went to another page, after the script was put into those that were there.
 * @returns to be called when a frame has loaded
 */
export function createLateFrames(signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
  });

  function ask(): void {
    timer = undefined;
    askWorker('enterFrames', {}).catch(() => undefined); // their pictures stay without labels
  }

  return () => {
    timer ??= setTimeout(ask, GATHER_MS);
  };
}
