import { learnWords } from '../../core/alt-text/vocabulary';
import { askWorker } from '../../messages/client';
import { getAttribute, queryAll } from '../dom';
import { primaryLanguage } from './read-alt-facts';

/** Of more languages a page has words, not texts. */
const MAX_LANGUAGES = 15;
/** Longer than any primary subtag is. */
const MAX_SUBTAG_CHARACTERS = 8;

/** The languages that the page says it is in, as primary subtags. */
function pageLanguages(): string[] {
  const found = new Set<string>();
  for (const element of queryAll(document, '[lang]')) {
    const language = primaryLanguage(getAttribute(element, 'lang')?.trim() ?? null);
    if (language && language.length <= MAX_SUBTAG_CHARACTERS) found.add(language);
    if (found.size === MAX_LANGUAGES) break;
  }
  return [...found];
}

/** A worker that starts answers in a tenth of this; verdicts wait no longer, and are milder then. */
const PATIENCE_MS = 2000;

let learning: Promise<void> | undefined;

/** Learns the words by which texts in this page's languages are weak. Without them English is known. */
export function learnPageWords(): Promise<void> {
  learning ??= Promise.race([
    askWorker('readWeakWords', { languages: pageLanguages() }).then(
      learnWords,
      () => undefined, // the extension is gone, or its file: verdicts are milder then
    ),
    new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS)),
  ]);
  return learning;
}
