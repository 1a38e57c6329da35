import { isExtensionAlive } from '../../messages/client';
import { followReopening } from '../reopening';
import { unseenOf } from './paint-order';
import { elementsAt } from './shadow-roots';

export interface Pointed {
  /** In viewport pixels of this frame. */
  x: number;
  y: number;
  /** What was there, topmost first: the page may have changed by the time that it is asked about. */
  elements: Element[];
  /** Those of them of which nothing was seen then: what shows by hovering goes with the pointer. */
  unseen?: ReadonlySet<Element>;
}

/**
 * Remembers where the last context menu was opened. Passive, in the capture phase of the window, so
 * that pages that handle or stop these events make no difference.
 */
export function rememberPointer(signal: AbortSignal): () => Pointed | null {
  let last: Pointed | null = null;
  const remember = ({ clientX, clientY, isTrusted }: MouseEvent) => {
    // A page's forged click says nothing of where the person pointed.
    if (!isTrusted) return;
    // After a reload of the extension nobody asks any more, and shadow roots cannot be opened.
    if (!isExtensionAlive()) return;
    const elements = elementsAt(clientX, clientY);
    last = { x: clientX, y: clientY, elements, unseen: unseenOf(elements) };
  };
  const listen = () => {
    const options = { capture: true, passive: true, signal };
    window.addEventListener('contextmenu', remember, options);
    window.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button === 2) remember(event);
      },
      options,
    );
  };
  listen();
  followReopening(listen, signal);
  return () => last;
}
