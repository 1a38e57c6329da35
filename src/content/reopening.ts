import { addListener, dispatchEvent } from './dom';

/**
 * Tells when the page was written anew by `document.open()`, in this frame or by another: the script goes
 * on, but all its listeners on window, document and elements are gone. Observers of the document stay.
 */
export function followReopening(onReopened: () => void, signal: AbortSignal): void {
  // The page can't listen to a name that it can't foresee.
  const type = Math.random().toString(36);
  let isHeard = false;
  const listen = () => {
    addListener(document, type, () => (isHeard = true), { signal });
  };
  const changes = new MutationObserver(() => {
    isHeard = false;
    dispatchEvent(document, new Event(type));
    if (isHeard || signal.aborted) return;
    listen();
    onReopened();
  });
  signal.addEventListener('abort', () => {
    changes.disconnect();
  });
  listen();
  changes.observe(document, { childList: true });
}
