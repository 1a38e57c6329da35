import { isBoolean, numberFrom, orMissing, shapeOf, textUpTo, type Check } from '../check';

/** Each may hold up to `MAX_MODEL_BYTES`, and each that is on runs for every picture that a person asks for. */
export const MAX_OWN_MODELS = 12;
/** Of a label, UTF-16 units. */
export const MAX_MODEL_LABEL = 80;

/** What is said by a model that a person brought. Never a part of alt texts, nor of what stands in their place. */
export interface OwnAnswer {
  /** Name of the model. */
  model: string;
  /** Its likeliest label. */
  label: string;
  /** As the model gives it, 0-1: nobody has calibrated it. */
  probability: number;
  /** Does it stand in the place of what the built-in model says? Missing where it stands beside. */
  isInstead?: boolean | undefined;
}

export const isOwnAnswer: Check<OwnAnswer> = shapeOf({
  ...{ model: textUpTo(100), label: textUpTo(MAX_MODEL_LABEL) },
  probability: numberFrom(0, 1.000001),
  isInstead: orMissing(isBoolean),
});
