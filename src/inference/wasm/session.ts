import {
  ACTIVATION_SCALE,
  type ActivationMap,
  bytesOf,
  firstPixelOf,
  outputSide,
  rowBytesOf,
  windowStart,
} from './activation-map';
import type { PixelCounts } from '../../core/look/pixel-counts';
import type { Raster } from '../../core/look/raster';
import type { FeatureMap } from '../../core/where/feature-map';
import type { Cut, CutOutputs } from '../engine/backend-driver';
import type { InnerLoop } from './inner-loop';
import type { Depthwise, Kernels } from './kernels';
import {
  type ConvolutionWeights,
  type LayerWeights,
  type MobileNetWeights,
  readMobileNet,
} from './mobilenet-weights';
import { Placer } from './placer';
import { PANEL_CHANNELS, type Pointwise, pointwiseBy, TILE_PIXELS } from './pointwise';
import { openKernelPictures } from './view-cutter';
import type { ModelFiles } from '../model/model-files';

const FLOAT_BYTES = 4;
const INPUT_BYTES = 2;
const IMAGE_CHANNELS = 3;
const IMAGE_PIXEL_BYTES = IMAGE_CHANNELS * INPUT_BYTES;
/** The input's byte that is zero, and what a byte is in real units: as the network was trained. */
const INPUT_ZERO = 128;
const INPUT_SCALE = 1 / 128;
/** Half of the range of a byte: the views are cut in [-1, 1]. */
const HALF_RANGE = 127.5;
/** The classes that the classifier kernel computes at a time. */
const PANEL_CLASSES = 16;
/** int16 of a depthwise kernel's twelve taps, three of them zeros, and of the stem's thirty. */
const DEPTHWISE_WEIGHT_BYTES = 12 * 2;
const STEM_WEIGHT_BYTES = 30 * 2;
/** So many codes stay in a core's second-level cache between the two convolutions of a block. */
const CODES_AT_A_TIME_BYTES = 131_072;

/** A model in the memory of its kernels. */
export interface KernelNetwork {
  /** @param images `[count, inputSize, inputSize, 3]`, RGB in [-1, 1]; each is taken as the nearest byte. */
  run: (images: Float32Array) => CutOutputs;
  runCuts: (cuts: readonly Cut[]) => CutOutputs;
  /** The last map of a cut. */
  see: (cut: Cut) => FeatureMap;
  countPixels: (raster: Raster) => PixelCounts;
}

/** A layer's bias in units of its sums. */
function integerBias({ kernel, bias }: LayerWeights, inputScale: number): Int32Array {
  return Int32Array.from(bias, (value) => Math.round(value / (inputScale * kernel.scale)));
}

/** The ratio of a sum's scale to an activation's. */
function ratioOf({ kernel }: LayerWeights, inputScale: number): number {
  return Math.fround((inputScale * kernel.scale) / ACTIVATION_SCALE);
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
  depthwiseRatio: number;
  /** Output rows between which the codes pass at a time. */
  rows: number;
  runPointwise: ReturnType<Pointwise['place']>;
  pointwiseRatio: number;
}

function placeBlock(
  placer: Placer,
  kernels: Kernels,
  way: Pointwise,
  input: ActivationMap,
  { depthwise, pointwise }: MobileNetWeights['blocks'][number],
): Block {
  const depth = input.channels;
  const channels = pointwise.bias.length;
  const side = outputSide(input.side, depthwise.stride);
  if (depth % PANEL_CHANNELS !== 0 || channels % PANEL_CHANNELS !== 0) {
    throw new Error(`The kernels take channels by eights, not ${depth} to ${channels}.`);
  }
  const depthwiseWeights = placer.take(depth * DEPTHWISE_WEIGHT_BYTES);
  const { values: depthwiseValues, zeroPoint } = depthwise.kernel;
  placer.pack(depthwiseValues, (staged) => {
    kernels.packDepthwise(staged, depth, zeroPoint, depthwiseWeights);
  });
  return {
    input,
    output: { side, channels },
    depthwise: depthwise.stride === 1 ? kernels.depthwiseStride1 : kernels.depthwiseStride2,
    windowBytes: windowStart(input.side, depthwise.stride) * firstPixelOf(input),
    depthwiseWeights,
    depthwiseBias: placer.placeIntegers(integerBias(depthwise, ACTIVATION_SCALE)),
    depthwiseRatio: ratioOf(depthwise, ACTIVATION_SCALE),
    rows: rowsAtATime(side, side * depth * way.codeBytes),
    runPointwise: way.place(placer, {
      depth,
      values: pointwise.kernel.values,
      zeroPoint: pointwise.kernel.zeroPoint,
      bias: integerBias(pointwise, ACTIVATION_SCALE),
    }),
    pointwiseRatio: ratioOf(pointwise, ACTIVATION_SCALE),
  };
}

