/** The words of the languages at hand that say nothing of a picture, and what a text is by them. */
import { folded } from './folded';
import { en } from './weak-words/en';
import type { WeakWords } from './weak-words/weak-words';

/** English is known everywhere: other pages too have programs and templates that speak it. */
let lists: readonly WeakWords[] = [en];

/** Who makes or keeps pictures: beside a word for a picture no more than that. */
const PROGRAMS =
  'whatsapp canva figma shutterstock adobestock istock istockphoto gettyimages depositphotos ' +
  'dreamstime fotolia unsplash pexels pixabay freepik';

/** Alone they say nothing; beside anything else they say whose sign is shown: "Company logo". */
const SIGNS =
  'logo logos icon icons logotipo logotyp logosu ikona icono ícone icona icône simge ikonu ' +
  'логотип логотипи іконка شعار أيقونة ロゴ アイコン 로고 아이콘 标志 图标 लोगो आइकन';

/** What a word is, as bits. */
const NOUN = 1;
const BARE = 2;
const FILLER = 4;
const ACT = 8;
const PROGRAM = 16;
const SIGN = 32;
const ABSENT = 64;

/** Longer texts than this are no placeholders. */
const MAX_CHARACTERS = 120;
const MIN_PART_CHARACTERS = 4;
const MAX_PIECE_CHARACTERS = 16;
/** So many words may stand before the noun that opens a text. */
const MAX_LEAD_WORDS = 5;

/** Scripts that write words without spaces, or with their particles. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The words of a text, of `photo12` the word; numbers are none. */
function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{M}\dー]+/gu) ?? []).flatMap((word) => {
    const letters = word.match(/[\p{L}\p{M}ー]+/gu) ?? [];
    return letters.length > 1 ? [word] : letters;
  });
}

/** Names in two words that are one. */
const JOINED = [
  ['getty images', 'gettyimages'],
  ['adobe stock', 'adobestock'],
  ['screen shot', 'screenshot'],
  ['one cikan', 'onecikan'], // Turkish: `one` alone would be the English word
] as const;

/** Of a phrase and of a text that may hold one: words with one space between. */
function plain(text: string): string {
  return (folded(text).match(/[\p{L}\p{M}\p{N}ー]+/gu) ?? []).join(' ');
}

const phrases = (list: string): string[] =>
  list === '' ? [] : list.split('|').map((phrase) => plain(phrase));
const split = (list: string): string[] => wordsOf(folded(list));

interface Openings {
  nouns: ReadonlySet<string>;
  of: ReadonlySet<string>;
  isVerbLast: boolean;
  starts: readonly string[];
  ends: readonly string[];
  kinds: readonly string[];
}

interface Vocabulary {
  kinds: ReadonlyMap<string, number>;
  openings: readonly Openings[];
  numbered: ReadonlySet<string>;
  machine: readonly string[];
}

function readLists(): Vocabulary {
  const kinds = new Map<string, number>();
  const add = (list: string, kind: number): void => {
    for (const word of split(list)) kinds.set(word, (kinds.get(word) ?? 0) | kind);
  };
  for (const { nouns, bare, filler, absent, acts } of lists) {
    add(nouns, NOUN);
    add(bare, BARE);
    add(filler, FILLER);
    add(absent, FILLER | ABSENT);
    add(acts, ACT);
  }
  add(PROGRAMS, PROGRAM);
  for (const word of split(SIGNS)) kinds.set(word, SIGN);
  return {
    kinds,
    openings: lists.map(({ nouns, of, isVerbLast = false, starts, ends, kinds: told = '' }) => ({
      isVerbLast,
      nouns: new Set(split(nouns)),
      of: new Set(split(of)),
      starts: phrases(starts),
      ends: phrases(ends),
      kinds: phrases(told),
    })),
    numbered: new Set(lists.flatMap(({ numbered }) => phrases(numbered))),
    machine: lists.flatMap(({ machine }) => phrases(machine)),
  };
}

let known: Vocabulary | undefined;

/** Makes texts in further languages known, from then on. */
export function learnWords(further: readonly WeakWords[]): void {
  lists = [...lists, ...further];
  known = undefined;
}

/** Read when first asked for: most pages never ask. */
function vocabulary(): Vocabulary {
  return (known ??= readLists());
}

