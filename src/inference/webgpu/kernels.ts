import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape';
import {
  _FusedMatMul,
  type _FusedMatMulAttrs,
  backend_util,
  FusedConv2D,
  type FusedConv2DAttrs,
  FusedDepthwiseConv2D,
  type FusedDepthwiseConv2DAttrs,
  type KernelConfig,
  Mean,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';

import type { ArenaBackend } from './arena-backend';
import {
  classifierProgram,
  depthwiseProgram,
  meanProgram,
  pointwiseProgram,
  type Program,
  shapeless,
  type SquareLayer,
  stemProgram,
  TILE,
} from './programs';

/** What a kernel gets from tfjs. The backend is the one that these kernels are registered for. */
interface Call<Inputs, Attributes> {
  inputs: Inputs;
  attrs: Attributes;
  backend: ArenaBackend;
}

interface LayerInputs {
  x: TensorInfo;
  filter: TensorInfo;
  bias: TensorInfo;
}

function run(
  backend: ArenaBackend,
  { program, uniforms }: Program,
  inputs: readonly TensorInfo[],
  output: TensorInfo,
): TensorInfo {
  backend.runWebGPUProgram(
    program,
    inputs.map(shapeless),
    output.dtype,
    uniforms,
    shapeless(output),
  );
  return output;
}

function requireModelLayer(isOurs: boolean, what: string): void {
  if (!isOurs)
    throw new Error(
      `The WebGPU kernels do not know this ${what}: the model's compiler writes none.`,
    );
}

function squareLayer(
  { x, filter }: LayerInputs,
  { strides, pad, dilations, activation }: FusedConv2DAttrs | FusedDepthwiseConv2DAttrs,
  isDepthwise: boolean,
): SquareLayer {
  const info = backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    dilations,
    pad,
    undefined,
    isDepthwise,
  );
  const { strideHeight: stride, inHeight: inputSide, outHeight: outputSide } = info;
  requireModelLayer(
    info.filterHeight === 3 &&
      info.filterWidth === 3 &&
      inputSide === info.inWidth &&
      (stride === 1 || stride === 2) &&
      info.dilationHeight === 1 &&
      info.outChannels % 4 === 0 &&
      activation === 'relu6',
    'convolution',
  );
  return {
    cuts: info.batchSize,
    inputSide,
    outputSide,
    channels: info.outChannels,
    stride: stride as 1 | 2,
    padding: info.padInfo.top,
  };
}

function sizeOf(tensor: TensorInfo, axis: number): number {
  return tensor.shape.at(axis) ?? 1;
}

function convolution({ inputs, attrs, backend }: Call<LayerInputs, FusedConv2DAttrs>): TensorInfo {
  const { x, filter, bias } = inputs;
  const all = [x, filter, bias];
  if (sizeOf(filter, 0) === 1) {
    const depth = sizeOf(filter, 2);
    const columns = sizeOf(filter, 3);
    requireModelLayer(
      depth % (TILE / 2) === 0 && columns % TILE === 0 && attrs.activation === 'relu6',
      'pointwise layer',
    );
    const output = backend.activation([...x.shape.slice(0, 3), columns], x);
    const rows = util.sizeFromShape(x.shape) / depth;
    return run(backend, pointwiseProgram({ rows, depth, columns }), all, output);
  }
  requireModelLayer(sizeOf(x, 3) === 3, 'first layer');
  const layer = squareLayer(inputs, attrs, false);
  return run(backend, stemProgram(layer), all, squareOutput(backend, layer, x));
}

function squareOutput(backend: ArenaBackend, layer: SquareLayer, x: TensorInfo): TensorInfo {
  const { cuts, outputSide, channels } = layer;
  return backend.activation([cuts, outputSide, outputSide, channels], x);
}

function depthwise({
  inputs,
  attrs,
  backend,
}: Call<LayerInputs, FusedDepthwiseConv2DAttrs>): TensorInfo {
  const { x, filter, bias } = inputs;
  const layer = squareLayer(inputs, attrs, true);
  return run(backend, depthwiseProgram(layer), [x, filter, bias], squareOutput(backend, layer, x));
}

function mean({ inputs: { x }, backend }: Call<{ x: TensorInfo }, unknown>): TensorInfo {
  requireModelLayer(x.shape.length === 4, 'mean');
  const cuts = sizeOf(x, 0);
  const channels = sizeOf(x, 3);
  const pixels = sizeOf(x, 1) * sizeOf(x, 2);
  // An output outlives the run's layers, so tfjs keeps it.
  const output = backend.makeTensorInfo([cuts, channels], 'float32');
  return run(backend, meanProgram(cuts, pixels, channels), [x], output);
}

interface ProductInputs {
  a: TensorInfo;
  b: TensorInfo;
  bias: TensorInfo;
}

function classifier({
  inputs: { a, b, bias },
  attrs,
  backend,
}: Call<ProductInputs, _FusedMatMulAttrs>): TensorInfo {
  requireModelLayer(
    !attrs.transposeA && !attrs.transposeB && attrs.activation === 'linear',
    'product',
  );
  const rows = sizeOf(a, -2);
  const columns = sizeOf(b, -1);
  const output = backend.makeTensorInfo([1, rows, columns], 'float32');
  const program = classifierProgram({ rows, depth: sizeOf(a, -1), columns });
  return run(backend, program, [a, b, bias], output);
}

/** tfjs calls a kernel by its name, with the inputs and attributes that belong to it. */
function kernel<Inputs, Attributes>(
  kernelName: string,
  compute: (call: Call<Inputs, Attributes>) => TensorInfo,
): KernelConfig {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc: compute as unknown as KernelConfig['kernelFunc'],
  };
}

/**
 * The model's layers on WebGPU, each in one dispatch whatever the batch. tfjs's own kernels take
 * two to four for the mean and for products of few rows, and compile anew for some batch sizes.
 */
export const KERNELS: readonly KernelConfig[] = [
  kernel(FusedConv2D, convolution),
  kernel(FusedDepthwiseConv2D, depthwise),
  kernel(Mean, mean),
  kernel(_FusedMatMul, classifier),
  identityConfig,
  reshapeConfig,
];
