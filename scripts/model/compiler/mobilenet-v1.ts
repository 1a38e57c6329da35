import { ACTIVATION_SCALE } from '../../../src/inference/wasm/activation-map';
import { type Operator, OperatorChain } from './operator-chain';
import type { TfliteFile, TfliteOperator, TfliteTensor } from './tflite-file';

/** A kernel as stored: real weight = scale * (value - zeroPoint). */
export interface QuantizedKernel {
  /** As tfjs wants it: [height, width, in, out], depthwise [height, width, channels, 1], dense [in, out]. */
  shape: number[];
  values: Uint8Array;
  scale: number;
  zeroPoint: number;
}

/** One convolution with batch norm folded in, followed by ReLU6; padding is SAME. */
export interface ConvolutionLayer {
  kind: 'convolution' | 'depthwise';
  name: string;
  stride: number;
  kernel: QuantizedKernel;
  /** One a channel, in real units. */
  bias: Float32Array;
}

/** MobileNetV1 up to the logits: convolutions, mean over the map (the embedding), one dense layer. */
export interface MobileNetV1 {
  /** Side of the square input, px. */
  inputSize: number;
  embeddingSize: number;
  classCount: number;
  convolutions: ConvolutionLayer[];
  classifier: { kernel: QuantizedKernel; bias: Float32Array };
}

/** Which MobileNetV1 a file has to hold. */
export interface MobileNetV1Shape {
  /** The width multiplier on every channel count. */
  width: number;
  inputSize: number;
}

/** 1000 ImageNet classes and, in front, "background". */
const CLASS_COUNT = 1001;
const STEM_CHANNELS = 32;

/** Stride and output channels at width 1 of the 13 blocks: Howard et al. 2017, arXiv:1704.04861, table 1. */
const BLOCKS: readonly (readonly [stride: number, channels: number])[] = [
  [1, 64],
  [2, 128],
  [1, 128],
  [2, 256],
  [1, 256],
  [2, 512],
  [1, 512],
  [1, 512],
  [1, 512],
  [1, 512],
  [1, 512],
  [2, 1024],
  [1, 1024],
];

/**
 * Reads MobileNetV1 out of one TFLite file, or of consecutive parts of it in order, checking every
 * operator, shape, stride, padding, activation and scale on the way, and at each join that one part
 * takes exactly what the part before gives. Reshape and softmax after the logits are checked and dropped.
 * Throws `model-unexpected-op`, `-tensor` or `-quantization`, naming the file and the op or tensor.
 */
export function readMobileNetV1(
  files: readonly TfliteFile[],
  { width, inputSize }: MobileNetV1Shape,
): MobileNetV1 {
  const chain = new OperatorChain(files);
  const input = chain.current;
  chain.expectTensor(input, [1, inputSize, inputSize, 3], 'UINT8');
  // q in 0..255 stands for -1..1: what makes the float input of the compiled model [-1, 1].
  chain.expectQuantization(input, 1 / 128, 128);

  const stemChannels = STEM_CHANNELS * width;
  const convolutions = [readConvolution(chain, 'stem', 3, 2, stemChannels)];
  BLOCKS.forEach(([stride, channels], index) => {
    const block = `block${index + 1}`;
    convolutions.push(
      readDepthwise(chain, `${block}_depthwise`, stride),
      readConvolution(chain, `${block}_pointwise`, 1, 1, channels * width),
    );
  });
  const embeddingSize = readGlobalAveragePool(chain);
  const classifier = readClassifier(chain);
  dropSoftmax(chain);
  chain.expectEnd();
  return { inputSize, embeddingSize, classCount: CLASS_COUNT, convolutions, classifier };
}

function readConvolution(
  chain: OperatorChain,
  name: string,
  kernelSide: number,
  stride: number,
  channels: number,
): ConvolutionLayer {
  const input = chain.current;
  const operator = chain.take('CONV_2D', 3);
  expectWindow(chain, operator, stride, 'RELU6');
  // All maps alike, 6 at 255: what the kernels in bytes take for granted.
  chain.expectQuantization(chain.current, ACTIVATION_SCALE, 0);
  return {
    kind: 'convolution',
    name,
    stride,
    ...readKernelAndBias(chain, operator, input, [channels, kernelSide, kernelSide], stride),
  };
}

function readDepthwise(chain: OperatorChain, name: string, stride: number): ConvolutionLayer {
  const input = chain.current;
  const channels = sideOf(input, 3);
  const operator = chain.take('DEPTHWISE_CONV_2D', 3);
  expectWindow(chain, operator, stride, 'RELU6');
  // All maps alike, 6 at 255: what the kernels in bytes take for granted.
  chain.expectQuantization(chain.current, ACTIVATION_SCALE, 0);
  chain.expectOption('depth multiplier', operator.depthMultiplier, 1);
  const [, kernel, bias] = threeInputs(chain, operator);
  chain.expectTensor(kernel, [1, 3, 3, channels], 'UINT8');
  expectMap(chain, input, stride, channels);
  return {
    kind: 'depthwise',
    name,
    stride,
    // [1, 3, 3, C] and tfjs's [3, 3, C, 1] are the same order in memory.
    kernel: {
      shape: [3, 3, channels, 1],
      values: chain.constant(kernel, 1),
      ...chain.quantization(kernel),
    },
    bias: readBias(chain, input, kernel, bias, channels),
  };
}

