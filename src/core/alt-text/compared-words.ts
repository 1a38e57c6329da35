/**
 * What a language's words can mean, for comparing alt texts with what is seen: from the table of labels, other
 * words for them, and the small words around them. Every doubt has a list of its own, for silence.
 */
import { CodedError } from '../errors';
import type { Language } from '../saying/languages';
import { nodeOf, parentsOf, synsetOf } from '../saying/taxonomy';
import type { Words } from '../saying/voice';
import { labelledNodes } from '../saying/words';
import { folded } from './folded';

/** The small words of a language, as its table has them. */
export interface SmallWords {
  /** What a text may begin with that says no more than that it is of a picture: `photo of`. */
  openings: readonly string[];
  /** What may stand before the thing and changes nothing: articles, numbers, plain adjectives. */
  before: readonly string[];
  /** Where the thing's name is over: prepositions, verbs. */
  after: readonly string[];
  /** Where things are; with capitals only, and no names. */
  scenes: readonly string[];
  /** Likenesses, negations, company: nothing is asked. */
  silent: readonly string[];
  /** Words with another everyday meaning than those of the table, names among them. */
  senses: readonly string[];
}
export const SMALL_WORDS = ['openings', 'before', 'after', 'scenes', 'silent', 'senses'] as const;

/** First line of a packed file. */
export interface ComparedHead extends SmallWords {
  lang: Language;
  /** May adjectives follow the thing? */
  follow: boolean;
  /** Is a plural its singular with this behind it? Empty where it is not as simple. */
  plural: string;
}

export interface ComparedWords {
  /** Does the language put blanks between words? */
  isSpaced: boolean;
  /** Does it write all nouns with capitals, so that no name is told by one? */
  hasCapitalNouns: boolean;
  adjectivesFollow: boolean;
  openings: readonly string[];
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
  scenes: ReadonlySet<string>;
  silent: ReadonlySet<string>;
  /** Other forms of a word, itself among them. */
  formsOf: (word: string) => string[];
  /** All synsets that a folded phrase can mean, as far as is known; the wide ones, where there are. */
  meaningsOf: (phrase: string) => readonly string[];
  /** The wide synset that it can't mean more than; undefined where there is another meaning, or none. */
  termOf: (phrase: string) => string | undefined;
  /** Folded words by which a text may speak of a node. */
  wordsOf: (synset: string) => readonly string[];
  /** Do two words begin so alike that one may be a form of the other? */
  mayBeForms: (one: string, other: string) => boolean;
}

/** The nodes at and above a synset. */
export function upward(synset: string): ReadonlySet<number> {
  const start = nodeOf(synset);
  const reached = new Set(start === undefined ? [] : [start]);
  for (const node of reached) for (const parent of parentsOf(node)) reached.add(parent);
  return reached;
}

