/**
 * Two things in one picture: in a wide or a tall one the squares at its ends are pictures of their own, and
 * each must pass what a picture must pass to be named. `npm run evaluate -- --two` measures it.
 */
import { type Look, probabilitiesOf } from '../look/look';
import { labelOf } from './labels';
import { keepsBack } from './keeps-back';
import { isTaught, type Hint, type Saying, type TwoThings } from './prediction';
import { say } from './say';
import { nodeMasses, nodeOf } from './taxonomy';
import { ENGLISH, type Voice } from './voice';

/** Two guesses are wrong more often than one: each must be so sure. */
export const SURE_OF_EACH = 0.97;
/** What is in the one end must not be in the other, as the model has it: else it is one thing in two halves. */
const MOST_IN_OTHER = 0.1;

/** Two things, and the alt text of both for an author to review. */
interface TwoSeen {
  things: TwoThings;
  draft: string;
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
): TwoSeen | null {
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
    const english = labelOf(node);
    const label = words.labelOf(node) ?? english;
    const drafted = draftWords.labelOf(node) ?? label;
    return english && label && drafted ? { english, label, drafted } : null;
  });
  const [one, other] = labels;
  if (!one || !other) return null;
  return {
    things: {
      hints: [first.hint, second.hint],
      label: words.twoLabel(one.label, other.label),
      english: ENGLISH.twoLabel(one.english, other.english),
      text: words.twoText(one.label, other.label),
      probability: first.hint.probability * second.hint.probability,
    },
    draft: draftWords.twoDraft(one.drafted, other.drafted),
  };
}

/**
 * What is said of a picture whose ends were looked at, too. A person's own name for the whole comes before the
 * names of its parts, and what they took back stays in sight.
 * @param saying what is said of the whole
 * @param ends looks at them
 * @param side of an end, px
 */
export function withTwo(
  saying: Saying,
  ends: readonly [Look, Look],
  side: number,
  voice: Voice,
): Saying {
  const { hint, kept, draft } = saying;
  if (kept !== null || (hint !== null && isTaught(hint))) return { ...saying, two: null };
  const seen = twoThings(ends, side, { ...voice, dismissed: [] });
  const twoKept = (seen?.things.hints ?? []).filter(({ synset }: Hint) =>
    voice.dismissed.some((each) => keepsBack(each, synset)),
  );
  const two = twoKept.length === 0 ? (seen?.things ?? null) : null;
  return { ...saying, two, twoKept, draft: two === null ? draft : (seen?.draft ?? draft) };
}
