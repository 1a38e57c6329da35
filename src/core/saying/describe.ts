/** From what the model gives to what is said. */
import { calibrationOf, classProbabilities } from './calibration';
import { verdicts, type OwnLists, type Verdicts } from './denied';
import { photoEvidence, photoScore, type PixelEvidence } from '../look/evidence';
import { isTooSmall } from '../look/first-look';
import { chooseHint, sayableNodes } from './hint';
import { labelOf } from './labels';
import {
  CLASS_COUNT,
  type ClassPrediction,
  type Description,
  type Guess,
  type ModelVariant,
  type Silence,
} from './prediction';
import type { Raster } from '../look/raster';
import { classCountOf, lineOf, synsetOf } from './taxonomy';
import { draftText, guessText, hintText } from './wording';

/** What the model gives for the views of one picture, 1 to 3 of them, in the same order in both lists. */
export interface ModelOutput {
  /** 1,001 values a view; output 0 is `background`, class index = output index - 1. */
  logits: readonly Float32Array[];
  /** The globally averaged features, one list of values a view. */
  embeddings: readonly Float32Array[];
  variant: ModelVariant;
}

/** What is known of a picture besides what the model gives. */
export interface PictureFacts extends Pick<Raster, 'width' | 'height'> {
  /** Of the whole picture as it travelled to the worker. */
  pixels: PixelEvidence;
}

/** What a person chose about what may be said. */
export interface OwnChoices extends OwnLists {
  /** Nothing is said with less calibrated probability, 0-1; it can only raise the fitted thresholds. */
  minimumConfidence?: number;
}

const SHOWN_PREDICTIONS = 5;

function topClasses(probabilities: Float64Array): ClassPrediction[] {
  return Array.from(probabilities.keys())
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0))
    .slice(0, SHOWN_PREDICTIONS)
    .map((classIndex) => ({
      classIndex,
      synset: synsetOf(classIndex),
      label: labelOf(classIndex)?.name ?? synsetOf(classIndex),
      probability: probabilities[classIndex] ?? 0,
    }));
}

/** The lists change with the settings, pictures come by the hundred. */
let lastVerdicts: { lists: string; verdicts: Verdicts } | undefined;

function verdictsFor({ allow = [], deny = [] }: OwnLists): Verdicts {
  const lists = JSON.stringify([allow, deny]);
  if (lastVerdicts?.lists !== lists) lastVerdicts = { lists, verdicts: verdicts({ allow, deny }) };
  return lastVerdicts.verdicts;
}

/**
 * What the first description would build, to be done ahead of it: in steps of a few milliseconds, between
 * which other work has its turn.
 */
export function preparations(own: OwnChoices = {}): (() => void)[] {
  const firstClass = 0;
  return [
    () => synsetOf(firstClass),
    () => lineOf(firstClass),
    () => classCountOf(firstClass),
    () => labelOf(firstClass),
    () => verdictsFor(own),
    () =>
      sayableNodes(classProbabilities([new Float32Array(CLASS_COUNT + 1)], 1), verdictsFor(own)),
  ];
}

/**
 * Describes one picture: the five likeliest classes, and what may be said of it.
 * @param output logits and embeddings of 1 to 3 views.
 * @param own a person's own allow and deny lists, and how sure it must be.
 * @throws RangeError without a view.
 */
export function describe(
  output: ModelOutput,
  { width, height, pixels }: PictureFacts,
  own: OwnChoices = {},
): Description {
  const { temperature, thresholds, photoModel } = calibrationOf(
    output.variant,
    output.logits.length,
  );
  const probabilities = classProbabilities(output.logits, temperature);
  const predictions = topClasses(probabilities);
  const silent = (silence: Silence, guess: Guess | null = null): Description => ({
    predictions,
    hint: null,
    guess,
    silence,
    draft: null,
  });

  if (isTooSmall(width, height)) return silent('too-small');
  if (photoScore(photoEvidence(pixels, output.embeddings), photoModel) <= 0) {
    return silent('not-a-photo');
  }
  const { candidates, guess, isDenied } = sayableNodes(probabilities, verdictsFor(own));
  const { minimumConfidence = 0 } = own;
  const hint = chooseHint(candidates, {
    leaf: Math.max(thresholds.leaf, minimumConfidence),
    kind: Math.max(thresholds.kind, minimumConfidence),
  });
  if (hint !== null) {
    const { node, label, probability, bits } = hint;
    return {
      predictions,
      hint: { synset: synsetOf(node), label: label.name, text: hintText(label), probability, bits },
      guess: null,
      silence: null,
      draft: draftText(label),
    };
  }
  if (isDenied) return silent('denied');
  if (guess === null) return silent('unsure');
  const { node, label, probability } = guess;
  return silent('unsure', {
    synset: synsetOf(node),
    label: label.name,
    text: guessText(label),
    probability,
  });
}
