/** The way from a class up to what all things are, and how much of the prediction speaks for each step. */
import type { ClassPrediction } from './prediction';
import type { Words } from './voice';
import { bitsOf, isAtOrBelow, lineOf, synsetOf } from './taxonomy';

export interface LineageStep {
  /** WordNet 3.0 noun synset. */
  synset: string;
  /** Plain, in the language of the words. */
  label: string;
  /**
   * Calibrated probability mass (0-1) of those of the given predictions that are this or below it: of the
   * five likeliest, so a little less than the node's whole mass.
   */
  probability: number;
}

type Predicted = Pick<ClassPrediction, 'classIndex' | 'probability'>;

/**
 * The likeliest class and the nodes above it that have a plain name, the most precise first.
 * @param predictions likeliest first; none gives no steps.
 * @param words of the language that the steps are named in
 */
export function lineageOf(
  predictions: readonly Predicted[],
  { labelOf }: Pick<Words, 'labelOf'>,
): LineageStep[] {
  const [likeliest] = predictions;
  if (likeliest === undefined) return [];
  // Some classes have two lines of ancestors: by how much each tells, they are one way.
  const line = [...lineOf(likeliest.classIndex)].sort((a, b) => bitsOf(b) - bitsOf(a));
  const steps = line.flatMap((node): LineageStep[] => {
    const label = labelOf(node);
    if (label === undefined) return [];
    const mass = predictions
      .filter(({ classIndex }) => isAtOrBelow(classIndex, node))
      .reduce((sum, { probability }) => sum + probability, 0);
    return [{ synset: synsetOf(node), label: label.name, probability: Math.min(1, mass) }];
  });
  // A node that adds neither a class nor a word to the one before says nothing new.
  return steps.filter(({ label }, index) => steps[index - 1]?.label !== label);
}