/** What a word, or a compound of nothing but known words, is made of; null where it says something. */
function piecesOf(word: string): number[] | null {
  const { kinds } = vocabulary();
  const whole = kinds.get(word);
  if (whole !== undefined) return [whole];
  const minimum = UNSPACED.test(word) ? 1 : MIN_PART_CHARACTERS;
  // From the end, so that a long piece that leaves a rest unknown gives way to a shorter one.
  const from: (number[] | undefined)[] = [];
  from[word.length] = [];
  for (let start = word.length - minimum; start >= 0; start -= 1) {
    const longest = Math.min(word.length - start, MAX_PIECE_CHARACTERS);
    for (let length = longest; length >= minimum && from[start] === undefined; length -= 1) {
      const kind = kinds.get(word.slice(start, start + length));
      const rest = from[start + length];
      if (kind !== undefined && rest !== undefined) from[start] = [kind, ...rest];
    }
  }
  return from[0] ?? null;
}

/** Is every word of a text one that says nothing of the picture? Numbers do not count. @param text folded */
export function saysNoMoreThanImage(text: string): boolean {
  if (text.length > MAX_CHARACTERS) return false;
  const joined = JOINED.reduce((whole, [two, one]) => whole.replaceAll(two, one), text);
  const pieces = wordsOf(joined.replace(/(\d) ?[x×*] ?(\d)/gu, '$1 $2')).map(piecesOf);
  const kinds = pieces.flatMap((of) => of ?? []);
  const some = (kind: number): boolean => kinds.some((bits) => (bits & kind) !== 0);
  const acts = kinds.filter((bits) => (bits & ACT) !== 0).length;
  const unknown = pieces.filter((of) => of === null).length;
  if (unknown > 0) return unknown === 1 && some(NOUN) && (some(ABSENT) || acts > 1);
  // A maker's logo or icon names the maker.
  if (some(PROGRAM)) return some(NOUN);
  if (some(NOUN | BARE)) return true;
  return acts > 1 || (kinds.length > 0 && kinds.every((bits) => bits === SIGN));
}

/** Does a text open, or in some languages end, by saying that it is a picture of something? @param text folded */
export function saysImageOf(text: string): boolean {
  const { kinds, openings } = vocabulary();
  const start = text.slice(0, MAX_CHARACTERS);
  const words = wordsOf(start);
  const isFiller = (word: string): boolean => ((kinds.get(word) ?? 0) & (FILLER | ACT)) !== 0;
  const isNoun = (word: string): boolean => ((kinds.get(word) ?? 0) & NOUN) !== 0;
  const [first = ''] = words;
  if (isNoun(first) && /^[\p{L}\p{M}ー]+ ?: ?\S/u.test(start)) return true;
  const opening = plain(start);
  const ending = plain(text.slice(-MAX_CHARACTERS));
  const lastWords = ending.split(' ').slice(-2);
  let lead = 0;
  while (lead < MAX_LEAD_WORDS && isFiller(words[lead] ?? '')) lead += 1;
  return openings.some(({ nouns, of, isVerbLast, starts, ends, kinds: told }) => {
    if (told.some((phrase) => opening.startsWith(phrase) || ending.endsWith(phrase))) return false;
    // An article may be a noun's neighbour or none; a verb before it is part of what is shown.
    const isOpened = [...words.keys()]
      .slice(0, lead + 1)
      .some((at) => nouns.has(words[at] ?? '') && of.has(words[at + 1] ?? ''));
    // With one more verb behind it at most.
    const isFramed =
      isVerbLast &&
      words.length > lead + 2 &&
      words.slice(0, lead + 1).some((word) => nouns.has(word)) &&
      lastWords.some((word) => of.has(word));
    const isStarted = starts.some(
      (phrase) =>
        opening.startsWith(phrase) &&
        opening.length > phrase.length &&
        (UNSPACED.test(phrase) || opening.charAt(phrase.length) === ' '),
    );
    const isEnded = ends.some(
      (phrase) =>
        ending.endsWith(phrase) &&
        ending.length > phrase.length &&
        (UNSPACED.test(phrase) || ending.charAt(ending.length - phrase.length - 1) === ' '),
    );
    return isOpened || isFramed || isStarted || isEnded;
  });
}

/** Is all of a text what programs call a new thing or a part of a drawing, with its number? @param text folded */
export function isNumberedByProgram(text: string): boolean {
  const name = plain(text);
  const words = wordsOf(text).join(' ');
  return /\d$/u.test(name) && name.startsWith(words) && vocabulary().numbered.has(words);
}

/** Does a text hold what only programs write? */
export function isWrittenByMachine(text: string): boolean {
  const compared = plain(text);
  return vocabulary().machine.some((phrase) => compared.includes(phrase));
}
