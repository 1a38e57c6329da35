/**
 * Where a model of the person's own speaks instead of the built-in one: the one rule for labels, card, popup and
 * report. Content scripts have it too.
 */
import type { Prediction, Saying } from '../saying/prediction';
import type { OwnAnswer } from './own-answer';

type Own = Pick<Prediction, 'own'>;

/** The answer that stands in the place of what the built-in model says; null where none does. */
export function insteadAnswer({ own = [] }: Own): OwnAnswer | null {
  return own.find(({ isInstead }) => isInstead === true) ?? null;
}

/**
 * What is said of a picture where one's own model speaks instead: nothing of the built-in model but what it saw,
 * for whoever asks; else what was said before. To be applied wherever a saying and own answers come together.
 */
export function withInstead<Said extends Saying & Own>(said: Said): Said {
  if (insteadAnswer(said) === null) return said;
  return {
    ...said,
    ...{ hint: null, guess: null, silence: 'own-model', draft: null, kept: null },
    ...{ two: undefined, twoKept: undefined },
  };
}
