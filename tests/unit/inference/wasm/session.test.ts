/** A small network on the kernels against the same in plain floats: odd sides, both strides, few bits. */
import { expect, test } from 'vitest';

import { seededRandom } from '../../../../scripts/calibration/drawings/random';
import { writeGraphModel } from '../../../../scripts/model/compiler/graph-model';
import type {
  ConvolutionLayer,
  MobileNetV1,
  QuantizedKernel,
} from '../../../../scripts/model/compiler/mobilenet-v1';
import { readKernels } from '../../../../scripts/model/model-in-node';
import { openKernelNetwork } from '../../../../src/inference/wasm/session';
import { instantiateKernels } from '../../../../src/inference/wasm/kernels';
import type { ModelFiles } from '../../../../src/inference/model/model-files';

const INPUT_SIZE = 13;
const CLASSES = 21;
/** So many weights of one sign a sum that 16-bit codes do not fit: 200 * 255 * 65535 is beyond 2^31. */
const WIDE = 200;

const { between, whole } = seededRandom(13);

function kernelOf(shape: number[], scale: number, low = 0, high = 255): QuantizedKernel {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Uint8Array.from({ length: count }, () => whole(low, high));
  return { shape, values, scale, zeroPoint: low === 0 ? 128 : 0 };
}

function biasOf(channels: number): Float32Array {
  return Float32Array.from({ length: channels }, () => between(-0.5, 1));
}

function layerOf(
  name: string,
  kind: ConvolutionLayer['kind'],
  stride: number,
  kernel: QuantizedKernel,
  bias: Float32Array,
): ConvolutionLayer {
  return { name, kind, stride, kernel, bias };
}

/** Seven of eight channels are at the upper end, whatever the picture. */
function highBias(channels: number): Float32Array {
  return biasOf(channels).map((value, channel) => (channel % 8 === 0 ? value : 20));
}

const network: MobileNetV1 = {
  inputSize: INPUT_SIZE,
  embeddingSize: 24,
  classCount: CLASSES,
  convolutions: [
    layerOf('stem', 'convolution', 2, kernelOf([3, 3, 3, 16], 0.004), biasOf(16)),
    layerOf('depthwise1', 'depthwise', 1, kernelOf([3, 3, 16, 1], 0.004), biasOf(16)),
    layerOf('pointwise1', 'convolution', 1, kernelOf([1, 1, 16, WIDE], 0.01), biasOf(WIDE)),
    layerOf('depthwise2', 'depthwise', 2, kernelOf([3, 3, WIDE, 1], 0.004), highBias(WIDE)),
    layerOf('pointwise2', 'convolution', 1, kernelOf([1, 1, WIDE, 24], 1e-5, 200, 255), biasOf(24)),
    layerOf('depthwise3', 'depthwise', 1, kernelOf([3, 3, 24, 1], 0.004), biasOf(24)),
    layerOf('pointwise3', 'convolution', 1, kernelOf([1, 1, 24, 24], 0.01), biasOf(24)),
  ],
  classifier: { kernel: kernelOf([24, CLASSES], 0.01), bias: biasOf(CLASSES) },
};

type Map = number[][][];

function real({ values, scale, zeroPoint }: QuantizedKernel, index: number): number {
  return scale * ((values[index] ?? NaN) - zeroPoint);
}

/** One layer with padding SAME and ReLU6, as TensorFlow defines it; a map is `[y][x][channel]`. */
function convolve(map: Map, { kind, stride, kernel, bias }: ConvolutionLayer): Map {
  const side = map.length;
  const [taps = NaN] = kernel.shape;
  const outputs = Math.ceil(side / stride);
  const padding = Math.max((outputs - 1) * stride + taps - side, 0);
  const inputs = map[0]?.[0]?.length ?? NaN;
  const at = (y: number, x: number, channel: number): number => map[y]?.[x]?.[channel] ?? 0;
  const sumAt = (y: number, x: number, channel: number): number => {
    let sum = bias[channel] ?? NaN;
    for (let tap = 0; tap < taps * taps; tap += 1) {
      const row = y * stride + Math.floor(tap / taps) - Math.floor(padding / 2);
      const column = x * stride + (tap % taps) - Math.floor(padding / 2);
      if (kind === 'depthwise') {
        sum += at(row, column, channel) * real(kernel, tap * inputs + channel);
        continue;
      }
      for (let input = 0; input < inputs; input += 1) {
        const weight = real(kernel, (tap * inputs + input) * bias.length + channel);
        sum += at(row, column, input) * weight;
      }
    }
    return Math.min(Math.max(sum, 0), 6);
  };
  return Array.from({ length: outputs }, (_, y) =>
    Array.from({ length: outputs }, (_unused, x) =>
      Array.from(bias, (_value, channel) => sumAt(y, x, channel)),
    ),
  );
}

