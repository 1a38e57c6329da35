import { browser } from './browser';

import type english from '../_locales/en/messages.json';
import type { Failure } from '../core/errors';
import { snake } from '../core/message-key';

/** The key of a text of `_locales`: those of the English file, which every language has. */
export type MessageKey = keyof typeof english;

/** A text of `_locales`, with its placeholders filled in; the key itself where the browser lacks the text, so that a gap is seen. */
export function text(key: MessageKey, ...substitutions: string[]): string {
  return browser.i18n.getMessage(key, substitutions) || key;
}

/** What happened and what to do, in the person's language. `remedy` is empty where there is nothing to do. */
export function failureText(failure: Failure): { what: string; remedy: string } {
  const code = snake(failure.code);
  const what: MessageKey = `error_${code}`;
  return {
    // Failures come from pages and from storage too: a code that is none of ours must not be shown.
    what: browser.i18n.getMessage(what) || text('error_internal'),
    remedy: browser.i18n.getMessage(`remedy_${code}`),
  };
}

let percentFormat: Intl.NumberFormat | undefined;

/**
 * `87%`, in the person's language. The ends are not rounded to certainty: `>99%` and `<1%`.
 */
export function percent(probability: number): string {
  // Making one takes milliseconds; a page's labels come by the hundred.
  const format = (percentFormat ??= new Intl.NumberFormat(browser.i18n.getUILanguage(), {
    style: 'percent',
  }));
  // Signs of comparison turn about in text from right to left: there they are words.
  const hasWords = text('popup_direction') === 'rtl';
  if (probability > 0.99) {
    const most = format.format(0.99);
    return hasWords ? text('percent_over', most) : `>${most}`;
  }
  if (probability < 0.01) {
    const least = format.format(0.01);
    return hasWords ? text('percent_under', least) : `<${least}`;
  }
  return format.format(probability);
}
