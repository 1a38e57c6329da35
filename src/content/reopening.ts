import { addListener, dispatchEvent } from './dom';

/**
 * Tells when the page was written anew by `document.open()`, in this frame or by another: the script goes
 * on, but all its listeners on window, document and elements are gone. Observers of the document stay.
 */
export function followReopening(onReopened: () => void, signal: AbortSignal): void {
  // The page can't listen to a name that it can't foresee.
  const type = Math.random().toString(36);
  let heard = 0;
  const listen = () => {
    addListener(document, type, () => (heard += 1), { signal });
  };
  const changes = new MutationObserver(() => {
    const before = heard;
    dispatchEvent(document, new Event(type));
    if (heard > before || signal.aborted) return;
    listen();
    onReopened();
  });
  signal.addEventListener('abort', () => {
    changes.disconnect();
  });
  listen();
  changes.observe(document, { childList: true });
}
