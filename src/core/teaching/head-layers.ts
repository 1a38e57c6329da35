/**
 * The head of own labels as layers that every TensorFlow.js knows, so that a model that was exported gives
 * the answers of `fitOwnHead`: likeness to each example, thresholds, and copies before all. Output 0 stands
 * for none of the labels.
 */
import {
  floats,
  type LayersWriter,
  type PackedWeight,
  packed16,
} from '../own-models/layers-writer';
import { CLASS_COUNT, type ModelVariant } from '../saying/prediction';
import type { Classifier } from '../where/feature-map';
import { LEAST_AGREEMENT, LEAST_ROOT, meanFeatures, WHOLE_16 } from './likeness';
import { COPY_AGREEMENT, COPY_ALIKENESS, type FittedLabel, SHARPNESS } from './own-head';

/** A step is as steep as floats of 32 bits allow: between 0 and 1 lies a hundred-thousandth. */
const STEEPNESS = 5e5;
/** A copy stands over whatever the soft maximum of likenesses comes to. */
const COPY_LEAD = 60;
/** Of two copies the liker one is meant: so much for a whole 1 of likeness. */
const COPY_SHARPNESS = 1e4;
/** Of two examples that are the same picture the later one is meant. */
const LATER = 0.005;
/** What may speak on copies alone says nothing else. */
const NEVER = -200;
/** Roots of small shares are small numbers; a graphics card may have floats of 16 bits. */
const LARGER = 1000;
/** Output 0 of the model is `background`. */
const BACKGROUND_OUTPUTS = 1;

export interface HeadParts {
  variant: ModelVariant;
  labels: readonly FittedLabel[];
  classifier: Classifier;
  /** Of the calibration of one view. */
  temperature: number;
}

interface Column {
  entry: FittedLabel['entries'][number];
  /** 1 for the first label. */
  output: number;
  /** What is added to five times its likeness. */
  bias: number;
}

type Layer = LayersWriter['layer'];

/** An example each, in the order of labels. */
function columnsOf(labels: readonly FittedLabel[]): Column[] {
  return labels.flatMap(({ entries, threshold }, place) => {
    const bias = Number.isFinite(threshold)
      ? -SHARPNESS * threshold - Math.log(entries.length)
      : NEVER;
    return entries.map((entry) => ({ entry, output: place + 1, bias }));
  });
}

/** The classifier without its background, at half the temperature's inverse: the roots of probabilities follow. */
function classWeights({ classifier, temperature }: HeadParts): Record<string, PackedWeight> {
  const { values, scale, zeroPoint, bias } = classifier;
  const outputs = bias.length;
  const channels = values.length / outputs;
  const kernel = new Uint8Array(channels * CLASS_COUNT);
  for (let channel = 0; channel < channels; channel += 1) {
    const row = values.subarray(channel * outputs + BACKGROUND_OUTPUTS, (channel + 1) * outputs);
    kernel.set(row, channel * CLASS_COUNT);
  }
  const halved = scale / (2 * temperature);
  return {
    kernel: {
      ...{ shape: [channels, CLASS_COUNT], bytes: kernel },
      quantization: { dtype: 'uint8', scale: halved, min: -zeroPoint * halved },
    },
    bias: floats(
      bias.slice(BACKGROUND_OUTPUTS).map((value) => value / (2 * temperature)),
      [CLASS_COUNT],
    ),
  };
}

/**
 * A list of numbers at the length of the root of their count. No layer does that to a list of any mean: with
 * the same numbers below zero beside it the mean is 0, and normalisation divides by the length alone.
 */
function unit(layer: Layer, from: string, count: number): string {
  const negative = layer('Rescaling', [from], { scale: -1, offset: 0 });
  const both = layer('Concatenate', [from, negative], { axis: -1 });
  const even = layer('LayerNormalization', [both], {
    ...{ axis: -1, epsilon: 1e-6, center: false, scale: false },
  });
  const column = layer('Reshape', [even], { target_shape: [2 * count, 1, 1] });
  const first = layer('Cropping2D', [column], {
    ...{ cropping: [[0, count] as const, [0, 0] as const], data_format: 'channels_last' },
  });
  return layer('Flatten', [first]);
}

/** 1 for numbers over `at`, 0 for those below. */
function step(layer: Layer, from: string, at: number): string {
  const steep = layer('Rescaling', [from], { scale: STEEPNESS, offset: -STEEPNESS * at });
  return layer('Activation', [steep], { activation: 'hard_sigmoid' });
}

/** Times a number, and another number added to each. */
function affine(layer: Layer, from: string, scale: number, offsets: Float32Array): string {
  const shape = [offsets.length];
  const scaled = layer('Rescaling', [from], { scale, offset: 0 });
  return layer(
    'BatchNormalization',
    [scaled],
    { ...{ axis: -1, momentum: 0.99, epsilon: 1e-7, center: true, scale: false } },
    {
      beta: floats(offsets, shape),
      moving_mean: floats(new Float32Array(offsets.length), shape),
      moving_variance: floats(new Float32Array(offsets.length).fill(1), shape),
    },
  );
}

