import {
  type ActivationMap,
  bytesOf,
  CHANNELS_A_PLANE,
  firstPixelOf,
  outputSide,
  PIXEL_BYTES,
  planeBytesOf,
  rowBytesOf,
  windowStart,
} from './activation-map';
import type { PixelCounts } from '../../core/look/pixel-counts';
import type { Raster } from '../../core/look/raster';
import type { Cut, CutOutputs } from '../engine/backend-driver';
import { openKernelPictures } from './view-cutter';
import type { Depthwise, Kernels } from './kernels';
import {
  type ConvolutionWeights,
  type MobileNetWeights,
  type QuantizedWeights,
  readMobileNet,
} from './mobilenet-weights';
import type { ModelFiles } from '../model/model-files';

const PAGE_BYTES = 65_536;
const FLOAT_BYTES = 4;
const CODE_BYTES = 2;
const IMAGE_CHANNELS = 3;
const IMAGE_PIXEL_BYTES = IMAGE_CHANNELS * FLOAT_BYTES;
const TAPS = 9;
/** The channels that the stem and the pointwise kernel compute at a time. */
const PANEL_CHANNELS = 8;
/** The classes that the classifier kernel computes at a time. */
const PANEL_CLASSES = 16;
/** The pixels that a kernel computes at a time. */
const TILE_PIXELS = 4;
/** Codes are 16 bits. */
const MAX_LEVELS = 65_535;
const MAX_SUM = 2 ** 31 - 1;
/** What ReLU6 lets through at most. */
const MAX_ACTIVATION = 6;
/** So many codes stay in a core's second-level cache between the two convolutions of a block. */
const CODES_AT_A_TIME_BYTES = 131_072;

/** Addresses in the kernels' memory, each on a cache line; what is to lie there is put there later. */
class Layout {
  #end = 64;
  readonly #fills: (() => void)[] = [];

  take(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / 64) * 64;
    return address;
  }

  get end(): number {
    return this.#end;
  }

  /** Has `fill` called once the memory is there. */
  later(fill: () => void): void {
    this.#fills.push(fill);
  }

  fill(): void {
    for (const fill of this.#fills) fill();
  }
}

/** Puts weights where kernels find them, once the memory is there. */
class Placer extends Layout {
  readonly #kernels: Kernels;
  #staging = NaN;

  constructor(kernels: Kernels) {
    super();
    this.#kernels = kernels;
  }

  /** Grows the memory to what was taken, and puts all in place by way of free memory from `staging` on. */
  put(staging: number, stagedBytes: number): void {
    const { memory } = this.#kernels;
    this.#staging = staging;
    const missingBytes = Math.max(this.end, staging + stagedBytes) - memory.buffer.byteLength;
    memory.grow(Math.max(0, Math.ceil(missingBytes / PAGE_BYTES)));
    this.fill();
  }

