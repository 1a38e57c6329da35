/** What the model's last convolution answers for one view, and the classifier that speaks of its mean. */

/** The features of each place of a view, `[side][side][channels]` in real units; none is negative. */
export interface FeatureMap {
  /** Places a row and a column. */
  side: number;
  channels: number;
  values: Float32Array;
}

/** The last layer: the logit of an output is its bias and the sum of its weights times the map's mean. */
export interface Classifier {
  /** `[channels][outputs]` as stored; output 0 is `background`, class index = output - 1. */
  values: Uint8Array;
  /** real weight = scale * (value - zeroPoint) */
  scale: number;
  zeroPoint: number;
  /** One an output. */
  bias: Float32Array;
}

/** Output 0 of the model is `background`. */
const BACKGROUND_OUTPUTS = 1;

/** The mean of each channel over the map. */
export function meanOf({ side, channels, values }: FeatureMap): Float32Array {
  const mean = new Float32Array(channels);
  const share = 1 / (side * side);
  for (let place = 0; place < values.length; place += channels) {
    for (let channel = 0; channel < channels; channel += 1) {
      mean[channel] = (mean[channel] ?? 0) + (values[place + channel] ?? 0) * share;
    }
  }
  return mean;
}

/** The real weights of a class, one a channel. */
export function weightsOf(
  { values, scale, zeroPoint, bias }: Classifier,
  classIndex: number,
): Float32Array {
  const outputs = bias.length;
  return Float32Array.from(
    { length: values.length / outputs },
    (_, channel) =>
      scale * ((values[channel * outputs + classIndex + BACKGROUND_OUTPUTS] ?? NaN) - zeroPoint),
  );
}

/** What a class's logit would be, were all places of the picture like these features. */
export function logitOf(
  classifier: Classifier,
  classIndex: number,
  features: Float32Array,
): number {
  const weights = weightsOf(classifier, classIndex);
  return features.reduce(
    (sum, value, channel) => sum + value * (weights[channel] ?? NaN),
    classifier.bias[classIndex + BACKGROUND_OUTPUTS] ?? NaN,
  );
}
