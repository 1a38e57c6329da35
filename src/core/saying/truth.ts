/**
 * How likely is a node true of a picture, if the picture may also show what the model has never met? The mass
 * of a node alone does not tell: with its true class taken away the model gives all mass to the relatives,
 * as surely as ever. A logistic model of six things at hand tells better, fitted by `npm run calibrate` on
 * photos and on the same photos with the true class taken away.
 */
import { lazy } from '../lazy';
import type { Look } from '../look/look';
import { fromBase64 } from '../teaching/base64';
import { PACKED_KIN } from './kin.generated';
import { classCountOf, lineOf } from './taxonomy';

/** What speaks for or against a node. */
export interface TruthEvidence {
  /** Log odds of its mass. */
  odds: number;
  /** 1 for a class or an ancestor of one class only, 0 for a kind of several. */
  precise: number;
  /** What its name tells, bits. */
  bits: number;
  /**
   * How far the likeliest class outside is ahead of the five after it, log probabilities: who knows the
   * subject has one rival in mind, who does not has many.
   */
  rival: number;
  /** How alike the likeliest class and its closest relative are to the model, cosine of their weights, 0-1. */
  kin: number;
  /** Length of the features: loud features make large logits of anything. */
  loudness: number;
}

/** A logistic model of the evidence: `bias + sum(weight * evidence)`, above 0 for what is likelier true than not. */
export interface TruthModel extends TruthEvidence {
  bias: number;
}

export const TRUTH_EVIDENCE = ['odds', 'precise', 'bits', 'rival', 'kin', 'loudness'] as const;

/** A look leaves out what is less likely: no class counts as less. */
const LEAST_PROBABILITY = 1e-4;

/** So many classes after the rival are compared with it. */
const AFTER_RIVAL = 5;

const kinOf = lazy((): Uint8Array => fromBase64(PACKED_KIN) ?? new Uint8Array());

/** The length of the features of a look. */
export function loudnessOf({ values, scale }: Look['embedding']): number {
  return scale * Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/**
 * What speaks for or against each node of one picture.
 * @param probabilities 1,000 calibrated values in class order
 * @param loudness of the picture's features
 */
export function truthEvidenceOf(
  probabilities: Float64Array,
  loudness: number,
): (choice: { node: number; probability: number; bits: number }) => TruthEvidence {
  const byProbability = Array.from(probabilities.keys())
    .filter((classIndex) => (probabilities[classIndex] ?? 0) > LEAST_PROBABILITY)
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const kin = (kinOf()[byProbability[0] ?? 0] ?? 0) / 255;

  function rivalOf(node: number): number {
    const outside: number[] = [];
    for (const classIndex of byProbability) {
      if (outside.length > AFTER_RIVAL) break;
      if (lineOf(classIndex).includes(node)) continue;
      outside.push(Math.log(probabilities[classIndex] ?? 0));
    }
    while (outside.length <= AFTER_RIVAL) outside.push(Math.log(LEAST_PROBABILITY));
    const [rival = 0, ...after] = outside;
    return rival - after.reduce((sum, value) => sum + value, 0) / AFTER_RIVAL;
  }

  return ({ node, probability, bits }) => {
    const held = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
    return {
      odds: Math.log(held / (1 - held)),
      precise: classCountOf(node) === 1 ? 1 : 0,
      ...{ bits, rival: rivalOf(node), kin, loudness },
    };
  };
}

/** How likely what speaks for the node makes it true, 0-1, where unknown subjects are nearly as many as known ones. */
export function chanceOfTruth(evidence: TruthEvidence, model: TruthModel): number {
  const score = TRUTH_EVIDENCE.reduce(
    (sum, name) => sum + model[name] * evidence[name],
    model.bias,
  );
  return 1 / (1 + Math.exp(-score));
}
