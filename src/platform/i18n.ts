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

/**
 * `87%`, in the person's language. The ends are not rounded to certainty: `>99%` and `<1%`. Not by `Intl`,
 * whose first format takes a page's process ten milliseconds.
 */
export function percent(probability: number): string {
  const share = (whole: number): string => text('percent', String(whole));
  // Signs of comparison turn about in text from right to left: there they are words.
  const hasWords = text('popup_direction') === 'rtl';
  if (probability > 0.99) return hasWords ? text('percent_over', share(99)) : `>${share(99)}`;
  if (probability < 0.01) return hasWords ? text('percent_under', share(1)) : `<${share(1)}`;
  return share(Math.round(probability * 100));
}
