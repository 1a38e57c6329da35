/** A label that a person dismissed as wrong for a picture. */
import type { Guess, Hint, Prediction, Saying } from './prediction';

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

/** The synsets that a person's word may be of: of two things each. */
function judgedSynsets(saying: Saying): string[] {
  const { two, twoKept = [] } = saying;
  const labels = [judgedLabel(saying), ...(two?.hints ?? []), ...twoKept];
  return labels.flatMap((label) => label?.synset ?? []);
}

/** Of which pictures something else may be said after a person's word: of these, and of whatever is called so. */
export interface Concerned {
  /** See `pictureHash`. */
  pictures: readonly string[];
  /** Synsets: said, guessed or kept back of a copy in another size. */
  labels: readonly string[];
}

/** @returns is a picture of which this was said concerned? Every one is where none is named (null) */
export function concerning(
  concerned: Concerned | null,
): (said: Pick<Prediction, 'picture'> & Saying) => boolean {
  if (concerned === null) return () => true;
  const [pictures, labels] = [new Set(concerned.pictures), new Set(concerned.labels)];
  return (said) =>
    pictures.has(said.picture) || judgedSynsets(said).some((synset) => labels.has(synset));
}
