import type { ClassPrediction, Saying } from '../saying/prediction';
import { shownPredictions } from '../saying/shown';

/** A label that a person taught has no weights of its own, so no map. */
export function isTaught({ synset }: Pick<ClassPrediction, 'synset'>): boolean {
  return !synset.startsWith('n');
}

/**
 * The label whose place a person wants to see: what is said, or would be, else what is likeliest of that
 * which may be shown; null where that has no place.
 */
export function chosenLabel(saying: Saying): Pick<ClassPrediction, 'synset' | 'label'> | null {
  const chosen = saying.hint ?? saying.guess ?? shownPredictions(saying)[0] ?? null;
  return chosen === null || isTaught(chosen) ? null : chosen;
}
