/**
 * Two things in one picture: in a wide or a tall one the squares at its ends are pictures of their own, and
 * each must pass what a picture must pass to be named. `npm run evaluate -- --two` measures it.
 */
import { type Look, probabilitiesOf } from '../look/look';
import { labelOf } from './labels';
import type { Language } from './languages';
import type { Hint } from './prediction';
import { say } from './say';
import { nodeMasses, nodeOf } from './taxonomy';
import type { Voice } from './voice';

/** Two guesses are wrong more often than one: each must be so sure. */
export const SURE_OF_EACH = 0.97;
/** What is in the one end must not be in the other, as the model has it: else it is one thing in two halves. */
const MOST_IN_OTHER = 0.1;

/** What is said of a picture with two things in it. */
export interface TwoThings {
  /** Of the left or the upper end, and of the other. */
  hints: readonly [Hint, Hint];
  /** What a listener hears, like `May be a dog and a bicycle`. */
  text: string;
  /** Alt text for an author to review, like `Dog and bicycle`. */
  draft: string;
  lang: Language;
  draftLang: Language;
}

/**
 * What is said of a picture in whose ends two things were seen; null where it is not sure that there are two.
 * @param looks of the picture's ends
 * @param side of an end, px
 */
export function twoThings(
  looks: readonly [Look, Look],
  side: number,
  voice: Voice,
): TwoThings | null {
  const minimumConfidence = Math.max(SURE_OF_EACH, voice.minimumConfidence);
  const [first, second] = looks.map((look) => {
    const { hint } = say(look, { width: side, height: side }, { ...voice, minimumConfidence });
    const node = hint === null ? undefined : nodeOf(hint.synset);
    return hint === null || node === undefined ? null : { hint, node };
  });
  if (!first || !second) return null;
  const [masses, otherMasses] = looks.map((look) => nodeMasses(probabilitiesOf(look)));
  if ((otherMasses?.[first.node] ?? 1) > MOST_IN_OTHER) return null;
  if ((masses?.[second.node] ?? 1) > MOST_IN_OTHER) return null;
  const { words, draftWords } = voice;
  const labels = [first, second].map(({ node }) => {
    const label = words.labelOf(node) ?? labelOf(node);
    const drafted = draftWords.labelOf(node) ?? label;
    return label === undefined || drafted === undefined ? null : { label, drafted };
  });
  const [one, other] = labels;
  if (!one || !other) return null;
  return {
    hints: [first.hint, second.hint],
    text: words.twoText(one.label, other.label),
    draft: draftWords.twoDraft(one.drafted, other.drafted),
    lang: words.lang,
    draftLang: draftWords.lang,
  };
}
