/** Languages with a list of weak words beside the English one, by primary subtag; each a file of the package. */
export const WEAK_WORD_LANGUAGES = [
  ...(['ar', 'de', 'es', 'fr', 'hi', 'it', 'ja'] as const),
  ...(['ko', 'nl', 'pl', 'pt', 'tr', 'uk', 'zh'] as const),
];
export type WeakWordLanguage = (typeof WEAK_WORD_LANGUAGES)[number];

/** Where the package has a language's list: `WeakWords` as JSON. */
export function weakWordsPath(language: WeakWordLanguage): string {
  return `weak-words/${language}.json`;
}
