/**
 * What the model saw of one picture, without words, settings or person: all that `say` needs to speak
 * of the picture in any voice, in about 1.1 kB.
 */
import { calibrationOf, classProbabilities } from '../saying/calibration';
import {
  CLASS_COUNT,
  MODEL_VARIANTS,
  type ModelVariant,
  type ViewCount,
} from '../saying/prediction';
import { photoEvidence, type PhotoEvidence, type PixelEvidence } from './evidence';

/**
 * Stands for the bytes of a packed look, and for all that a look is made by: how views are cut, what is
 * counted in the pixels, the temperatures of the calibration. Whoever changes one of these counts it up,
 * and every look that was kept before is made anew.
 */
export const LOOK_FORMAT = 2;

/** So many of the likeliest classes are kept exactly. */
const EXACT_CLASSES = 5;
/** Classes under this are left out: a thousand of them would be a tenth of the mass, and are never said. */
const LEAST_PROBABILITY = 1e-4;
/** A rounding error over 1. */
const MOST_PROBABILITY = 1.000001;
/** What 1 is at 16 and at 8 bits. */
const WHOLE_16 = 65_535;
const WHOLE_8 = 255;

/** The calibrated probability of one class, 0-1. */
export interface ClassProbability {
  /** ImageNet-1k class index, 0-999. */
  classIndex: number;
  probability: number;
}

export interface Look {
  variant: ModelVariant;
  /** How many were looked at: fewer than were allowed where the first was enough. */
  views: ViewCount;
  evidence: PhotoEvidence;
  /** The five likeliest classes exactly, likeliest first. */
  likeliest: readonly ClassProbability[];
  /** All other classes that are not next to impossible, in class order. */
  others: { classes: Uint16Array; /** At 16 bits: 65,535 is 1. */ probabilities: Uint16Array };
  /** The model's globally averaged features, the mean over the views; a value is `scale` times its byte. */
  embedding: { values: Uint8Array; scale: number };
}

/** What the model gives for the views of one picture, 1 to 3 of them, in the same order in both lists. */
export interface ModelViews {
  variant: ModelVariant;
  /** 1,001 values a view; output 0 is `background`, class index = output index - 1. */
  logits: readonly Float32Array[];
  /** The globally averaged features, one list of values a view. */
  embeddings: readonly Float32Array[];
  /** Of the whole picture as it travelled to the worker. */
  pixels: PixelEvidence;
}

/** The likeliest classes, likeliest first; of equal ones the first in class order. */
function likeliestOf(probabilities: Float64Array): ClassProbability[] {
  const top: ClassProbability[] = [];
  probabilities.forEach((probability, classIndex) => {
    const last = top.at(-1);
    if (top.length === EXACT_CLASSES && last !== undefined && probability <= last.probability) {
      return;
    }
    const place = top.findIndex((each) => each.probability < probability);
    top.splice(place === -1 ? top.length : place, 0, { classIndex, probability });
    top.length = Math.min(top.length, EXACT_CLASSES);
  });
  return top;
}

function othersOf(
  probabilities: Float64Array,
  likeliest: readonly ClassProbability[],
): Look['others'] {
  const exact = new Set(likeliest.map(({ classIndex }) => classIndex));
  const classes: number[] = [];
  probabilities.forEach((probability, classIndex) => {
    if (probability > LEAST_PROBABILITY && !exact.has(classIndex)) classes.push(classIndex);
  });
  return {
    classes: Uint16Array.from(classes),
    probabilities: Uint16Array.from(classes, (classIndex) =>
      Math.round((probabilities[classIndex] ?? 0) * WHOLE_16),
    ),
  };
}

/** The mean of the embeddings at 8 bits. Features are never negative: the model ends in a ReLU. */
function embeddingOf(embeddings: readonly Float32Array[]): Look['embedding'] {
  const mean = new Float32Array(embeddings[0]?.length ?? 0);
  for (const embedding of embeddings) {
    for (let place = 0; place < mean.length; place += 1) {
      mean[place] = (mean[place] ?? 0) + (embedding[place] ?? 0) / embeddings.length;
    }
  }
  let highest = 0;
  for (const value of mean) if (value > highest) highest = value;
  const scale = Math.fround(highest / WHOLE_8);
  const values = Uint8Array.from(mean, (value) =>
    scale === 0 ? 0 : Math.min(WHOLE_8, Math.max(0, Math.round(value / scale))),
  );
  return { values, scale };
}

/**
 * The look that comes of what the model gives for 1 to 3 views. Probabilities are calibrated here, by
 * model and number of views: that is a matter of the model, and of nobody who asks.
 * @throws RangeError without a view.
 */