function placeStem(placer: Placer, kernels: Kernels, stem: ConvolutionWeights) {
  const channels = stem.bias.length;
  const weights = placer.take(channels * STEM_WEIGHT_BYTES);
  const { values, zeroPoint } = stem.kernel;
  placer.pack(values, (staged) => {
    kernels.packStem(staged, channels, zeroPoint, weights);
  });
  const bias = placer.placeIntegers(integerBias(stem, INPUT_SCALE));
  return { weights, bias, ratio: ratioOf(stem, INPUT_SCALE) };
}

/** Takes the addresses of a network and of what passes between its layers, and puts its weights there. */
function placeNetwork(
  kernels: Kernels,
  way: Pointwise,
  network: MobileNetWeights,
  inputSize: number,
) {
  const placer = new Placer(kernels);
  const stem = placeStem(placer, kernels, network.stem);
  const stemMap: ActivationMap = {
    side: outputSide(inputSize, network.stem.stride),
    channels: network.stem.bias.length,
  };

  let lastMap = stemMap;
  const blocks = network.blocks.map((layers) => {
    const block = placeBlock(placer, kernels, way, lastMap, layers);
    lastMap = block.output;
    return block;
  });

  const embeddingSize = lastMap.channels;
  const { kernel: classifier, bias: classifierBias } = network.classifier;
  const classes = classifierBias.length;
  const paddedClasses = Math.ceil(classes / PANEL_CLASSES) * PANEL_CLASSES;
  const denseWeights = placer.take(paddedClasses * embeddingSize);
  placer.pack(classifier.values, (staged) => {
    kernels.packDense(staged, embeddingSize, classes, denseWeights);
  });
  const denseBias = placer.placeFloats(classifierBias, paddedClasses);
  const embedding = placer.take(embeddingSize * FLOAT_BYTES);
  const logits = placer.take(paddedClasses * FLOAT_BYTES);

  const imageRowBytes = (inputSize + 2) * IMAGE_PIXEL_BYTES;
  // Its border stays as new memory is: zero. The stem's last step of four pixels reads behind the last row.
  const image = placer.take((inputSize + 2) * imageRowBytes + 8 * IMAGE_PIXEL_BYTES);
  // Weights are put where the maps will be, and packed from there.
  placer.put(
    Math.max(
      classifier.values.length,
      ...network.blocks.map(({ pointwise }) => pointwise.kernel.values.length),
    ),
  );

  const pixels = blocks.map(({ output, rows }) => rows * output.side);
  const codes = placer.take(
    Math.max(
      ...blocks.map(
        ({ input }, index) =>
          tilesOf((pixels[index] ?? NaN) + TILE_PIXELS - 1) * input.channels * way.codeBytes,
      ),
    ),
  );
  const corrections = placer.take(way.correctionBytes(Math.max(...pixels)));
  // Each map is read while the next one is written. They come last: a picture that is cut may be larger.
  const maps = [stemMap, ...blocks.map(({ output }) => output)];
  const [evenMaps, oddMaps] = [0, 1].map((parity) =>
    Math.max(0, ...maps.filter((_, index) => index % 2 === parity).map(bytesOf)),
  ) as [number, number];
  const firstMap = placer.take(evenMaps);
  const secondMap = placer.take(oddMaps);

  placer.grow();
  return {
    ...{ stemMap, stem, blocks, lastMap },
    ...{ embeddingSize, classes, denseWeights, denseBias, embedding, logits },
    ...{ zeroPoint: classifier.zeroPoint, scale: classifier.scale },
    ...{ image, imageRowBytes, codes, corrections, firstMap, secondMap },
  };
}

/** One block from the map at `from` to the map at `to`; the codes lie between. */
function runBlock(
  kernels: Kernels,
  block: Block,
  { flip, codeBytes }: Pointwise,
  maps: { from: number; to: number },
  between: { codes: number; corrections: number },
): void {
  const { input, output, rows } = block;
  const { side } = output;
  for (let row = 0; row < side; row += rows) {
    const endRow = Math.min(row + rows, side);
    block.depthwise(
      maps.from + block.windowBytes,
      rowBytesOf(input),
      input.channels,
      row,
      endRow,
      side,
      block.depthwiseWeights,
      block.depthwiseBias,
      block.depthwiseRatio,
      flip,
      codeBytes === 2 ? 1 : 0,
      between.codes,
    );
    const address = maps.to + firstPixelOf(output) + row * rowBytesOf(output);
    block.runPointwise(
      { ...between, count: (endRow - row) * side },
      { address, width: side },
      block.pointwiseRatio,
    );
  }
  kernels.clearBorder(maps.to, output.channels, side);
}