function readKernelAndBias(
  chain: OperatorChain,
  operator: Operator<'CONV_2D'>,
  input: TfliteTensor,
  [channels, height, width]: readonly [number, number, number],
  stride: number,
): { kernel: QuantizedKernel; bias: Float32Array } {
  const [, kernel, bias] = threeInputs(chain, operator);
  const inputChannels = sideOf(input, 3);
  chain.expectTensor(kernel, [channels, height, width, inputChannels], 'UINT8');
  expectMap(chain, input, stride, channels);
  return {
    kernel: {
      shape: [height, width, inputChannels, channels],
      // OHWI to HWIO: the output channel moves from first to last.
      values: transpose(chain.constant(kernel, 1), channels),
      ...chain.quantization(kernel),
    },
    bias: readBias(chain, input, kernel, bias, channels),
  };
}

function readGlobalAveragePool(chain: OperatorChain): number {
  const input = chain.current;
  const operator = chain.take('AVERAGE_POOL_2D', 1);
  const channels = sideOf(input, 3);
  chain.expectOption('padding', operator.padding, 'VALID');
  chain.expectOption('activation', operator.activation, 'NONE');
  chain.expectOption('filter height', operator.filterHeight, sideOf(input, 1));
  chain.expectOption('filter width', operator.filterWidth, sideOf(input, 2));
  chain.expectTensor(chain.current, [1, 1, 1, channels], 'UINT8');
  return channels;
}

/** The 1x1 convolution on the pooled vector is a dense layer: [in, out] for tfjs. */
function readClassifier(chain: OperatorChain): MobileNetV1['classifier'] {
  const input = chain.current;
  const operator = chain.take('CONV_2D', 3);
  expectWindow(chain, operator, 1, 'NONE');
  const { kernel, bias } = readKernelAndBias(chain, operator, input, [CLASS_COUNT, 1, 1], 1);
  return { kernel: { ...kernel, shape: kernel.shape.slice(2) }, bias };
}

function dropSoftmax(chain: OperatorChain): void {
  chain.take('RESHAPE', 2);
  chain.expectTensor(chain.current, [1, CLASS_COUNT], 'UINT8');
  const softmax = chain.take('SOFTMAX', 1);
  chain.expectOption('beta', softmax.beta, 1);
  chain.expectTensor(chain.current, [1, CLASS_COUNT], 'UINT8');
}

function expectWindow(
  chain: OperatorChain,
  operator: Operator<'CONV_2D' | 'DEPTHWISE_CONV_2D'>,
  stride: number,
  activation: string,
): void {
  chain.expectOption('padding', operator.padding, 'SAME');
  chain.expectOption('stride height', operator.strideHeight, stride);
  chain.expectOption('stride width', operator.strideWidth, stride);
  chain.expectOption('dilation height', operator.dilationHeight, 1);
  chain.expectOption('dilation width', operator.dilationWidth, 1);
  chain.expectOption('activation', operator.activation, activation);
}

/** The map that a SAME convolution of `stride` on `input` gives. */
function expectMap(
  chain: OperatorChain,
  input: TfliteTensor,
  stride: number,
  channels: number,
): void {
  const height = Math.ceil(sideOf(input, 1) / stride);
  const width = Math.ceil(sideOf(input, 2) / stride);
  chain.expectTensor(chain.current, [1, height, width, channels], 'UINT8');
}

/** int32 biases in real units; TFLite fixes their scale to that of input times kernel. */
function readBias(
  chain: OperatorChain,
  input: TfliteTensor,
  kernel: TfliteTensor,
  bias: TfliteTensor,
  channels: number,
): Float32Array {
  chain.expectTensor(bias, [channels], 'INT32');
  chain.expectQuantization(
    bias,
    chain.quantization(input).scale * chain.quantization(kernel).scale,
    0,
  );
  const { scale } = chain.quantization(bias);
  const bytes = chain.constant(bias, 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from(
    { length: channels },
    (_, index) => view.getInt32(index * 4, true) * scale,
  );
}

function threeInputs(
  chain: OperatorChain,
  operator: TfliteOperator,
): [TfliteTensor, TfliteTensor, TfliteTensor] {
  const [input, kernel, bias] = operator.inputs;
  if (input === undefined || kernel === undefined || bias === undefined) {
    return chain.failOp('needs input, kernel and bias');
  }
  return [input, kernel, bias];
}

function sideOf(tensor: TfliteTensor, axis: number): number {
  return tensor.shape[axis] ?? 0;
}

/** The transpose of a matrix of `rows` rows, stored by rows. */
function transpose(values: Uint8Array, rows: number): Uint8Array {
  const columns = values.length / rows;
  const transposed = new Uint8Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      transposed[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return transposed;
}