export function makeLook({ variant, logits, embeddings, pixels }: ModelViews): Look {
  const { temperature } = calibrationOf(variant, logits.length);
  const probabilities = classProbabilities(logits, temperature);
  const likeliest = likeliestOf(probabilities);
  return {
    variant,
    views: logits.length as ViewCount,
    evidence: photoEvidence(pixels, embeddings),
    likeliest,
    others: othersOf(probabilities, likeliest),
    embedding: embeddingOf(embeddings),
  };
}

/**
 * 1,000 probabilities in class order, which sum to 1; of a class that the look leaves out, 0. What these
 * had together goes to the others by their shares: they lie where those lie, among the like.
 */
export function probabilitiesOf({ likeliest, others }: Look): Float64Array {
  const exact = likeliest.reduce((sum, { probability }) => sum + probability, 0);
  const counted = others.probabilities.reduce((sum, value) => sum + value, 0);
  const unit = counted === 0 ? 0 : Math.max(0, 1 - exact) / counted;
  const probabilities = new Float64Array(CLASS_COUNT);
  others.classes.forEach((classIndex, place) => {
    probabilities[classIndex] = (others.probabilities[place] ?? 0) * unit;
  });
  for (const { classIndex, probability } of likeliest) probabilities[classIndex] = probability;
  return probabilities;
}

const HEAD_BYTES = 4;
const EVIDENCE = ['texture', 'softness', 'palette', 'asleep'] as const;
const EXACT_BYTES = 2 + 8;

/** A look as bytes, about 1.1 kB; see `unpackLook`. */
export function packLook({
  variant,
  views,
  evidence,
  likeliest,
  others,
  embedding,
}: Look): Uint8Array {
  const { classes, probabilities } = others;
  const { values, scale } = embedding;
  const bytes = new Uint8Array(
    HEAD_BYTES +
      EVIDENCE.length * 8 +
      likeliest.length * EXACT_BYTES +
      (2 + classes.length * 4) +
      (4 + 2 + values.length),
  );
  const view = new DataView(bytes.buffer);
  bytes.set([LOOK_FORMAT, MODEL_VARIANTS.indexOf(variant), views, likeliest.length]);
  let at = HEAD_BYTES;
  for (const name of EVIDENCE) {
    view.setFloat64(at, evidence[name], true);
    at += 8;
  }
  for (const { classIndex, probability } of likeliest) {
    view.setUint16(at, classIndex, true);
    view.setFloat64(at + 2, probability, true);
    at += EXACT_BYTES;
  }
  view.setUint16(at, classes.length, true);
  at += 2;
  classes.forEach((classIndex, place) => {
    view.setUint16(at, classIndex, true);
    view.setUint16(at + 2, probabilities[place] ?? 0, true);
    at += 4;
  });
  view.setFloat32(at, scale, true);
  view.setUint16(at + 4, values.length, true);
  bytes.set(values, at + 6);
  return bytes;
}

/** The look in these bytes, bit for bit as it was packed; null where they are of another format or no look. */
export function unpackLook(bytes: Uint8Array): Look | null {
  const [format, variantPlace = -1, views, exact = 0] = bytes;
  const variant = MODEL_VARIANTS[variantPlace];
  if (format !== LOOK_FORMAT || variant === undefined) return null;
  if ((views !== 1 && views !== 2 && views !== 3) || exact !== EXACT_CLASSES) return null;
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = HEAD_BYTES;
    const next = (length: number): number => {
      at += length;
      return at - length;
    };
    const float64 = (): number => view.getFloat64(next(8), true);
    const uint16 = (): number => view.getUint16(next(2), true);
    const evidence = {
      ...{ texture: float64(), softness: float64() },
      ...{ palette: float64(), asleep: float64() },
    };
    const likeliest = Array.from({ length: exact }, () => ({
      classIndex: uint16(),
      probability: float64(),
    }));
    const count = uint16();
    const [classes, probabilities] = [new Uint16Array(count), new Uint16Array(count)];
    for (let place = 0; place < count; place += 1) {
      classes[place] = uint16();
      probabilities[place] = uint16();
    }
    const scale = view.getFloat32(next(4), true);
    const length = uint16();
    if (at + length !== bytes.length) return null;
    const isClass = (classIndex: number): boolean => classIndex < CLASS_COUNT;
    if (!likeliest.every((each) => isClass(each.classIndex)) || !classes.every(isClass))
      return null;
    // Numbers that are none would be said as such.
    const isShare = ({ probability }: ClassProbability): boolean =>
      probability >= 0 && probability <= MOST_PROBABILITY;
    const isScale = scale >= 0 && Number.isFinite(scale);
    if (!likeliest.every(isShare) || !Object.values(evidence).every(Number.isFinite) || !isScale)
      return null;
    const embedding = { values: bytes.slice(at), scale };
    return { variant, views, evidence, likeliest, others: { classes, probabilities }, embedding };
  } catch (error) {
    // The bytes end early.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