/**
 * Puts a model into the memory of kernels, which belongs to it from then on.
 *
 * All layers up to the last map are computed in the integers that the model was trained for: bytes in,
 * exact sums, one rule that makes bytes of them. The mean and the classifier are computed in floats. The
 * logits are the same on each machine, whichever inner loop it takes.
 * @param inputSize side of the square input, px; the layers take any.
 * @throws Error where the model lacks a layer, or has one that the kernels do not take.
 */
export function openKernelNetwork(
  kernels: Kernels,
  loop: InnerLoop,
  model: Pick<ModelFiles, 'graph' | 'weights'>,
  inputSize: number,
): KernelNetwork {
  const { memory } = kernels;
  const network = readMobileNet(model);
  const way = pointwiseBy(kernels, loop);
  const placed = placeNetwork(kernels, way, network, inputSize);
  // Of the network itself nothing is held: its weights are views of all that was read.
  const stemStride = network.stem.stride;
  const { stemMap, stem, blocks, lastMap } = placed;
  const { embeddingSize, classes, denseWeights, denseBias, embedding, logits } = placed;
  const { zeroPoint, scale } = placed;
  const { image, imageRowBytes, codes, corrections, firstMap, secondMap } = placed;

  function putImage(pixels: Float32Array): void {
    const rowValues = inputSize * IMAGE_CHANNELS;
    for (let y = 0; y < inputSize; y += 1) {
      const row = new Int16Array(
        memory.buffer,
        image + (y + 1) * imageRowBytes + IMAGE_PIXEL_BYTES,
        rowValues,
      );
      for (let at = 0; at < rowValues; at += 1) {
        const value = pixels[y * rowValues + at] ?? NaN;
        row[at] = Math.round((value + 1) * HALF_RANGE) - INPUT_ZERO;
      }
    }
  }

  function runStem(to: number): void {
    kernels.stem(
      image + windowStart(inputSize, stemStride) * (imageRowBytes + IMAGE_PIXEL_BYTES),
      imageRowBytes,
      stemMap.side,
      stemMap.channels,
      stem.weights,
      stem.bias,
      stem.ratio,
      to + firstPixelOf(stemMap),
      rowBytesOf(stemMap),
    );
    kernels.clearBorder(to, stemMap.channels, stemMap.side);
  }

  /** All convolutions on what lies in `image`. @returns where the last map is */
  function runConvolutions(): number {
    let from = firstMap;
    let to = secondMap;
    runStem(from);
    for (const block of blocks) {
      runBlock(kernels, block, way, { from, to }, { codes, corrections });
      [from, to] = [to, from];
    }
    return from;
  }

  /** The model on what lies in `image`. */
  function runLayers(outputs: CutOutputs): void {
    kernels.mean(
      runConvolutions() + firstPixelOf(lastMap),
      lastMap.channels,
      lastMap.side,
      ACTIVATION_SCALE,
      embedding,
    );
    kernels.dense(
      embedding,
      embeddingSize,
      denseWeights,
      zeroPoint,
      scale,
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

  function see({ raster, crop }: Cut): FeatureMap {
    pictures.cut(raster, crop, inputSize, imagePlace);
    return readMap(memory, runConvolutions() + firstPixelOf(lastMap), lastMap);
  }

  return { run, runCuts, see, countPixels: pictures.count };
}

/** A map as floats. @param first its first pixel, inside the border */
function readMap(memory: WebAssembly.Memory, first: number, map: ActivationMap): FeatureMap {
  const { side, channels } = map;
  const rowValues = side * channels;
  const values = new Float32Array(side * rowValues);
  for (let y = 0; y < side; y += 1) {
    const row = new Uint8Array(memory.buffer, first + y * rowBytesOf(map), rowValues);
    values.set(
      Float32Array.from(row, (value) => value * ACTIVATION_SCALE),
      y * rowValues,
    );
  }
  return { side, channels, values };
}

/** So many pixels as whole tiles have. */
function tilesOf(pixels: number): number {
  return Math.ceil(pixels / TILE_PIXELS) * TILE_PIXELS;
}

/** As few steps as the cache allows, and of these as even ones as there are. */
function rowsAtATime(side: number, rowBytes: number): number {
  const steps = Math.ceil((side * rowBytes) / CODES_AT_A_TIME_BYTES);
  return Math.ceil(side / steps);
}
