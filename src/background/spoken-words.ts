/** The words of the languages that are spoken: each read from the package when it is first wanted. */
import { type ComparedWords, parseComparedWords } from '../core/alt-text/compared-words';
import { ENGLISH_COMPARED, WIDE_KINDS } from '../core/alt-text/mismatch-terms';
import { memoised } from '../core/memoised';
import { type Language, languageOf } from '../core/saying/languages';
import { ENGLISH, type Words } from '../core/saying/voice';
import { parseWords } from '../core/saying/words';
import type { LabelLanguage } from '../core/settings/setting-values';
import { unawaited } from './unawaited';

export interface SpokenWords {
  /** The words of a language; of English without any waiting. Where a file is broken, English ones. */
  of(language: Language): Promise<Words>;
  /** What a setting comes to on a page. @param pageLanguage the page's `lang` */
  chosen(
    setting: LabelLanguage,
    pageLanguage: string | null,
  ): Promise<{ words: Words; draftWords: Words }>;
  /** What alt texts of a language are compared by; null where its file is broken: then nothing is asked. */
  compared(language: Language): Promise<ComparedWords | null>;
  /** The languages whose words could not be read the last time that they were wanted. */
  broken(): Language[];
}

interface Parts {
  /** Reads a file of the package. */
  fetchFile: (path: string) => Promise<ArrayBuffer>;
  /** The tag of the interface's language, as the browser writes it. */
  interfaceLanguage: () => string;
}

export function createSpokenWords({ fetchFile, interfaceLanguage }: Parts): SpokenWords {
  const files = new Map<Language, ReturnType<typeof memoised<Words>>>();
  const broken = new Set<Language>();

  async function read(language: Language): Promise<Words> {
    const bytes = await fetchFile(`words/${language}.txt`);
    return parseWords(new TextDecoder().decode(bytes), language);
  }

  async function of(language: Language): Promise<Words> {
    if (language === ENGLISH.lang) return ENGLISH;
    let file = files.get(language);
    if (file === undefined) {
      file = memoised(() => read(language));
      files.set(language, file);
    }
    const reading = file();
    try {
      const words = await reading;
      broken.delete(language);
      return words;
    } catch {
      broken.add(language);
      // Counted in the status; a picture is spoken of all the same.
      unawaited(reading);
      return ENGLISH;
    }
  }

  const comparedFiles = new Map<Language, ReturnType<typeof memoised<ComparedWords>>>();

  async function readCompared(language: Language): Promise<ComparedWords> {
    const [bytes, words] = await Promise.all([
      fetchFile(`words/${language}.compared.txt`),
      read(language),
    ]);
    return parseComparedWords(new TextDecoder().decode(bytes), words, WIDE_KINDS);
  }

  return {
    of,
    broken: () => [...broken],
    async compared(language) {
      if (language === ENGLISH.lang) return ENGLISH_COMPARED;
      const file =
        comparedFiles.get(language) ?? memoised<ComparedWords>(() => readCompared(language));
      comparedFiles.set(language, file);
      const reading = file();
      try {
        return await reading;
      } catch {
        unawaited(reading);
        return null;
      }
    },
    async chosen(setting, pageLanguage) {
      const page = languageOf(pageLanguage);
      const own = languageOf(interfaceLanguage()) ?? ENGLISH.lang;
      const spoken = setting === 'interface' ? own : setting === 'page' ? (page ?? own) : setting;
      const [words, draftWords] = await Promise.all([of(spoken), of(page ?? spoken)]);
      return { words, draftWords };
    },
  };
}
