/** In which voice a picture is spoken of: who chose what about what may be said, and in which words. */
import { labelOf, type PlainLabel } from './labels';
import type { OwnLists } from './denied';
import type { Language } from './languages';
import type { OwnSpeaker } from '../teaching/own-match';
import { draftText, guessText, hintText, twoDraft, twoLabel, twoText } from './wording';

/** The words of one language for the nodes of the taxonomy, and its sentences for them. */
export interface Words {
  lang: Language;
  /** The label of a node, or undefined for one that is never said. Every class has one. */
  labelOf: (node: number) => PlainLabel | undefined;
  /** What a listener hears: hedged. */
  hintText: (label: PlainLabel) => string;
  /** What is shown of a class that is likelier than not. */
  guessText: (label: PlainLabel) => string;
  /** Alt text for an author to review. */
  draftText: (label: PlainLabel) => string;
  /** What is shown of two things, and the same two of them. */
  twoLabel: (first: PlainLabel, second: PlainLabel) => string;
  twoText: (first: PlainLabel, second: PlainLabel) => string;
  twoDraft: (first: PlainLabel, second: PlainLabel) => string;
}

export const ENGLISH: Words = {
  ...{ lang: 'en', labelOf, hintText, guessText, draftText },
  ...{ twoLabel, twoText, twoDraft },
};

export interface Voice extends Required<OwnLists> {
  /** Nothing is said with less calibrated probability, 0-1; it can only raise what is built in. */
  minimumConfidence: number;
  /** The synsets that a person dismissed of the picture that is spoken of. */
  dismissed: readonly string[];
  /** Whom a person's own labels are asked of; null where nothing was taught. */
  own: OwnSpeaker | null;
  words: Words;
  /** Of what an author is offered: the page's language rather than the listener's. */
  draftWords: Words;
}

/** The voice as built, before a person chose anything. */
export const PLAIN_VOICE: Voice = {
  ...{ allow: [], deny: [], minimumConfidence: 0, dismissed: [], own: null },
  ...{ words: ENGLISH, draftWords: ENGLISH },
};

/**
 * Equal for two voices exactly if they say the same of every look.
 * @param version of the extension: with it come words, thresholds and the built-in list
 */
export function voiceMark(
  { allow, deny, minimumConfidence, dismissed, own, words, draftWords }: Voice,
  version: string,
): string {
  const lists = [allow, deny, dismissed].map((list) => list.toSorted());
  const languages = [words.lang, draftWords.lang];
  const taught = own === null ? [] : [own.mark];
  return JSON.stringify([version, ...languages, minimumConfidence, ...lists, ...taught]);
}
