/** What a person teaches: names of their own, with pictures as the model saw them. */
import {
  isBoolean,
  listOf,
  numberFrom,
  oneOf,
  orNull,
  shapeOf,
  textLike,
  textUpTo,
  wholeFrom,
  type Check,
} from '../check';
import { isPictureName } from '../saying/prediction-checks';
import { CLASS_COUNT, MODEL_VARIANTS, type ModelVariant } from '../saying/prediction';

/** More than a person teaches in years: of examples about 2 kB each, all of them in the worker's memory. */
export const MAX_OWN_LABELS = 500;
export const MAX_OWN_EXAMPLES = 5000;
/** Of a name, UTF-16 units: with its hedge still one line. */
export const MAX_OWN_NAME = 80;

/** What is kept of a look to compare others with: about 1.2 kB. */
export interface Sight {
  /** Whose features these are; those of another model are not to be compared. */
  variant: ModelVariant;
  /** The model's features as a look has them; a value is `scale` times its byte. */
  embedding: { values: Uint8Array; scale: number };
  /** Roots of the calibrated probabilities of the classes that are not next to impossible, in class order; 65,535 is 1. */
  classes: Uint16Array;
  roots: Uint16Array;
}

export interface OwnLabel {
  /** `u` and eight hex digits: stands wherever a label is named by its synset. */
  id: string;
  /** As the person wrote it, for a sentence: without article, without hedge. */
  name: string;
  /** The WordNet node that the person meant, whose words are said then; null for a name of their own. */
  synset: string | null;
  isOn: boolean;
}

export interface OwnExample {
  /** Eight hex digits. */
  id: string;
  /** Id of its label. */
  label: string;
  /** See `pictureHash`. */
  picture: string;
  sight: Sight;
  /** `Date.now()`. */
  addedAt: number;
  /** Address of the page where it was met; empty for a file. */
  page: string;
}

/** All that was taught. */
export interface Taught {
  labels: readonly OwnLabel[];
  examples: readonly OwnExample[];
}

const MODEL_FEATURES = { accurate: 1024, fast: 512 } as const satisfies Record<
  ModelVariant,
  number
>;

/** How many features a model gives. */
export function featureCount(variant: ModelVariant): number {
  return MODEL_FEATURES[variant];
}

/** Eight hex digits, of random bytes. @param bytes at least 4 */
function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The id of a new label. @param random 4 bytes */
export function labelId(random: Uint8Array): string {
  return `u${hexOf(random)}`;
}

/** The id of a new example. @param random 4 bytes */
export function exampleId(random: Uint8Array): string {
  return hexOf(random);
}

/** A name as it is kept: one line, single spaces, composed letters; empty where nothing is left of it. */
export function tidyName(written: string): string {
  return written
    .slice(0, MAX_OWN_NAME * 4)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_OWN_NAME)
    .trim();
}

/** By which two names are one: case and width of letters aside. */
export function nameKey(name: string): string {
  return tidyName(name).normalize('NFKC').toLowerCase();
}

export const isOwnId = textLike(/^u[0-9a-f]{8}$/);
export const isExampleId = textLike(/^[0-9a-f]{8}$/);
export const isWordNetSynset = textLike(/^n\d{8}$/);

export const isOwnName: Check<string> = (value): value is string =>
  typeof value === 'string' && value !== '' && tidyName(value) === value;

export const isOwnLabel: Check<OwnLabel> = shapeOf({
  ...{ id: isOwnId, name: isOwnName, synset: orNull(isWordNetSynset), isOn: isBoolean },
});

const isBytes: Check<Uint8Array> = (value): value is Uint8Array => value instanceof Uint8Array;

const isWords16: Check<Uint16Array> = (value): value is Uint16Array => value instanceof Uint16Array;

const isShapedSight: Check<Sight> = shapeOf({
  variant: oneOf(...MODEL_VARIANTS),
  // A scale of 0 stands for features that are all asleep.
  embedding: shapeOf({ values: isBytes, scale: numberFrom(0, 1e6) }),
  ...{ classes: isWords16, roots: isWords16 },
});

export const isSight: Check<Sight> = (value): value is Sight => {
  if (!isShapedSight(value)) return false;
  const { variant, embedding, classes, roots } = value;
  return (
    embedding.values.length === featureCount(variant) &&
    classes.length === roots.length &&
    classes.every((each, place) => each < CLASS_COUNT && each > (classes[place - 1] ?? -1))
  );
};

export const isOwnExample: Check<OwnExample> = shapeOf({
  ...{ id: isExampleId, label: isOwnId, picture: isPictureName, sight: isSight },
  addedAt: wholeFrom(0, Number.MAX_SAFE_INTEGER),
  page: textUpTo(2048),
});

export const areOwnIds = listOf(isOwnId, MAX_OWN_LABELS);
