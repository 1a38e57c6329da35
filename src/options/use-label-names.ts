import { useEffect, useMemo, useState } from 'preact/hooks';

import { type Language, languageOf } from '../core/saying/languages';
import { ENGLISH, type Words } from '../core/saying/voice';
import { parseWords } from '../core/saying/words';
import type { LabelLanguage } from '../core/settings/setting-values';
import { text } from '../platform/i18n';
import { packageAddress } from '../platform/tabs';
import { ENGLISH_NAMES, labelNames, type LabelNames } from './label-names';

/** The language that a person reads labels in here, where there is no page. */
function readLanguage(setting: LabelLanguage): Language {
  if (setting !== 'interface' && setting !== 'page') return setting;
  return languageOf(text('popup_language')) ?? ENGLISH.lang;
}

async function readWords(language: Language): Promise<Words> {
  if (language === ENGLISH.lang) return ENGLISH;
  const response = await fetch(packageAddress(`words/${language}.txt`));
  return parseWords(await response.text(), language);
}

/** The labels in the chosen language; in English until its words are read, and where they are broken. */
export function useLabelNames(setting: LabelLanguage): LabelNames {
  const [words, setWords] = useState(ENGLISH);
  const language = readLanguage(setting);
  useEffect(() => {
    let isWanted = true;
    readWords(language)
      .catch(() => ENGLISH)
      .then(
        (read) => {
          if (isWanted) setWords(read);
        },
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  }, [language]);
  return useMemo(() => (words === ENGLISH ? ENGLISH_NAMES : labelNames(words)), [words]);
}
