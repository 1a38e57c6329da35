/**
 * Is a short text written in another language than it is said to be? Told only where it is plain: by
 * another script, or by small words that only other languages have. In doubt it is the page's language:
 * names and loan words are at home everywhere.
 */

/** Scripts of the languages that are not written in Latin letters. */
const SCRIPTS: Record<string, RegExp> = {
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  ur: /\p{Script=Arabic}/u,
  be: /\p{Script=Cyrillic}/u,
  bg: /\p{Script=Cyrillic}/u,
  mk: /\p{Script=Cyrillic}/u,
  ru: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  el: /\p{Script=Greek}/u,
  he: /\p{Script=Hebrew}/u,
  hi: /\p{Script=Devanagari}/u,
  mr: /\p{Script=Devanagari}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ko: /[\p{Script=Hangul}\p{Script=Han}]/u,
  th: /\p{Script=Thai}/u,
  zh: /\p{Script=Han}/u,
};

/** Languages written in Latin letters only; others (sr, kk, …) may be written in several scripts. */
const LATIN = new Set(
  'af ca cs cy da de en es et eu fi fr ga gl hr hu id is it lt lv ms nb nl nn no pl pt ro sk sl sq sv tr vi'.split(
    ' ',
  ),
);

/**
 * Small words, none of which is part of names (`de`, `van`, `la`) or an everyday word of the other
 * listed languages (`die`, `man`).
 */
const SMALL_WORDS: Record<string, string> = {
  en: 'the of with and at from is are his her their beside through while wearing standing',
  de: 'ein eine einer eines einem und auf dem mit vor ist sind neben unter über beim sich zwei',
  fr: 'une des avec dans sur et est sont aux leur près devant derrière deux',
  es: 'una con los las sobre y junto desde está detrás frente dos',
  it: 'una con gli nel nella sul sulla della che vicino davanti sono due',
  pt: 'um uma com dos das em não na ao perto está sobre dois duas',
  nl: 'een het met op voor naast zijn en bij achter twee',
};
/** Shorter texts may be a title of a work or a name, which are at home in every language. WCAG 2.2, 3.1.2. */
const MIN_WORDS = 6;
const MIN_SMALL_WORDS = 2;
/** The same for texts in another script, of which some part words and some do not. */
const MIN_FOREIGN_WORDS = 3;
const MIN_UNSPACED_LETTERS = 8;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** As English sets titles: every word begins with a capital, but for short and small ones. */
const MAX_SHORT_CHARACTERS = 3;

function isOfTitle(word: string): boolean {
  return (
    word.length <= MAX_SHORT_CHARACTERS || /^\p{Lu}/u.test(word) || smallWordsIn([word], 'en') > 0
  );
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

function smallWordsIn(words: readonly string[], language: string): number {
  const known = new Set(SMALL_WORDS[language]?.split(' '));
  return new Set(words.filter((word) => known.has(word))).size;
}

function isOfOtherWords(text: string, language: string): boolean {
  const words = wordsOf(text);
  if (words.length < MIN_WORDS || smallWordsIn(words, language) > 0) return false;
  const isTitle = (text.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? []).every(isOfTitle);
  return Object.keys(SMALL_WORDS).some(
    (other) =>
      other !== language &&
      smallWordsIn(words, other) >= MIN_SMALL_WORDS &&
      !(other === 'en' && isTitle),
  );
}

/** Is a text in another script more than a name? @param foreign its letters of that script */
function isSentence(foreign: readonly string[], text: string): boolean {
  return foreign.some((letter) => UNSPACED.test(letter))
    ? foreign.length >= MIN_UNSPACED_LETTERS
    : text.split(' ').length >= MIN_FOREIGN_WORDS;
}

/**
 * @param text white space collapsed
 * @param language primary language subtag, lower case, like `en`; null where the page does not say
 */
export function isOtherLanguage(text: string, language: string | null): boolean {
  if (language === null) return false;
  const letters = text.match(/\p{L}/gu) ?? [];
  const script = SCRIPTS[language];
  if (script !== undefined) {
    // Latin letters among others are mostly names and brands: only whole sentences count.
    return !letters.some((letter) => script.test(letter)) && isOfOtherWords(text, language);
  }
  if (!LATIN.has(language)) return false;
  const foreign = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter));
  if (letters.length > 1 && foreign.length * 2 > letters.length) return isSentence(foreign, text);
  return isOfOtherWords(text, language);
}
