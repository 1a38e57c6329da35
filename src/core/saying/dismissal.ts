/** A label that a person dismissed as wrong: what becomes of a prediction by it, and how it comes back. */
import type { Guess, Hint, Prediction } from './prediction';

/** A person's word on one label of one picture. */
export interface Dismissal {
  /** See `pictureHash`. */
  picture: string;
  /** The WordNet node that it does not show. */
  synset: string;
}

/** What is said or guessed of the picture, or would be if it were not dismissed; null where nothing is. */
export function sayingOf({ hint, guess, dismissed }: Prediction): Hint | Guess | null {
  return hint ?? guess ?? dismissed?.hint ?? dismissed?.guess ?? null;
}

/** The prediction after the person's word: silent, or as it was. The classes stay: they are what the model said. */
export function withDismissal(prediction: Prediction, isDismissed: boolean): Prediction {
  const { hint, guess, silence, draft, dismissed } = prediction;
  if (isDismissed === (dismissed !== null)) return prediction;
  if (dismissed !== null) return { ...prediction, ...dismissed, dismissed: null };
  return {
    ...prediction,
    ...{ hint: null, guess: null, silence: 'dismissed', draft: null },
    dismissed: { hint, guess, silence, draft },
  };
}

/**
 * The prediction after a person's word on these labels, itself where it is not meant. A label comes back
 * whichever of them kept it back: it may have been a wider one.
 */
export function afterDismissals(
  prediction: Prediction,
  dismissals: readonly Dismissal[],
  isDismissed: boolean,
): Prediction {
  const said = sayingOf(prediction)?.synset;
  const isMeant = dismissals.some(
    ({ picture, synset }) => picture === prediction.picture && (!isDismissed || synset === said),
  );
  return isMeant ? withDismissal(prediction, isDismissed) : prediction;
}
