import type { ClassPrediction, Saying } from '../saying/prediction';

/** The label whose place a person wants to see: what is said, or would be, else what is likeliest. */
export function chosenLabel({
  hint,
  guess,
  kept,
  predictions,
}: Saying): Pick<ClassPrediction, 'synset' | 'label'> | null {
  return hint ?? guess ?? kept ?? predictions[0] ?? null;
}
