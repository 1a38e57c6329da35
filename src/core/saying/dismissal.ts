/** A label that a person dismissed as wrong for a picture. */
import type { Guess, Hint, Saying } from './prediction';

/** A person's word on one label of one picture. */
export interface Dismissal {
  /** See `pictureHash`. */
  picture: string;
  /** The WordNet node that it does not show. */
  synset: string;
}

/** What a person can dismiss, or has: what is said or guessed, or kept back; null where there is nothing. */
export function judgedLabel({ hint, guess, kept }: Saying): Hint | Guess | null {
  return hint ?? guess ?? kept;
}