  /** Values where a kernel can read them until the next ones come. */
  stage(values: Uint8Array): number {
    new Uint8Array(this.#kernels.memory.buffer, this.#staging, values.length).set(values);
    return this.#staging;
  }

  placeFloats(values: Float32Array, count = values.length): number {
    const address = this.take(count * FLOAT_BYTES);
    this.later(() => {
      new Float32Array(this.#kernels.memory.buffer, address, values.length).set(values);
    });
    return address;
  }

  /** Weights `[taps][channels]` in real units, as `[channels / group][taps][group]`. */
  placeWeights(
    { values, scale, zeroPoint }: QuantizedWeights,
    taps: number,
    group: number,
  ): number {
    const address = this.take(values.length * FLOAT_BYTES);
    this.later(() => {
      const channels = values.length / taps;
      const staged = this.stage(values);
      this.#kernels.packFloats(staged, taps, channels, group, zeroPoint, scale, address);
    });
    return address;
  }
}

/** A model in the memory of its kernels. */
export interface KernelNetwork {
  /** @param images `[count, inputSize, inputSize, 3]`, RGB in [-1, 1]. */
  run: (images: Float32Array) => CutOutputs;
  runCuts: (cuts: readonly Cut[]) => CutOutputs;
  countPixels: (raster: Raster) => PixelCounts;
}

/** A depthwise and a pointwise convolution, and the codes between them. */
interface Block {
  input: ActivationMap;
  output: ActivationMap;
  depthwise: Depthwise;
  /** Of the input map, where the first window begins. */
  windowBytes: number;
  depthwiseWeights: number;
  depthwiseBias: number;
  codesPerUnit: number;
  /** Output rows between which the codes pass at a time. */
  rows: number;
  weights: number;
  start: number;
  bias: number;
  unitsPerSum: number;
}

function placeBlock(
  placer: Placer,
  kernels: Kernels,
  input: ActivationMap,
  depthwise: ConvolutionWeights,
  pointwise: ConvolutionWeights,
): Block {
  const depth = input.planes * CHANNELS_A_PLANE;
  const channels = pointwise.bias.length;
  const side = outputSide(input.side, depthwise.stride);
  if (depth % PANEL_CHANNELS !== 0 || channels % PANEL_CHANNELS !== 0) {
    throw new Error(`The kernels take channels by eights, not ${depth} to ${channels}.`);
  }
  const block: Block = {
    input,
    output: { side, planes: channels / CHANNELS_A_PLANE },
    depthwise: depthwise.stride === 1 ? kernels.depthwiseStride1 : kernels.depthwiseStride2,
    windowBytes: windowStart(input.side, depthwise.stride) * firstPixelOf(input),
    depthwiseWeights: placer.placeWeights(depthwise.kernel, TAPS, CHANNELS_A_PLANE),
    depthwiseBias: placer.placeFloats(depthwise.bias),
    codesPerUnit: NaN,
    rows: rowsAtATime(side, side * depth * CODE_BYTES),
    weights: placer.take(depth * channels * CODE_BYTES),
    start: placer.take(channels * 4),
    bias: placer.placeFloats(pointwise.bias),
    unitsPerSum: NaN,
  };
  placer.later(() => {
    const { values, scale, zeroPoint } = pointwise.kernel;
    const largest = kernels.packPointwise(
      placer.stage(values),
      depth,
      channels,
      zeroPoint,
      block.weights,
      block.start,
    );
    // As fine as 16 bits allow with no sum beyond 32.
    const levels = Math.min(MAX_LEVELS, Math.floor(MAX_SUM / largest));
    block.codesPerUnit = Math.fround(levels / MAX_ACTIVATION);
    block.unitsPerSum = scale / block.codesPerUnit;
  });
  return block;
}

/** Takes the addresses of a network and of what passes between its layers, and puts its weights there. */
function placeNetwork(kernels: Kernels, network: MobileNetWeights, inputSize: number) {
  const placer = new Placer(kernels);
  const { stem } = network;
  const stemMap: ActivationMap = {
    side: outputSide(inputSize, stem.stride),
    planes: stem.bias.length / CHANNELS_A_PLANE,
  };
  const stemWeights = placer.placeWeights(stem.kernel, TAPS * IMAGE_CHANNELS, PANEL_CHANNELS);
  const stemBias = placer.placeFloats(stem.bias);

  let lastMap = stemMap;
  const blocks = network.blocks.map(({ depthwise, pointwise }) => {
    const block = placeBlock(placer, kernels, lastMap, depthwise, pointwise);
    lastMap = block.output;
    return block;
  });

  const embeddingSize = lastMap.planes * CHANNELS_A_PLANE;
  const { kernel: classifier, bias: classifierBias } = network.classifier;
  const classes = classifierBias.length;
  const paddedClasses = Math.ceil(classes / PANEL_CLASSES) * PANEL_CLASSES;
  const denseWeights = placer.take(paddedClasses * embeddingSize);
  placer.later(() => {
    kernels.packDense(placer.stage(classifier.values), embeddingSize, classes, denseWeights);
  });
  const denseBias = placer.placeFloats(classifierBias, paddedClasses);
  const embedding = placer.take(embeddingSize * FLOAT_BYTES);
  const logits = placer.take(paddedClasses * FLOAT_BYTES);

  const imageRowBytes = (inputSize + 2) * IMAGE_PIXEL_BYTES;
  // The stem's last step of four pixels reads behind the last row.
  const image = placer.take((inputSize + 2) * imageRowBytes + 8 * IMAGE_PIXEL_BYTES);
  const codes = placer.take(
    Math.max(
      ...blocks.map(
        ({ input, output, rows }) =>
          (rows * output.side + TILE_PIXELS - 1) * input.planes * CHANNELS_A_PLANE * CODE_BYTES,
      ),
    ),
  );
  // Each map is read while the next one is written.
  const maps = [stemMap, ...blocks.map(({ output }) => output)];
  const [evenMaps, oddMaps] = [0, 1].map((parity) =>
    Math.max(0, ...maps.filter((_, index) => index % 2 === parity).map(bytesOf)),
  ) as [number, number];
  const firstMap = placer.take(evenMaps);
  const secondMap = placer.take(oddMaps);
  const spare = placer.take(Math.max(...maps.map(planeBytesOf)) + PIXEL_BYTES);

  // Weights are put where the maps will be, and packed from there.
  const stagedBytes = Math.max(
    classifier.values.length,
    ...network.blocks.map(({ pointwise }) => pointwise.kernel.values.length),
  );
  placer.put(firstMap, stagedBytes);
  return {
    ...{ stemMap, stemWeights, stemBias, blocks, lastMap },
    ...{ embeddingSize, classifier, classes, denseWeights, denseBias, embedding, logits },
    ...{ image, imageRowBytes, codes, firstMap, secondMap, spare },
  };
}

/** One block from the map at `from` to the map at `to`; `codes` and `spare` lie between. */
function runBlock(
  kernels: Kernels,
  block: Block,
  from: number,
  to: number,
  codes: number,
  spare: number,
): void {
  const { input, output, rows } = block;
  const { side } = output;
  for (let row = 0; row < side; row += rows) {
    const endRow = Math.min(row + rows, side);
    block.depthwise(
      from + block.windowBytes,
      planeBytesOf(input),
      rowBytesOf(input),
      input.planes,
      row,
      endRow,
      side,
      block.depthwiseWeights,
      block.depthwiseBias,
      block.codesPerUnit,
      codes,
    );
    kernels.pointwise(
      codes,
      (endRow - row) * side,
      input.planes * CHANNELS_A_PLANE,
      block.weights,
      block.start,
      block.bias,
      block.unitsPerSum,
      output.planes * CHANNELS_A_PLANE,
      to + firstPixelOf(output) + row * rowBytesOf(output),
      planeBytesOf(output),
      side,
      spare,
    );
  }
  kernels.clearBorder(to, output.planes, side);
}

/**
 * Puts a model into the memory of kernels, which belongs to it from then on.
 *
 * Pointwise convolutions, 95 % of the work, are computed in integers: the inputs, which ReLU6 keeps
 * between 0 and 6, as 16-bit codes, the weights as the file holds them, the sums exact. All else is
 * computed in floats. No operation is left to the machine's choice: the logits are the same on each.
 * @param inputSize side of the square input, px; the layers take any.
 * @throws Error where the model lacks a layer, or has one that the kernels do not take.
 */
export function openKernelNetwork(
  kernels: Kernels,
  model: Pick<ModelFiles, 'graph' | 'weights'>,
  inputSize: number,
): KernelNetwork {
  const { memory } = kernels;
  const network = readMobileNet(model);
  const placed = placeNetwork(kernels, network, inputSize);
  const { stemMap, stemWeights, stemBias, blocks, lastMap } = placed;
  const { embeddingSize, classifier, classes, denseWeights, denseBias, embedding, logits } = placed;
  const { image, imageRowBytes, codes, firstMap, secondMap, spare } = placed;

  function putImage(pixels: Float32Array): void {
    const rowValues = inputSize * IMAGE_CHANNELS;
    for (let y = 0; y < inputSize; y += 1) {
      new Float32Array(
        memory.buffer,
        image + (y + 1) * imageRowBytes + IMAGE_PIXEL_BYTES,
        rowValues,
      ).set(pixels.subarray(y * rowValues, (y + 1) * rowValues));
    }
  }

  function runStem(to: number): void {
    kernels.stem(
      image + windowStart(inputSize, network.stem.stride) * (imageRowBytes + IMAGE_PIXEL_BYTES),
      imageRowBytes,
      stemMap.side,
      stemMap.planes * CHANNELS_A_PLANE,
      stemWeights,
      stemBias,
      to + firstPixelOf(stemMap),
      planeBytesOf(stemMap),
      rowBytesOf(stemMap),
    );
    kernels.clearBorder(to, stemMap.planes, stemMap.side);
  }

  /** The model on what lies in `image`. */
  function runLayers(outputs: CutOutputs): void {
    let from = firstMap;
    let to = secondMap;
    runStem(from);
    for (const block of blocks) {
      runBlock(kernels, block, from, to, codes, spare);
      [from, to] = [to, from];
    }
    kernels.mean(
      from + firstPixelOf(lastMap),
      planeBytesOf(lastMap),
      lastMap.planes,
      lastMap.side,
      embedding,
    );
    kernels.dense(
      embedding,
      embeddingSize,
      denseWeights,
      classifier.zeroPoint,
      classifier.scale,
      denseBias,
      classes,
      logits,
    );
    outputs.logits.push(new Float32Array(memory.buffer, logits, classes).slice());
    outputs.embeddings.push(new Float32Array(memory.buffer, embedding, embeddingSize).slice());
  }

  function run(images: Float32Array): CutOutputs {
    const outputs: CutOutputs = { logits: [], embeddings: [] };
    const imageValues = inputSize * inputSize * IMAGE_CHANNELS;
    for (let from = 0; from < images.length; from += imageValues) {
      putImage(images.subarray(from, from + imageValues));
      runLayers(outputs);
    }
    return outputs;
  }

  // What the maps hold is of no use between two runs.
  const pictures = openKernelPictures(kernels, firstMap);
  const imagePlace = {
    address: image + imageRowBytes + IMAGE_PIXEL_BYTES,
    rowBytes: imageRowBytes,
  };

  function runCuts(cuts: readonly Cut[]): CutOutputs {
    const outputs: CutOutputs = { logits: [], embeddings: [] };
    for (const { raster, crop } of cuts) {
      pictures.cut(raster, crop, inputSize, imagePlace);
      runLayers(outputs);
    }
    return outputs;
  }

  return { run, runCuts, countPixels: pictures.count };
}

/** As few steps as the cache allows, and of these as even ones as there are. */
function rowsAtATime(side: number, rowBytes: number): number {
  const steps = Math.ceil((side * rowBytes) / CODES_AT_A_TIME_BYTES);
  return Math.ceil(side / steps);
}
