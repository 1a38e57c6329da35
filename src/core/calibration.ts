/** From logits to probabilities that mean what they say. */
import type { ModelVariant, ViewCount } from './prediction';
import { CLASS_COUNT } from './taxonomy';

/** Output 0 of the model is `background`; class index = output index - 1. */
const BACKGROUND_OUTPUTS = 1;

/**
 * Temperatures by variant and number of views: logits are divided by them before the softmax
 * (Guo et al. 2017, "On Calibration of Modern Neural Networks").
 */
export const TEMPERATURES: Record<ModelVariant, Record<ViewCount, number>> = {
  accurate: { 1: 1, 2: 1, 3: 1 },
  fast: { 1: 1, 2: 1, 3: 1 },
};

/**
 * Softmax of the class logits of one view; the background output is left out.
 * @param logits 1,001 values. @returns 1,000 probabilities in class order.
 */
export function classProbabilities(logits: ArrayLike<number>, temperature: number): Float64Array {
  const probabilities = new Float64Array(CLASS_COUNT);
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < CLASS_COUNT; index += 1) {
    highest = Math.max(highest, logits[index + BACKGROUND_OUTPUTS] ?? 0);
  }
  let sum = 0;
  for (let index = 0; index < CLASS_COUNT; index += 1) {
    const logit = logits[index + BACKGROUND_OUTPUTS] ?? 0;
    const value = Math.exp((logit - highest) / temperature);
    probabilities[index] = value;
    sum += value;
  }
  return probabilities.map((value) => value / sum);
}

/** Mean over views. @param views equally long lists. */
export function meanOverViews(views: readonly Float64Array[]): Float64Array {
  const [first] = views;
  if (first === undefined) throw new RangeError('No view.');
  return first.map((_, index) => {
    let sum = 0;
    for (const view of views) sum += view[index] ?? 0;
    return sum / views.length;
  });
}

/** Calibrated probabilities from the logits of 1 to 3 views. @returns 1,000 values in class order. */
export function calibratedProbabilities(
  logits: readonly Float32Array[],
  variant: ModelVariant,
): Float64Array {
  const views = logits.length === 1 ? 1 : logits.length === 2 ? 2 : 3;
  const temperature = TEMPERATURES[variant][views];
  return meanOverViews(logits.map((view) => classProbabilities(view, temperature)));
}
