/**
 * Where in a picture a label comes from: the class activation map (Zhou et al. 2016, "Learning Deep
 * Features for Discriminative Localization", arXiv:1512.04150), and its place in a word.
 */
import { classesOf } from '../saying/taxonomy';
import type { Direction } from '../teaching/own-match';
import { type Classifier, type FeatureMap, logitOf, meanOf, weightsOf } from './feature-map';

/** Parts of a picture as a person names them. */
export const PICTURE_PARTS = [
  ...(['upper_left', 'top', 'upper_right'] as const),
  ...(['left', 'middle', 'right'] as const),
  ...(['lower_left', 'bottom', 'lower_right'] as const),
  'all',
] as const;
export type PicturePart = (typeof PICTURE_PARTS)[number];

/** What is brightest where the label comes from most. */
export interface Heat {
  /** Places a row and a column; the whole picture, whatever its shape, is this square. */
  side: number;
  /** Row by row, 0-255; the highest is 255, or all are 0 where nothing speaks for the label. */
  values: number[];
}

export interface Where extends Heat {
  /** In which part of the picture it mostly is; null where nothing speaks for the label. */
  part: PicturePart | null;
}

const WHOLE = 255;
/** Below this share of the highest value a place says little (Zhou et al. cut there for their boxes). */
const LEAST_SHARE = 0.2;
/** From the middle of a picture, 0.5, a centre is so far off at least to be at a side. */
const OFF_CENTRE = 0.1;
/** Over so much of the picture no part of it is meant. */
const SPREAD_SHARE = 0.6;

/**
 * What weights on the features come to at each place, `side * side` values row by row: their mean is what
 * the logit is without its bias.
 * @param weights one a channel
 */
export function activationOf(
  { side, channels, values }: FeatureMap,
  weights: Float32Array,
): Float32Array {
  return Float32Array.from({ length: side * side }, (_, place) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += (values[place * channels + channel] ?? NaN) * (weights[channel] ?? NaN);
    }
    return sum;
  });
}

/**
 * The weights of a node: those of its classes by the share of each in the node's probability, as the map
 * itself has it.
 */
export function nodeWeights(map: FeatureMap, classifier: Classifier, node: number): Float32Array {
  const mean = meanOf(map);
  const classes = classesOf(node);
  const logits = classes.map((classIndex) => logitOf(classifier, classIndex, mean));
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  const weights = new Float32Array(map.channels);
  classes.forEach((classIndex, place) => {
    const share = (powers[place] ?? 0) / sum;
    // Of a wide kind nearly all classes are next to impossible.
    if (share < 1e-4) return;
    weightsOf(classifier, classIndex).forEach((weight, channel) => {
      weights[channel] = (weights[channel] ?? 0) + share * weight;
    });
  });
  return weights;
}

/** What speaks for the label, and how much of the most that does. */
export function heatOf(activation: Float32Array, side: number): Heat {
  const highest = Math.max(...activation);
  const values = Array.from(activation, (value) => {
    const share = highest > 0 ? value / highest : 0;
    return share < LEAST_SHARE ? 0 : Math.round(share * WHOLE);
  });
  return { side, values };
}

/** The heat's centre of mass, 0-1 from the left and the top edge; null where there is none. */
export function centreOf({ side, values }: Heat): { x: number; y: number } | null {
  let [x, y, mass] = [0, 0, 0];
  values.forEach((value, place) => {
    x += value * ((place % side) + 0.5);
    y += value * (Math.floor(place / side) + 0.5);
    mass += value;
  });
  return mass === 0 ? null : { x: x / mass / side, y: y / mass / side };
}

/** The part of the picture that a listener is told. */
export function partOf(heat: Heat): PicturePart | null {
  const centre = centreOf(heat);
  if (centre === null) return null;
  const hot = heat.values.filter((value) => value > WHOLE / 2).length;
  if (hot >= SPREAD_SHARE * heat.values.length) return 'all';
  const third = (at: number): 0 | 1 | 2 =>
    at < 0.5 - OFF_CENTRE ? 0 : at > 0.5 + OFF_CENTRE ? 2 : 1;
  return PICTURE_PARTS[third(centre.y) * 3 + third(centre.x)] ?? null;
}

/**
 * Where a label comes from that a person taught: the same map, of the direction in which features are like its
 * examples.
 */
export function whereOfOwn(map: FeatureMap, { weights, mean }: Direction): Where {
  const common = mean.reduce((sum, value, channel) => sum + value * (weights[channel] ?? 0), 0);
  const activation = activationOf(map, weights).map((value) => value - common);
  const heat = heatOf(activation, map.side);
  return { ...heat, part: partOf(heat) };
}

/** Where a node comes from, on the model's last map of the whole picture. */
export function whereOf(map: FeatureMap, classifier: Classifier, node: number): Where {
  const heat = heatOf(activationOf(map, nodeWeights(map, classifier, node)), map.side);
  return { ...heat, part: partOf(heat) };
}
