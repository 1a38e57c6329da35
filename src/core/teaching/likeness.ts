/**
 * How like two pictures are, by what the model saw: how far its classes agree, and its features. Classes
 * carry what the model was taught of kinds, so that few examples make one; features tell this cup from
 * that one. `npm run evaluate -- --teach` prints both alone, and together.
 */
import { lazy } from '../lazy';
import { type Look, probabilitiesOf } from '../look/look';
import { CLASS_COUNT, type ModelVariant } from '../saying/prediction';
import { fromBase64 } from './base64';
import { MEAN_FEATURES } from './mean-features.generated';
import { featureCount, type Sight } from './own-label';

/** What 1 is at 16 bits. */
export const WHOLE_16 = 65_535;
/** Roots under this are left out: of probabilities under 1e-4, as in a look. */
export const LEAST_ROOT = 0.01;

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

/** See `npm run mean-features`. @returns one value a feature, in the model's units */
export function meanFeatures(variant: ModelVariant): Float32Array {
  return means[variant]();
}

const squares: Partial<Record<ModelVariant, number>> = {};

function meanSquare(variant: ModelVariant): number {
  return (squares[variant] ??= meanFeatures(variant).reduce(
    (sum, value) => sum + value * value,
    0,
  ));
}

export function measured(sight: Sight): Measured {
  const { values, scale } = sight.embedding;
  const mean = meanFeatures(sight.variant);
  let along = 0;
  let square = 0;
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

/** The roots of a sight by class; see `agreement`. */
function spreadRoots({ classes, roots }: Sight): Float32Array {
  const spread = new Float32Array(CLASS_COUNT);
  for (let place = 0; place < classes.length; place += 1) {
    spread[classes[place] ?? 0] = (roots[place] ?? 0) / WHOLE_16;
  }
  return spread;
}

/** A sight that many others are compared with. */
export interface Asked extends Measured {
  /** See `agreement`. */
  roots: Float32Array;
}

export function askedOf(one: Measured): Asked {
  return { ...one, roots: spreadRoots(one.sight) };
}

/**
 * Apart from what it is called from: objects of several forms come there, and V8 would look at each value of a
 * list as if it might be of several kinds, which takes four times as long.
 */
function productOf(values: Uint8Array, others: Uint8Array): number {
  let product = 0;
  for (let place = 0; place < values.length; place += 1) {
    // Of bytes: exact in 32 bits.
    product = (product + Math.imul(others[place] ?? 0, values[place] ?? 0)) | 0;
  }
  return product;
}

/** The cosine of the features of two sights of one model, without what photos have in common: -1 to 1. */
export function alikeness(asked: Asked, other: Measured): number {
  const { values, scale } = asked.sight.embedding;
  const { values: others, scale: otherScale } = other.sight.embedding;
  const centred =
    productOf(values, others) * scale * otherScale -
    asked.alongMean -
    other.alongMean +
    meanSquare(asked.sight.variant);
  return centred / (asked.length * other.length);
}

/** How like two sights are: classes, 0-1, and features, -1 to 1. */
export interface Likeness {
  agreed: number;
  alike: number;
}

export function compare(asked: Asked, other: Measured): Likeness {
  const agreed = agreement(asked.roots, other.sight);
  return { agreed, alike: agreed < LEAST_AGREEMENT ? 0 : alikeness(asked, other) };
}
