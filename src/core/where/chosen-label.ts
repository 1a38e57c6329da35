import { isTaught, type ClassPrediction, type Saying } from '../saying/prediction';
import { shownPredictions } from '../saying/shown';

/**
 * The label whose place a person wants to see: what is said, or would be, else what is likeliest of that
 * which may be shown; null where that has no place.
 */
export function chosenLabel(saying: Saying): Pick<ClassPrediction, 'synset' | 'label'> | null {
  const chosen = saying.hint ?? saying.guess ?? shownPredictions(saying)[0] ?? null;
  return chosen === null || isTaught(chosen) ? null : chosen;
}
