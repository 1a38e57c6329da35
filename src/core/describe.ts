/** From what the model gives to what is said. */
import { calibratedProbabilities } from './calibration';
import { verdicts, type OwnLists } from './denied';
import { chooseNodes } from './hint';
import { labelOf } from './labels';
import type { ClassPrediction, Description, ModelVariant, Silence } from './prediction';
import type { Raster } from './raster';
import { synsetOf } from './taxonomy';
import { draftText, guessText, hintText } from './wording';

/** What the model gives for the views of one picture, 1 to 3 of them, in the same order in both lists. */
export interface ModelOutput {
  /** 1,001 values a view; output 0 is `background`, class index = output index - 1. */
  logits: readonly Float32Array[];
  /** The globally averaged features, one list of values a view. */
  embeddings: readonly Float32Array[];
  variant: ModelVariant;
}

const SHOWN_PREDICTIONS = 5;

function topClasses(probabilities: Float64Array): ClassPrediction[] {
  return Array.from(probabilities, (probability, classIndex) => ({ classIndex, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SHOWN_PREDICTIONS)
    .map(({ classIndex, probability }) => ({
      classIndex,
      synset: synsetOf(classIndex),
      label: labelOf(classIndex)?.name ?? '',
      probability,
    }));
}

/**
 * Describes one picture: the five likeliest classes, and what may be said of it.
 * @param output logits and embeddings of 1 to 3 views.
 * @param raster the whole picture as it travelled to the worker.
 * @param own a person's own allow and deny lists.
 * @throws RangeError without a view.
 */
export function describe(output: ModelOutput, raster: Raster, own?: OwnLists): Description {
  const probabilities = calibratedProbabilities(output.logits, output.variant);
  const predictions = topClasses(probabilities);
  const silent = (silence: Silence): Description => ({
    predictions,
    hint: null,
    guess: null,
    silence,
    draft: null,
  });
  if (Math.min(raster.width, raster.height) < 32) return silent('too-small');

  const { hint, guess, isDenied } = chooseNodes(probabilities, verdicts(own));
  if (isDenied) return silent('denied');
  if (hint === null) {
    return {
      ...silent('unsure'),
      guess:
        guess === null
          ? null
          : {
              synset: synsetOf(guess.node),
              label: guess.label.name,
              text: guessText(guess.label),
              probability: guess.probability,
            },
    };
  }
  return {
    predictions,
    hint: {
      synset: synsetOf(hint.node),
      label: hint.label.name,
      text: hintText(hint.label),
      probability: hint.probability,
      bits: hint.bits,
    },
    guess: null,
    silence: null,
    draft: draftText(hint.label),
  };
}
