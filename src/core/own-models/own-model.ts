/** Image classifiers that a person brings along. */
import {
  isBoolean,
  listOf,
  oneOf,
  orNull,
  shapeOf,
  textLike,
  textUpTo,
  wholeFrom,
  type Check,
} from '../check';
import { isOwnName } from '../teaching/own-label';
import { MAX_MODEL_LABEL } from './own-answer';

/** Of all files of a model together. */
export const MAX_MODEL_BYTES = 64 * 1024 * 1024;
export const MAX_MODEL_LABELS = 2000;
/** Sites that a model is for. */
export const MAX_MODEL_SITES = 50;
/** Of the input, pixels; four times that of most classifiers. */
export const MAX_INPUT_SIDE = 1024;

/**
 * What a byte of a picture becomes: `teachable` x / 127 - 1, as in Teachable Machine's own library;
 * `signed` x / 127.5 - 1; `unit` x / 255.
 */
export const VALUE_RANGES = ['teachable', 'signed', 'unit'] as const;
export type ValueRange = (typeof VALUE_RANGES)[number];

/** What a model takes: `[1, height, width, channels]`. */
export interface ModelInput {
  /** Pixels. */
  width: number;
  height: number;
  /** 1: grey. */
  channels: 1 | 3;
  range: ValueRange;
}

export interface OwnModel {
  /** `m` and eight hex digits. */
  id: string;
  name: string;
  format: 'layers-model' | 'graph-model';
  labels: string[];
  input: ModelInput;
  /** Are the outputs probabilities as they come? Else a softmax makes such of them. */
  isProbability: boolean;
  /** Of all its files. */
  bytes: number;
  isOn: boolean;
  /** Origins that it speaks on; none: on all. */
  sites: string[];
  /** On sites that it was chosen for: does it speak instead of the built-in model, not beside it? */
  isInstead: boolean;
  /** `Date.now()`. */
  addedAt: number;
  /** `Date.now()` of when the person deleted it, which can be undone for a while; null where it is there. */
  deletedAt: number | null;
}

export const isModelId = textLike(/^m[0-9a-f]{8}$/);

const isSide = wholeFrom(1, MAX_INPUT_SIDE);
const isTime = wholeFrom(0, Number.MAX_SAFE_INTEGER);
const isLabel: Check<string> = textUpTo(MAX_MODEL_LABEL);

export const isOwnModel: Check<OwnModel> = shapeOf({
  ...{ id: isModelId, name: isOwnName, format: oneOf('layers-model', 'graph-model') },
  labels: listOf(isLabel, MAX_MODEL_LABELS),
  input: shapeOf({
    ...{ width: isSide, height: isSide, channels: oneOf(1, 3), range: oneOf(...VALUE_RANGES) },
  }),
  ...{ isProbability: isBoolean, bytes: wholeFrom(0, MAX_MODEL_BYTES), isOn: isBoolean },
  ...{ sites: listOf(textUpTo(300), MAX_MODEL_SITES), isInstead: isBoolean },
  ...{ addedAt: isTime, deletedAt: orNull(isTime) },
});

/** Does a model that is on speak on a site? @param site its origin; null where it cannot be told, and for files */
export function speaksOn({ isOn, sites, deletedAt }: OwnModel, site: string | null): boolean {
  if (!isOn || deletedAt !== null) return false;
  return sites.length === 0 || (site !== null && sites.includes(site));
}

/** Was a model chosen for this very site? On such it labels pictures that nobody asked for, too. */
export function isChosenFor(model: OwnModel, site: string | null): boolean {
  return model.sites.length > 0 && speaksOn(model, site);
}

/** Does what a model says stand in the place of what the built-in one says there? */
export function isInsteadOn(model: OwnModel, site: string | null): boolean {
  return model.isInstead && isChosenFor(model, site);
}

/** The id of a new model. @param random 4 bytes */
export function modelId(random: Uint8Array): string {
  return `m${Array.from(random.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Probabilities of a model's outputs.
 * @returns null where a number is infinite or none
 */
export function probabilitiesOf(
  outputs: Float32Array,
  isProbability: boolean,
): Float32Array | null {
  if (!outputs.every((value) => Number.isFinite(value))) return null;
  if (isProbability) return outputs.map((value) => Math.min(1, Math.max(0, value)));
  const most = outputs.reduce((one, other) => Math.max(one, other), -Infinity);
  const powers = outputs.map((value) => Math.exp(value - most));
  const sum = powers.reduce((one, other) => one + other, 0);
  return powers.map((power) => power / sum);
}

/** Are these a share of 1 for each label? */
export function isDistribution(outputs: Float32Array): boolean {
  const sum = outputs.reduce((one, other) => one + other, 0);
  return outputs.every((value) => value >= 0 && value <= 1.001) && Math.abs(sum - 1) < 0.01;
}
