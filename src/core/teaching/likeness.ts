/**
 * How like two pictures are, by what the model saw: how far its classes agree, and its features. Classes
 * carry what the model was taught of kinds, so that few examples make one; features tell this cup from
 * that one. `npm run evaluate -- --teach` prints both alone, and together.
 */
import { lazy } from '../lazy';
import { type Look, probabilitiesOf } from '../look/look';
import type { ModelVariant } from '../saying/prediction';
import { fromBase64 } from './base64';
import { MEAN_FEATURES } from './mean-features.generated';
import { featureCount, type Sight } from './own-label';

const WHOLE_16 = 65_535;
/** Roots under this are left out: of probabilities under 1e-4, as in a look. */
const LEAST_ROOT = 0.01;

/**
 * Under this agreement of classes features are not compared any more: nothing that is like enough by
 * both lies below, and thousands of examples would take milliseconds.
 */
export const LEAST_AGREEMENT = 0.12;

/** What is kept of a look to compare others with. */
export function sightOf(look: Look): Sight {
  const classes: number[] = [];
  const roots: number[] = [];
  probabilitiesOf(look).forEach((probability, classIndex) => {
    const root = Math.sqrt(probability);
    if (root < LEAST_ROOT) return;
    classes.push(classIndex);
    roots.push(Math.min(WHOLE_16, Math.round(root * WHOLE_16)));
  });
  const { variant, embedding } = look;
  return { variant, embedding, classes: Uint16Array.from(classes), roots: Uint16Array.from(roots) };
}

/** The mean features of photos (`npm run mean-features`); what all photos share tells none from another. */
const means: Record<ModelVariant, () => Float32Array> = {
  accurate: lazy(() => meanOf('accurate')),
  fast: lazy(() => meanOf('fast')),
};

function meanOf(variant: ModelVariant): Float32Array {
  const { packed, scale } = MEAN_FEATURES[variant];
  const bytes = fromBase64(packed) ?? new Uint8Array(featureCount(variant));
  return Float32Array.from(bytes, (value) => value * scale);
}

/** A sight with what every comparison of it needs. */
export interface Measured {
  sight: Sight;
  /** Product with the mean features, and length once these are taken off. */
  alongMean: number;
  length: number;
}

const squares: Partial<Record<ModelVariant, number>> = {};

function meanSquare(variant: ModelVariant): number {
  return (squares[variant] ??= means[variant]().reduce((sum, value) => sum + value * value, 0));
}

export function measured(sight: Sight): Measured {
  const { values, scale } = sight.embedding;
  const mean = means[sight.variant]();
  let [along, square] = [0, 0];
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place] ?? 0;
    along += value * (mean[place] ?? 0);
    square += value * value;
  }
  const alongMean = along * scale;
  const left = square * scale * scale - 2 * alongMean + meanSquare(sight.variant);
  return { sight, alongMean, length: Math.sqrt(Math.max(left, Number.MIN_VALUE)) };
}

/**
 * How far the classes of two sights agree, 0-1: the Bhattacharyya coefficient of their probabilities.
 * @param roots of one of them, by class, 0-1: 1,000 values
 */
export function agreement(roots: Float32Array, { classes, roots: others }: Sight): number {
  let sum = 0;
  for (let place = 0; place < classes.length; place += 1) {
    sum += (roots[classes[place] ?? 0] ?? 0) * (others[place] ?? 0);
  }
  return sum / WHOLE_16;
}

/** The roots of a sight by class; see `agreement`. @param into 1,000 values, of zeros */
export function spreadRoots({ classes, roots }: Sight, into: Float32Array): Float32Array {
  for (let place = 0; place < classes.length; place += 1) {
    into[classes[place] ?? 0] = (roots[place] ?? 0) / WHOLE_16;
  }
  return into;
}

/** The cosine of the features of two sights of one model, without what photos have in common: -1 to 1. */
export function alikeness(one: Measured, other: Measured): number {
  const { values: a, scale: scaleA } = one.sight.embedding;
  const { values: b, scale: scaleB } = other.sight.embedding;
  let product = 0;
  for (let place = 0; place < a.length; place += 1) product += (a[place] ?? 0) * (b[place] ?? 0);
  const centred =
    product * scaleA * scaleB - one.alongMean - other.alongMean + meanSquare(one.sight.variant);
  return centred / (one.length * other.length);
}
