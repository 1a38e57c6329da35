/** From logits to probabilities that mean what they say. */
import { CALIBRATION } from './calibration.generated';
import type { PhotoModel } from '../look/evidence';
import { CLASS_COUNT, type ModelVariant, type ViewCount } from './prediction';
import type { TruthModel } from './truth';

/** Output 0 of the model is `background`; class index = output index - 1. */
const BACKGROUND_OUTPUTS = 1;

/** The constants of one model and number of views, fitted by `npm run calibrate`. */
export interface Calibration {
  /**
   * Logits are divided by it before the softmax (Guo et al. 2017, "On Calibration of Modern Neural
   * Networks", arXiv:1706.04599).
   */
  temperature: number;
  truthModel: TruthModel;
  /** From which likelihood of being true, by `truthModel`, on a node may be said, 0-1. */
  leastTruth: number;
  photoModel: PhotoModel;
}

/**
 * The constants for a model and 1 to 3 views. Those of 2 and 3 views are for pictures that the first
 * look does not settle: the easy ones are not among them.
 */
export function calibrationOf(variant: ModelVariant, views: number): Calibration {
  const known: ViewCount = views <= 1 ? 1 : views === 2 ? 2 : 3;
  return CALIBRATION[variant][known];
}

/**
 * Softmax, at a temperature, of the mean logits over views: the looks are multiplied rather than added,
 * which is right more often and needs no bolder temperature.
 * @param logits 1,001 values a view, 1 to 3 views; the background output is left out.
 * @returns 1,000 probabilities in class order.
 * @throws RangeError without a view.
 */
export function classProbabilities(
  logits: readonly ArrayLike<number>[],
  temperature: number,
): Float64Array {
  if (logits.length === 0) throw new RangeError('No view.');
  const scaled = new Float64Array(CLASS_COUNT);
  for (const view of logits) {
    for (let classIndex = 0; classIndex < CLASS_COUNT; classIndex += 1) {
      const logit = view[classIndex + BACKGROUND_OUTPUTS] ?? 0;
      scaled[classIndex] = (scaled[classIndex] ?? 0) + logit / (logits.length * temperature);
    }
  }
  const highest = scaled.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const powers = scaled.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
