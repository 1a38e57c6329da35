/**
 * The offscreen document: starts one worker for each port that the service worker hands over, and closes
 * itself when nobody has used them for a while. A service worker may be stopped at any time; the one
 * that starts after it connects anew.
 */
import { allowPackageScripts } from '../inference/model/package-scripts';
import { POOL_ABANDONED_MS, type PoolConnect } from '../messages/pool-protocol';

const workers: Worker[] = [];
let closing: ReturnType<typeof setTimeout> | undefined;

function postponeClosing(): void {
  clearTimeout(closing);
  closing = setTimeout(close, POOL_ABANDONED_MS);
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  // Whatever a worker says to its document: it is in use.
  worker.addEventListener('message', postponeClosing);
  return worker;
}

allowPackageScripts();
navigator.serviceWorker.addEventListener(
  'message',
  ({ data, ports }: MessageEvent<PoolConnect>) => {
    postponeClosing();
    ports.forEach((port, index) => {
      const worker = (workers[index] ??= startWorker());
      worker.postMessage(data, [port]);
    });
  },
);
navigator.serviceWorker.startMessages();
postponeClosing();
