import {
  WEAK_WORD_LANGUAGES,
  weakWordsPath,
  type WeakWordLanguage,
} from '../core/alt-text/weak-words/languages';
import type { WeakWords } from '../core/alt-text/weak-words/weak-words';
import { fetchPackageFile } from '../inference/model/package-file';

async function readList(language: WeakWordLanguage): Promise<WeakWords> {
  const file = await fetchPackageFile(weakWordsPath(language));
  return JSON.parse(new TextDecoder().decode(file)) as WeakWords;
}

/**
 * The lists of a page's languages; all, where the page names no language.
 * @param languages primary subtags as the page has them, lower case
 * @throws CodedError `model-missing` where a file is not in the package
 */
export async function readWeakWords(languages: readonly string[]): Promise<WeakWords[]> {
  const wanted = WEAK_WORD_LANGUAGES.filter(
    (language) => languages.length === 0 || languages.includes(language),
  );
  return await Promise.all(wanted.map(readList));
}
