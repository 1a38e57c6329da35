/**
 * Is this a photo, of the sort the model knows? Charts, screenshots, documents, logos and the like
 * get confident answers from the model too, so its own doubt is not enough: what gives them away is
 * how their pixels lie, and how few of the model's features they wake.
 */
import type { PixelCounts } from './pixel-counts';

/** A feature under this is asleep; waking ones lie around 1. */
const ASLEEP_BELOW = 0.05;

/** Shares are weighed by their log odds, and no share counts as surer than this. */
const SUREST_SHARE = 0.999;

/** What its pixels say for or against a photo; shares, 0-1. */
export interface PixelEvidence {
  /** Neighbouring pixels that differ a little: shading, grain, texture. */
  texture: number;
  /** Texture among all that is not flat: an object before a plain backdrop keeps it, an outline has none. */
  softness: number;
  /** What the eight next colours cover of all that is not the commonest colour. */
  palette: number;
}

/** What speaks for or against a photo; shares, 0-1. */
export interface PhotoEvidence extends PixelEvidence {
  /** Values of the embedding that are asleep, mean over views. */
  asleep: number;
}

/** A logistic model of the evidence: `bias + sum(weight * logOdds(share))`, above 0 for a photo. */
export interface PhotoModel extends PhotoEvidence {
  bias: number;
}

/** Of the whole picture as it travelled to the worker. */
export function pixelEvidence({ width, height, ...counts }: PixelCounts): PixelEvidence {
  const { uneven, edges, commonestColour, nextColours } = counts;
  const pairs = height * (width - 1) + width * (height - 1);
  const texture = uneven - edges;
  const rest = width * height - commonestColour;
  return {
    texture: texture / Math.max(1, pairs),
    softness: texture / Math.max(1, uneven),
    palette: rest === 0 ? 1 : nextColours / rest,
  };
}

/**
 * Adds what the model's features say.
 * @param embeddings the model's averaged features, one list a view.
 */
export function photoEvidence(
  pixels: PixelEvidence,
  embeddings: readonly Float32Array[],
): PhotoEvidence {
  let asleep = 0;
  let values = 0;
  for (const embedding of embeddings) {
    for (const value of embedding) if (value < ASLEEP_BELOW) asleep += 1;
    values += embedding.length;
  }
  return { ...pixels, asleep: asleep / Math.max(1, values) };
}

/** Natural logarithm of share / (1 - share), held within the odds of SUREST_SHARE. */
export function logOdds(share: number): number {
  const held = Math.min(SUREST_SHARE, Math.max(1 - SUREST_SHARE, share));
  return Math.log(held / (1 - held));
}

/** How far the evidence speaks for a photo, in log odds: above 0 it is one. */
export function photoScore(evidence: PhotoEvidence, model: PhotoModel): number {
  return (
    model.bias +
    model.texture * logOdds(evidence.texture) +
    model.softness * logOdds(evidence.softness) +
    model.palette * logOdds(evidence.palette) +
    model.asleep * logOdds(evidence.asleep)
  );
}
