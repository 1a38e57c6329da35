import { documentElementOf, getAttribute } from './dom';

/** The `lang` of the page, for what is offered to its author; undefined where the page does not say. */
export function pageLanguage(): string | undefined {
  // A page that writes itself anew has none for a moment.
  const root = documentElementOf(document) as Element | null;
  const language = root === null ? null : getAttribute(root, 'lang');
  return language === null || language === '' ? undefined : language.slice(0, 35);
}
