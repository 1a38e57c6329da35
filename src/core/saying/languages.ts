/** The languages that pictures are spoken of in: those of the interface. BCP 47. */
export const LANGUAGES = [
  ...(['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja'] as const),
  ...(['ko', 'nl', 'pl', 'pt-BR', 'tr', 'uk', 'zh-CN'] as const),
] as const;
export type Language = (typeof LANGUAGES)[number];

/** Scripts and places whose Chinese is not that of `zh-CN`. */
const TRADITIONAL = /^zh\b.*-(hant|tw|hk|mo)\b/;

/**
 * The language that a tag stands for, as browsers and pages write it (`de-AT`, `pt`, `pt_BR`); null where it is
 * none of ours, or no tag.
 */
export function languageOf(tag: string | null): Language | null {
  const wanted = tag?.trim().toLowerCase().replaceAll('_', '-') ?? '';
  if (TRADITIONAL.test(wanted)) return null;
  const [primary = ''] = wanted.split('-');
  return LANGUAGES.find((each) => each.split('-')[0] === primary) ?? null;
}

/** Is the language written from right to left? */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
