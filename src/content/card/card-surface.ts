import { text } from '../../platform/i18n';
import { drawing, node } from './nodes';

const CROSS = 'M4 4l8 8M12 4l-8 8';
const LENS = 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.4 10.4L13.5 13.5';

/** What is seen of a card, and where its content and its messages go. */
export interface CardSurface {
  surface: HTMLDivElement;
  body: HTMLDivElement;
  /** Reads a message out. */
  speak: (message: string) => void;
  closeButton: HTMLButtonElement;
}

export function createSurface(isRtl: boolean, close: () => void): CardSurface {
  const status = node('p', { class: 'status', role: 'status' });
  const body = node('div', { class: 'body' });
  const named = { type: 'button', class: 'close', 'aria-label': text('card_close') };
  const closeButton = node('button', named, drawing('', CROSS));
  closeButton.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) close();
  });
  const surface = node(
    'div',
    {
      class: 'card',
      role: 'dialog',
      'aria-label': text('card_label'),
      tabindex: '-1',
      dir: isRtl ? 'rtl' : 'ltr',
      lang: text('card_language'),
    },
    node(
      'div',
      { class: 'top' },
      drawing('mark', LENS),
      node('p', { class: 'name' }, text('card_name')),
      closeButton,
    ),
    body,
    status,
  );
  const speak = (message: string) => {
    status.replaceChildren(node('span', {}, message));
  };
  return { surface, body, speak, closeButton };
}

/** What was shown before, below what is: its words alone. @param name what is said over it */
export function formerSection(name: string, shown: Element[]): HTMLElement {
  const attributes = { class: 'former', 'aria-label': name };
  return node('section', attributes, node('h3', {}, name), ...shown);
}
