/**
 * Checks of what is said, where a store or a page's renderer gives it back: either may hold anything.
 * Not the prediction's own module: content scripts take what they need from there.
 */
import {
  isBoolean,
  listOf,
  numberFrom,
  oneOf,
  orMissing,
  orNull,
  shapeOf,
  textLike,
  textUpTo,
  wholeFrom,
  type Check,
} from '../check';
import { isOwnAnswer, MAX_OWN_MODELS } from '../own-models/own-answer';
import { LANGUAGES } from './languages';
import {
  BACKENDS,
  CLASS_COUNT,
  MODEL_VARIANTS,
  RUNGS,
  SILENCES,
  type ClassPrediction,
  type Guess,
  type Hint,
  type Prediction,
  type Saying,
  type TwoThings,
} from './prediction';

/** Longer than any label with its hedge, and than any draft. */
const isWords = textUpTo(300);
/** Sums of a thousand parts may pass 1 by a rounding error. */
const isProbability = numberFrom(0, 1.000001);
/** A day: longer than any run of the model. */
const isDuration = numberFrom(0, 86_400_000);

/** A label by its synset, or one that a person taught by its id (`OwnLabel`). */
export const isSynset = textLike(/^(?:n\d{8}|u[0-9a-f]{8})$/);
/** A `pictureHash`. */
export const isPictureName = textLike(/^[0-9a-f]{64}-\d{1,4}x\d{1,4}$/);

const isTruthOrNone = (value: unknown): value is boolean | undefined =>
  value === undefined || isBoolean(value);

const isClassPrediction: Check<ClassPrediction> = shapeOf({
  ...{ classIndex: wholeFrom(0, CLASS_COUNT - 1), synset: isSynset },
  ...{ label: isWords, probability: isProbability, isDenied: isTruthOrNone },
});

const guess = {
  ...{ synset: isSynset, label: isWords, english: isWords },
  ...{ text: isWords, probability: isProbability },
};
const isGuess: Check<Guess> = shapeOf(guess);
export const isHint: Check<Hint> = shapeOf({ ...guess, bits: numberFrom(0, 10) });

const isPair = (value: unknown): value is TwoThings['hints'] =>
  listOf(isHint, 2)(value) && value.length === 2;
const isTwoThings: Check<TwoThings> = shapeOf({
  ...{ hints: isPair, label: isWords, english: isWords, text: isWords },
  probability: isProbability,
});

const saying = {
  predictions: listOf(isClassPrediction, 5),
  hint: orNull(isHint),
  guess: orNull(isGuess),
  silence: orNull(oneOf(...SILENCES)),
  draft: orNull(isWords),
  lang: oneOf(...LANGUAGES),
  draftLang: oneOf(...LANGUAGES),
  kept: orNull(isGuess),
  two: orMissing(orNull(isTwoThings)),
  twoKept: orMissing(listOf(isHint, 2)),
};

const hasOneWord = ({ hint, silence }: Pick<Saying, 'hint' | 'silence'>): boolean =>
  (hint === null) !== (silence === null);

const isShapedSaying = shapeOf(saying);

export function isSaying(value: unknown): value is Saying {
  return isShapedSaying(value) && hasOneWord(value);
}

const isShapedPrediction = shapeOf({
  ...saying,
  picture: isPictureName,
  backend: oneOf(...BACKENDS),
  variant: oneOf(...MODEL_VARIANTS),
  views: oneOf(1, 2, 3),
  rung: oneOf(...RUNGS),
  inferenceMilliseconds: isDuration,
  cached: isBoolean,
  own: orMissing(listOf(isOwnAnswer, MAX_OWN_MODELS)),
});

export function isPrediction(value: unknown): value is Prediction {
  return isShapedPrediction(value) && hasOneWord(value);
}
