import type { ClassPrediction, Saying } from '../saying/prediction';
import { shownPredictions } from '../saying/shown';

/**
 * The label whose place a person wants to see: what is said, or would be, else what is likeliest of that
 * which may be shown; null where there is none.
 */
export function chosenLabel(saying: Saying): Pick<ClassPrediction, 'synset' | 'label'> | null {
  return saying.hint ?? saying.guess ?? shownPredictions(saying)[0] ?? null;
}