function plainly(pixels: Float32Array): { embedding: number[]; logits: number[] } {
  let map: Map = Array.from({ length: INPUT_SIZE }, (_, y) =>
    Array.from({ length: INPUT_SIZE }, (_unused, x) => [
      ...pixels.subarray((y * INPUT_SIZE + x) * 3, (y * INPUT_SIZE + x + 1) * 3),
    ]),
  );
  for (const layer of network.convolutions) map = convolve(map, layer);
  const all = map.flat();
  const embedding = (all[0] ?? []).map(
    (_, channel) => all.reduce((sum, pixel) => sum + (pixel[channel] ?? NaN), 0) / all.length,
  );
  const { kernel, bias } = network.classifier;
  const logits = Array.from(bias, (start, output) =>
    embedding.reduce(
      (sum, value, input) => sum + value * real(kernel, input * CLASSES + output),
      start,
    ),
  );
  return { embedding, logits };
}

function filesOf(model: MobileNetV1): Pick<ModelFiles, 'graph' | 'weights'> {
  const { modelJson, weights } = writeGraphModel(model);
  return {
    graph: JSON.parse(modelJson) as ModelFiles['graph'],
    weights: weights.slice().buffer,
  };
}

function picture(): Float32Array {
  return Float32Array.from({ length: INPUT_SIZE * INPUT_SIZE * 3 }, () => between(-1, 1));
}

function largestDifference(actual: ArrayLike<number> | undefined, expected: number[]): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...expected.map((value, index) => Math.abs((actual?.[index] ?? NaN) - value)));
}

test('a network gives what plain floats give, view by view, in memory that does not grow', async () => {
  const kernels = await instantiateKernels(await readKernels());
  const kernelNetwork = openKernelNetwork(kernels, filesOf(network), INPUT_SIZE);
  const { byteLength } = kernels.memory.buffer;
  const pictures = [picture(), picture(), picture()];
  const batch = new Float32Array(pictures.flatMap((each) => [...each]));
  const outputs = kernelNetwork.run(batch);
  expect(outputs.logits).toHaveLength(3);
  pictures.forEach((each, view) => {
    const { embedding, logits } = plainly(each);
    // Neither all cut off nor all alike: the comparison says something.
    expect(new Set(embedding.map((value) => value.toFixed(2))).size).toBeGreaterThan(5);
    expect(largestDifference(outputs.embeddings[view], embedding)).toBeLessThan(1e-3);
    expect(largestDifference(outputs.logits[view], logits)).toBeLessThan(1e-3);
  });
  expect(outputs.logits[1]).not.toEqual(outputs.logits[0]);
  // The memory still holds the view before: it must not show.
  const again = kernelNetwork.run(pictures[0] ?? batch);
  expect(again.logits[0]).toEqual(outputs.logits[0]);
  expect(kernels.memory.buffer.byteLength).toBe(byteLength);
});

test('a network that the kernels do not take is refused', async () => {
  const [stem, depthwise] = network.convolutions;
  if (stem === undefined || depthwise === undefined) throw new Error('The network has no layers.');
  const kernels = await instantiateKernels(await readKernels());
  const open = (convolutions: ConvolutionLayer[]) => () =>
    openKernelNetwork(kernels, filesOf({ ...network, convolutions }), INPUT_SIZE);
  expect(open([stem, depthwise])).toThrow('lacks a layer');
  const narrow = layerOf('narrow', 'convolution', 1, kernelOf([1, 1, 16, 12], 0.01), biasOf(12));
  expect(open([stem, depthwise, narrow])).toThrow('not 16 to 12');
});
