/**
 * Does an alt text name a thing that the picture clearly does not show? A question to the author, never
 * an error; whatever leaves a doubt (another reading of the words, both in one picture, a likeness)
 * resolves to silence. Not for the content script: it needs the taxonomy.
 */
import { MAX_ALT_CHARACTERS, withoutEnding } from './alt-words';
import { flat } from './flat';
import { likenesses, modifiers, phraseEnds, terms } from './mismatch-terms';
import { labelOf } from '../saying/labels';
import type { Saying } from '../saying/prediction';
import { bitsOf, nodeOf, parentsOf } from '../saying/taxonomy';

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

const ARTIFACT = 'n00021939';
const EATEN = ['n00021265', 'n07555863', 'n07705711', 'n13134947', 'n07707451'];

/** A node and everything above it. */
function upward(synset: string): ReadonlySet<number> {
  const start = nodeOf(synset);
  const reached = new Set(start === undefined ? [] : [start]);
  for (const node of reached) for (const parent of parentsOf(node)) reached.add(parent);
  return reached;
}

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

function singulars(word: string): string[] {
  return [
    word,
    word.replace(/ies$/u, 'y'),
    word.replace(/ves$/u, 'f'),
    word.replace(/(s|x|ch|sh)es$/u, '$1'),
    word.replace(/s$/u, ''),
  ];
}

function synsetOfTerm(word: string): string | undefined {
  for (const singular of singulars(word)) {
    const synset = terms.get(singular);
    if (synset !== undefined) return synset;
  }
  return undefined;
}

const OPENING = /^(?:an? |the )?(?:photo|photograph|picture|image) of /u;

/** The thing that a text is about: the last word of its first phrase, if nothing else can be meant. */
function subjectOf(text: string): (Mismatch & { words: string[] }) | null {
  const plain = flat(withoutEnding(text, /[.!]/u));
  if (/[^\p{L}\s'’,-]/u.test(plain)) return null;
  const written = plain.split(' ');
  // Names may be anybody's; a title in capitals tells no names apart.
  if (written.slice(1).some((word) => /\p{Lu}/u.test(word))) return null;
  const words = plain
    .toLowerCase()
    .replace(OPENING, '')
    .split(/[\s,]+/u);
  if (words.some((word) => likenesses.has(word) || likenesses.has(word.replace(/s$/u, '')))) {
    return null;
  }
  const head = words.findIndex((word) => !modifiers.has(word));
  const term = words[head];
  if (term === undefined) return null;
  const synset = synsetOfTerm(term);
  const next = words[head + 1];
  const isWhole = next === undefined || phraseEnds.has(next);
  const isShort = words.length - head - 1 <= MAX_TAIL_WORDS;
  return synset === undefined || !isWhole || !isShort ? null : { term, synset, words };
}

/** The English label of a node, in lower case. */
function englishOf(synset: string): string {
  const node = nodeOf(synset);
  return node === undefined ? '' : (labelOf(node)?.name.toLowerCase() ?? '');
}

/**
 * The thing that an alt text names and that the picture does not show, or null.
 * @param altText the author's text
 * @param description what the model says of the picture, calibrated
 */
export function mayNotMatch(
  altText: string,
  { hint, predictions, silence }: Pick<Saying, 'hint' | 'predictions' | 'silence'>,
): Mismatch | null {
  if (hint === null || silence !== null || hint.probability < MIN_PROBABILITY) return null;
  if (altText.length > MAX_ALT_CHARACTERS) return null;
  const subject = subjectOf(altText);
  if (subject === null) return null;
  const shown = [
    hint.synset,
    ...predictions
      .filter(({ probability }) => probability >= MIN_SUPPORT)
      .map(({ synset }) => synset),
  ];
  // Any other word of the text may speak of what is shown.
  const shownWords = new Set(
    [hint, ...predictions].flatMap(({ synset }) => englishOf(synset).split(/[\s-]+/u)),
  );
  const named = subject.words.flatMap((word) => synsetOfTerm(word) ?? []);
  const isDoubtful =
    subject.words.some((word) => singulars(word).some((singular) => shownWords.has(singular))) ||
    named.some((synset) =>
      shown.some((other) => isNear(synset, other) || mayStandTogether(synset, other)),
    );
  return isDoubtful ? null : { term: subject.term, synset: subject.synset };
}
