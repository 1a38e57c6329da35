/**
 * Does an alt text name a thing that the picture clearly does not show? A question to the author, never
 * an error; whatever leaves a doubt (another reading of the words, both in one picture, a likeness)
 * resolves to silence. Not for the content script: it needs the taxonomy.
 */
import { MAX_ALT_CHARACTERS, withoutEnding } from './alt-words';
import { flat } from './flat';
import { folded } from './folded';
import { comparedTokens, upward, type ComparedWords } from './compared-words';
import { ENGLISH_COMPARED } from './mismatch-terms';
import type { Saying } from '../saying/prediction';
import { bitsOf, nodeOf } from '../saying/taxonomy';

export interface Mismatch {
  /** The word as the text has it. */
  term: string;
  /** The WordNet node that the word can't mean more than. */
  synset: string;
}

/** Far above the threshold for a hint: here a wrong answer would cost the author's time. */
const MIN_PROBABILITY = 0.95;
/** A class that is not even this likely does not speak for the text. */
const MIN_SUPPORT = 0.02;
/** Two things whose nearest common kind tells this much are told apart too badly. 3 bits: `dog`. */
const MAX_COMMON_BITS = 3;
/** After the thing that it names, a text goes on for so many words at most. */
const MAX_TAIL_WORDS = 5;
/** Names of things have so many words, the longest looked for first. */
const PHRASE_WORDS = [5, 4, 3, 2, 1];
/** In characters, where nothing stands between words. */
const MAX_UNSPACED_NAME = 12;
const MAX_UNSPACED_TAIL = 14;

const ARTIFACT = 'n00021939';
const EATEN = ['n00021265', 'n07555863', 'n07705711', 'n13134947', 'n07707451'];

function isBelow(synset: string, kinds: readonly string[]): boolean {
  const above = upward(synset);
  return kinds.some((kind) => above.has(nodeOf(kind) ?? -1));
}

/** May a picture show both, so that either is right? Things of use stand together, and food among them. */
function mayStandTogether(one: string, other: string): boolean {
  const isMade = (synset: string): boolean => isBelow(synset, [ARTIFACT]);
  const isUsual = (synset: string): boolean => isMade(synset) || isBelow(synset, EATEN);
  return isUsual(one) && isUsual(other);
}

/** Is one the other or a kind of it, or are they too near to be told apart? */
function isNear(one: string, other: string): boolean {
  const first = upward(one);
  const common = [...upward(other)].filter((node) => first.has(node));
  return (
    common.includes(nodeOf(one) ?? -1) ||
    common.includes(nodeOf(other) ?? -1) ||
    common.some((node) => bitsOf(node) >= MAX_COMMON_BITS)
  );
}

/** A word of a text: as written, and folded. */
interface Token {
  written: string;
  word: string;
}

interface Subject extends Mismatch {
  /** Everything that the text may speak of beside its subject. */
  named: readonly string[];
  /** Does a word of the text speak of this, in whatever form? */
  speaksOf: (word: string) => boolean;
}

