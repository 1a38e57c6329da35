import browser from 'webextension-polyfill';

import type { Failure } from '../core/errors';

/** A text of `_locales`, with its placeholders filled in; the key itself where it is missing, so that a gap is seen. */
export function text(key: string, ...substitutions: string[]): string {
  return browser.i18n.getMessage(key, substitutions) || key;
}

/** What happened and what to do, in the person's language. `remedy` is empty where there is nothing to do. */
export function failureText(failure: Failure): { what: string; remedy: string } {
  const suffix = failure.code.replaceAll('-', '_');
  return {
    what: browser.i18n.getMessage(`error_${suffix}`) || text('error_internal'),
    remedy: browser.i18n.getMessage(`remedy_${suffix}`),
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
  if (probability > 0.99) return `>${format.format(0.99)}`;
  if (probability < 0.01) return `<${format.format(0.01)}`;
  return format.format(probability);
}