function product(layer: Layer, from: string, kernel: PackedWeight): string {
  const [, units] = kernel.shape;
  return layer('Dense', [from], { units, use_bias: false, activation: 'linear' }, { kernel });
}

/** What the features of each example come to, at length 1 once what all photos share is taken off. */
function featureKernel(columns: readonly Column[], variant: ModelVariant): PackedWeight {
  const mean = meanFeatures(variant);
  const width = columns.length + 1;
  const kernel = new Float32Array(mean.length * width);
  columns.forEach(({ entry: { sight, length } }, place) => {
    const { values, scale } = sight.embedding;
    const share = 1 / (length * Math.sqrt(mean.length));
    values.forEach((value, row) => {
      kernel[row * width + place + 1] = (value * scale - (mean[row] ?? 0)) * share;
    });
  });
  return packed16(kernel, [mean.length, width]);
}

/** The roots of the classes' probabilities of each example, as they are kept. */
function rootKernel(columns: readonly Column[]): PackedWeight {
  const width = columns.length + 1;
  const kernel = new Uint16Array(CLASS_COUNT * width);
  columns.forEach(({ entry: { sight } }, place) => {
    sight.classes.forEach((each, at) => {
      kernel[each * width + place + 1] = sight.roots[at] ?? 0;
    });
  });
  return {
    ...{ shape: [CLASS_COUNT, width], bytes: new Uint8Array(kernel.buffer) },
    quantization: { dtype: 'uint16', scale: 1 / (WHOLE_16 * Math.sqrt(CLASS_COUNT)), min: 0 },
  };
}

/** Which label each example is one of; the column before them stands for none. */
function labelKernel(columns: readonly Column[], labels: number): PackedWeight {
  const kernel = new Uint8Array((columns.length + 1) * (labels + 1));
  kernel[0] = 1;
  columns.forEach(({ output }, place) => {
    kernel[(place + 1) * (labels + 1) + output] = 1;
  });
  return {
    ...{ shape: [columns.length + 1, labels + 1], bytes: kernel },
    quantization: { dtype: 'uint8', scale: 1, min: 0 },
  };
}

/** How much each example says for its label on a copy of it. */
function copyOffsets(columns: readonly Column[]): Float32Array {
  const byAge = columns
    .map(({ entry }, place) => ({ place, addedAt: entry.example.addedAt }))
    .sort((one, other) => one.addedAt - other.addedAt);
  const offsets = new Float32Array(columns.length + 1);
  byAge.forEach(({ place }, rank) => {
    offsets[place + 1] =
      COPY_LEAD -
      (columns[place]?.bias ?? 0) -
      COPY_SHARPNESS * COPY_ALIKENESS +
      (rank - byAge.length) * LATER;
  });
  return offsets;
}

/**
 * Writes the head.
 * @param from name of the layer with the features, `[channels]`
 * @returns name of the last layer: shares of 1, of none first, then of each label
 */
export function writeHead({ layer }: LayersWriter, from: string, parts: HeadParts): string {
  const { variant, labels } = parts;
  const columns = columnsOf(labels);
  const mean = meanFeatures(variant);
  const centred = layer(
    'BatchNormalization',
    [from],
    { ...{ axis: -1, momentum: 0.99, epsilon: 1e-7, center: false, scale: false } },
    {
      moving_mean: floats(mean, [mean.length]),
      moving_variance: floats(new Float32Array(mean.length).fill(1), [mean.length]),
    },
  );
  const alike = product(layer, unit(layer, centred, mean.length), featureKernel(columns, variant));

  const halves = layer(
    'Dense',
    [from],
    { units: CLASS_COUNT, use_bias: true, activation: 'softmax' },
    classWeights(parts),
  );
  const larger = layer('Rescaling', [halves], { scale: LARGER, offset: 0 });
  const roots = layer('ThresholdedReLU', [unit(layer, larger, CLASS_COUNT)], {
    theta: LEAST_ROOT * Math.sqrt(CLASS_COUNT),
  });
  const agreed = product(layer, unit(layer, roots, CLASS_COUNT), rootKernel(columns));

  const counted = layer('Multiply', [alike, step(layer, agreed, LEAST_AGREEMENT)]);
  const likeness = layer('Add', [agreed, counted]);
  const biases = Float32Array.from([0, ...columns.map(({ bias }) => bias)]);
  const said = affine(layer, likeness, SHARPNESS, biases);
  const copy = layer('Multiply', [
    step(layer, alike, COPY_ALIKENESS),
    step(layer, agreed, COPY_AGREEMENT),
    affine(layer, alike, COPY_SHARPNESS, copyOffsets(columns)),
  ]);
  const shares = layer('Softmax', [layer('Add', [said, copy])], { axis: -1 });
  return product(layer, shares, labelKernel(columns, labels.length));
}