function tokensOf(text: string): Token[] {
  return text
    .replaceAll(/['’]/gu, "' ")
    .split(/[\s,-]+/u)
    .filter(Boolean)
    .map((written) => ({ written, word: comparedTokens(written).join('') }));
}

/** Words joined, where there are so many. */
function phraseAt(tokens: readonly Token[], from: number, count: number): string | undefined {
  const part = tokens.slice(from, from + count);
  return part.length === count ? part.map(({ word }) => word).join(' ') : undefined;
}

/** Without what says that it is of a picture. */
function withoutOpening(tokens: readonly Token[], { openings }: ComparedWords): readonly Token[] {
  for (const opening of openings) {
    const { length } = opening.split(' ');
    if (phraseAt(tokens, 0, length) === opening) return tokens.slice(length);
  }
  return tokens;
}

/** May a word be somebody's name? A title in capitals tells no names apart. */
function mayHoldNames(written: readonly string[], known: ComparedWords): boolean {
  return written.slice(1).some((word) => {
    if (!/\p{Lu}/u.test(word)) return false;
    const [plain = ''] = comparedTokens(word);
    return (
      !known.hasCapitalNouns || (known.meaningsOf(plain).length === 0 && !known.scenes.has(plain))
    );
  });
}

function spacedSubject(plain: string, known: ComparedWords): Subject | null {
  if (mayHoldNames(plain.split(' '), known)) return null;
  const tokens = withoutOpening(tokensOf(plain), known);
  const { formsOf, before, after, silent, termOf, meaningsOf, mayBeForms } = known;
  if (tokens.some(({ word }) => formsOf(word).some((form) => silent.has(form)))) return null;
  const phrases = (from: number): string[] =>
    PHRASE_WORDS.flatMap((count) => phraseAt(tokens, from, count) ?? []);
  const nameAt = (from: number): string | undefined =>
    phrases(from).find((phrase) => meaningsOf(phrase).length > 0);

  let head = 0;
  while (nameAt(head) === undefined && before.has(tokens[head]?.word ?? '')) head += 1;
  const name = nameAt(head);
  const synset = name === undefined ? undefined : termOf(name);
  if (name === undefined || synset === undefined) return null;
  let next = head + name.split(' ').length;
  const term = tokens.slice(head, next).map(({ written }) => written);
  while (known.adjectivesFollow && before.has(tokens[next]?.word ?? '')) next += 1;
  const isWhole = next >= tokens.length || after.has(tokens[next]?.word ?? '');
  if (!isWhole || tokens.length - next > MAX_TAIL_WORDS) return null;
  return {
    term: known.hasCapitalNouns ? term.join(' ') : term.join(' ').toLowerCase(),
    synset,
    named: [synset, ...tokens.flatMap((_, from) => phrases(from).flatMap(meaningsOf))],
    speaksOf: (word) => tokens.some((token) => mayBeForms(token.word, word)),
  };
}

/** Where nothing stands between words: a name is the longest that is known, and whole by what follows. */
function unspacedSubject(plain: string, known: ComparedWords): Subject | null {
  const text = folded(plain).replace(/[\s、，,]/gu, '');
  if ([...known.silent].some((word) => text.includes(word))) return null;
  const { before, after, termOf, meaningsOf } = known;
  const opening = known.openings.find((each) => text.startsWith(each)) ?? '';
  const startOf = (words: Iterable<string>, rest: string): string =>
    [...words].reduce(
      (longest, word) => (word.length > longest.length && rest.startsWith(word) ? word : longest),
      '',
    );
  const nameOf = (rest: string): string => {
    for (let length = Math.min(rest.length, MAX_UNSPACED_NAME); length > 0; length -= 1) {
      const name = rest.slice(0, length);
      const tail = rest.slice(length);
      const isWhole = tail === '' || startOf(after, tail) !== '';
      if (isWhole && tail.length <= MAX_UNSPACED_TAIL && meaningsOf(name).length > 0) return name;
    }
    return '';
  };
  let rest = text.slice(opening.length);
  for (let count = 0; count < MAX_TAIL_WORDS && nameOf(rest) === ''; count += 1) {
    rest = rest.slice(startOf(before, rest).length);
  }
  const term = nameOf(rest);
  const synset = term === '' ? undefined : termOf(term);
  if (synset === undefined) return null;
  const parts = Array.from(rest, (_, from) =>
    Array.from({ length: MAX_UNSPACED_NAME }, (__, more) => rest.slice(from, from + more + 1)),
  );
  return {
    ...{ term, synset, named: [synset, ...parts.flat().flatMap(meaningsOf)] },
    speaksOf: (word) => text.includes(word),
  };
}

/** The thing that a text is about: the first that it names, if nothing else can be meant. */
function subjectOf(text: string, known: ComparedWords): Subject | null {
  const plain = flat(withoutEnding(text, /[.!。！।؟۔]/u));
  if (/[^\p{L}\p{M}\p{Nd}\s'’,、，-]/u.test(plain)) return null;
  if (!known.isSpaced) return unspacedSubject(plain, known);
  return /\p{Nd}/u.test(plain) ? null : spacedSubject(plain, known);
}

/**
 * The thing that an alt text names and that the picture does not show, or null.
 * @param altText the author's text
 * @param description what the model says of the picture, calibrated
 * @param known words of the text's language
 */
export function mayNotMatch(
  altText: string,
  { hint, predictions, silence, two }: Pick<Saying, 'hint' | 'predictions' | 'silence' | 'two'>,
  known: ComparedWords = ENGLISH_COMPARED,
): Mismatch | null {
  if (hint === null || silence !== null || hint.probability < MIN_PROBABILITY) return null;
  if (altText.length > MAX_ALT_CHARACTERS) return null;
  const subject = subjectOf(altText, known);
  if (subject === null) return null;
  const said = [hint, ...(two?.hints ?? [])];
  const shown = [
    ...said.map(({ synset }) => synset),
    ...predictions
      .filter(({ probability }) => probability >= MIN_SUPPORT)
      .map(({ synset }) => synset),
  ];
  const isDoubtful =
    // Any other word of the text may speak of what is shown.
    [...said, ...predictions].some(({ synset }) => known.wordsOf(synset).some(subject.speaksOf)) ||
    subject.named.some((synset) =>
      shown.some((other) => isNear(synset, other) || mayStandTogether(synset, other)),
    );
  return isDoubtful ? null : { term: subject.term, synset: subject.synset };
}