/** Words of a text, folded; what is elided (`l'`) is one of its own. */
export function comparedTokens(text: string): string[] {
  return folded(text)
    .replaceAll(/['’]/gu, "' ")
    .split(/[\s,-]+/u)
    .filter(Boolean);
}

const UNSPACED: readonly Language[] = ['ja', 'zh-CN'];
/** Shorter words are forms of too many. */
const MIN_STEM = 3;
const LONG_STEM = 4;

/** Clitics that are written in one with a noun of two letters or more. */
const LEADING: Partial<Record<Language, readonly string[]>> = { ar: ['ال'] };
const TRAILING: Partial<Record<Language, readonly string[]>> = {
  ko: ['에서', '이', '가', '은', '는', '을', '를', '의', '에', '도', '와', '과'],
};
const MIN_NOUN = 2;

function withoutClitics(word: string, lang: Language): string[] {
  const bare = [
    ...(LEADING[lang] ?? []).flatMap((start) =>
      word.startsWith(start) ? word.slice(start.length) : [],
    ),
    ...(TRAILING[lang] ?? []).flatMap((end) =>
      word.endsWith(end) ? word.slice(0, -end.length) : [],
    ),
  ];
  return bare.filter(({ length }) => length >= MIN_NOUN);
}

function beginsAlike(one: string, other: string): boolean {
  const stem = Math.min(one.length, other.length, LONG_STEM);
  return stem >= MIN_STEM && one.slice(0, stem) === other.slice(0, stem);
}

function isHead(value: unknown, lang: Language): value is ComparedHead {
  if (typeof value !== 'object' || value === null) return false;
  const head = value as Record<string, unknown>;
  const areLists = SMALL_WORDS.every((name) => {
    const list = head[name];
    return Array.isArray(list) && list.every((each) => typeof each === 'string');
  });
  return areLists && head.lang === lang && typeof head.plural === 'string';
}

/** The head and the other words of each labelled node. @throws CodedError `model-altered` */
function readPacked(packed: string, lang: Language): { head: ComparedHead; others: string[] } {
  const [first = '', ...others] = packed.replace(/\n$/u, '').split('\n');
  let head: unknown;
  try {
    head = JSON.parse(first);
  } catch {
    head = null;
  }
  if (!isHead(head, lang) || others.length !== labelledNodes().length) {
    throw new CodedError('model-altered', `The words to compare of ${lang} are not the build's.`);
  }
  return { head, others };
}

/**
 * Reads a packed file: a line of JSON, then a line a labelled node with the other words for it.
 * @param words of the same language
 * @param wide synsets that were found apart from each other: what is below none of them is no term
 * @throws CodedError `model-altered` where the text is no such file, or of another taxonomy
 */
export function parseComparedWords(
  packed: string,
  words: Words,
  wide: readonly string[],
): ComparedWords {
  const { lang } = words;
  const { head, others } = readPacked(packed, lang);
  const isSpaced = !UNSPACED.includes(lang);
  const phraseOf = (text: string): string =>
    isSpaced ? comparedTokens(text).join(' ') : folded(text).replace(/\s/gu, '');
  const set = (list: readonly string[]): ReadonlySet<string> => new Set(list.map(phraseOf));

  const namesOf = new Map<number, string[]>();
  const meanings = new Map<string, string[]>();
  labelledNodes().forEach((node, index) => {
    const names = [words.labelOf(node)?.name ?? '', ...(others[index] ?? '').split('; ')]
      .map(phraseOf)
      .filter(Boolean);
    namesOf.set(node, names);
    for (const name of names) {
      meanings.set(name, [...(meanings.get(name) ?? []), synsetOf(node)]);
    }
  });

  const wideNodes = wide.map((synset) => [nodeOf(synset), synset] as const);
  const widened = (synset: string): string | undefined => {
    const above = upward(synset);
    return wideNodes.find(([node]) => node !== undefined && above.has(node))?.[1];
  };
  const senses = set(head.senses);
  const small = new Set([...set(head.before), ...set(head.after)]);
  const formsOf = (word: string): string[] => [
    word,
    ...withoutClitics(word, lang),
    ...(head.plural !== '' && word.endsWith(head.plural) ? [word.slice(0, -1)] : []),
  ];
  const known = (phrase: string): string | undefined =>
    formsOf(phrase).find((form) => meanings.has(form));
  return {
    ...{ isSpaced, hasCapitalNouns: lang === 'de', adjectivesFollow: head.follow },
    openings: head.openings.map((opening) => phraseOf(opening)),
    before: set(head.before),
    after: set(head.after),
    scenes: set(head.scenes),
    silent: set(head.silent),
    formsOf,
    meaningsOf: (phrase) =>
      (meanings.get(known(phrase) ?? '') ?? []).map((synset) => widened(synset) ?? synset),
    termOf: (phrase) => {
      const name = known(phrase);
      if (name === undefined || senses.has(name) || name.length < (isSpaced ? 2 : 1)) {
        return undefined;
      }
      const kinds = (meanings.get(name) ?? []).map(widened);
      return kinds.includes(undefined) ? undefined : kinds[0];
    },
    wordsOf: (synset) =>
      [...upward(synset)]
        .flatMap((node) => namesOf.get(node) ?? [])
        .flatMap((name) => (isSpaced ? name.split(' ') : [name]))
        .filter((word) => !small.has(word)),
    mayBeForms: beginsAlike,
  };
}
