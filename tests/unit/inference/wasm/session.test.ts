/** A small network on the kernels against the same in plain integers, on every way of multiplying. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { expect, test } from 'vitest';

import { readModelParts } from '../../../../scripts/model/compiler/compile';
import {
  type ConvolutionLayer,
  readMobileNetV1,
} from '../../../../scripts/model/compiler/mobilenet-v1';
import { readTflite } from '../../../../scripts/model/compiler/tflite-file';
import { VARIANT_SOURCES } from '../../../../scripts/model/compiler/variants';
import {
  kernelFilesOf,
  openKernels,
  readCompiledModel,
} from '../../../../scripts/model/model-in-node';
import { wholeCrop } from '../../../../src/core/look/views';
import { chooseInnerLoop, type InnerLoop } from '../../../../src/inference/wasm/inner-loop';
import type { Kernels } from '../../../../src/inference/wasm/kernels';
import { openKernelNetwork } from '../../../../src/inference/wasm/session';
import { MACHINES, relaxedOn } from '../../../fixtures/inference/byte-products';
import {
  biasOf,
  filesOf,
  INPUT_SIZE,
  kernelOf,
  layerOf,
  NETWORK,
  picture,
  plainly,
} from '../../../fixtures/inference/plain-network';

const MACHINE_OF = {
  'unsigned-bytes': MACHINES.unsigned,
  'signed-bytes': MACHINES.signed,
  'byte-pairs': MACHINES.saturating,
} as const;
const LOOPS: readonly InnerLoop[] = ['words', 'unsigned-bytes', 'signed-bytes', 'byte-pairs'];

async function kernelsFor(loop: InnerLoop): Promise<Kernels> {
  const kernels = await openKernels();
  if (loop === 'words') return kernels;
  return { ...kernels, relaxed: relaxedOn(MACHINE_OF[loop], kernels.memory) };
}

test.each(LOOPS)(
  'by %s a network gives what plain integers give, view by view, in memory that does not grow',
  async (loop) => {
    const kernels = await kernelsFor(loop);
    const kernelNetwork = openKernelNetwork(kernels, loop, filesOf(NETWORK), INPUT_SIZE);
    const { byteLength } = kernels.memory.buffer;
    const pictures = [picture(), picture(), picture()];
    const batch = new Float32Array(pictures.flatMap((each) => [...each]));
    const outputs = kernelNetwork.run(batch);
    expect(outputs.logits).toHaveLength(3);
    pictures.forEach((each, view) => {
      const { embedding, logits } = plainly(each);
      // Neither all cut off nor all alike: the comparison says something.
      expect(new Set(embedding.map((value) => value.toFixed(2))).size).toBeGreaterThan(5);
      expect([...(outputs.embeddings[view] ?? [])]).toEqual(embedding);
      logits.forEach((logit, index) => {
        expect(outputs.logits[view]?.[index]).toBeCloseTo(logit, 4);
      });
    });
    expect(outputs.logits[1]).not.toEqual(outputs.logits[0]);
    // The memory still holds the view before: it must not show.
    const again = kernelNetwork.run(pictures[0] ?? batch);
    expect(again.logits[0]).toEqual(outputs.logits[0]);
    expect(kernels.memory.buffer.byteLength).toBe(byteLength);
  },
);

test.each(LOOPS)(
  'by %s a picture larger than all maps leaves the weights as they were',
  async (loop) => {
    const kernels = await kernelsFor(loop);
    const network = openKernelNetwork(kernels, loop, filesOf(NETWORK), INPUT_SIZE);
    const [width, height] = [700, 300];
    const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, index) =>
      index % 4 === 3 ? 255 : (index * 7919) % 256,
    );
    const raster = { width, height, data };
    const before = network.run(picture()).logits[0];
    network.countPixels(raster);
    const cut = { raster, crop: wholeCrop(raster) };
    const [first] = network.runCuts([cut]).logits;
    network.countPixels(raster);
    expect(network.runCuts([cut]).logits[0]).toEqual(first);
    const words = openKernelNetwork(await openKernels(), 'words', filesOf(NETWORK), INPUT_SIZE);
    expect(first).toEqual(words.runCuts([cut]).logits[0]);
    expect(first).not.toEqual(before);
  },
);

test('a network that the kernels do not take is refused', async () => {
  const [stem, depthwise] = NETWORK.convolutions;
  if (stem === undefined || depthwise === undefined) throw new Error('The network has no layers.');
  const kernels = await openKernels();
  const open = (convolutions: ConvolutionLayer[]) => () =>
    openKernelNetwork(kernels, 'words', filesOf({ ...NETWORK, convolutions }), INPUT_SIZE);
  expect(open([stem, depthwise])).toThrow('lacks a layer');
  const narrow = layerOf('narrow', 'convolution', 1, kernelOf([1, 1, 16, 12], 0.01), biasOf(12));
  expect(open([stem, depthwise, narrow])).toThrow('not 16 to 12');
});

/** The smallest picture from which the last maps have a pixel each: a layer's depth counts here, not its side. */
const LEAST_SIZE = 16;

test(
  'all ways give the same bits after each block of the real network',
  { timeout: 60_000 },
  async () => {
    const source = VARIANT_SOURCES.accurate;
    const parts = await readModelParts(source);
    const { convolutions } = readMobileNetV1(
      parts.map(({ bytes, fileName }) => readTflite(bytes, fileName)),
      source,
    );
    const input = Float32Array.from(
      { length: LEAST_SIZE * LEAST_SIZE * 3 },
      (_, index) => ((index * 7919) % 255) / 127.5 - 1,
    );
    // The stem, then a depthwise and a pointwise layer a block.
    for (let layers = 3; layers <= convolutions.length; layers += 2) {
      const known = convolutions.slice(0, layers);
      const channels = known.at(-1)?.bias.length ?? 0;
      const files = filesOf({
        inputSize: LEAST_SIZE,
        embeddingSize: channels,
        classCount: 4,
        convolutions: known,
        classifier: { kernel: kernelOf([channels, 4], 0.01), bias: biasOf(4) },
      });
      const embeddings: number[][] = [];
      for (const loop of LOOPS) {
        const { run } = openKernelNetwork(await kernelsFor(loop), loop, files, LEAST_SIZE);
        embeddings.push([...(run(input).embeddings[0] ?? [])]);
      }
      const [words, ...others] = embeddings;
      // Of late layers most features sleep.
      expect(new Set(words).size).toBeGreaterThan(5);
      for (const other of others) expect(other).toEqual(words);
    }
  },
);

test(
  'as this processor multiplies, the compiled kernels give the bits of words on the real network',
  { timeout: 60_000 },
  async () => {
    // V8 knew the instructions before it had them for all.
    if ((await openKernels()).relaxed === null)
      setFlagsFromString('--experimental-wasm-relaxed-simd');
    const { files, inputSize } = await readCompiledModel('fast');
    const input = Float32Array.from(
      { length: inputSize * inputSize * 3 },
      (_, index) => ((index * 7919) % 255) / 127.5 - 1,
    );
    const logitsBy = async (loop: InnerLoop): Promise<number[]> => {
      const network = openKernelNetwork(await openKernels(), loop, kernelFilesOf(files), inputSize);
      return [...(network.run(input).logits[0] ?? [])];
    };
    const { relaxed } = await openKernels();
    if (relaxed === null) throw new Error('The kernels of relaxed SIMD do not compile.');
    const { loop } = chooseInnerLoop(relaxed);
    expect(loop, 'x86 and ARM have products of bytes').not.toBe('words');
    // A processor that has products of four has those of two, too.
    const { loop: second } = chooseInnerLoop({ ...relaxed, fourProducts: () => 0 });
    const words = await logitsBy('words');
    expect(new Set(words).size).toBeGreaterThan(100);
    expect(await logitsBy(loop)).toEqual(words);
    expect(await logitsBy(second)).toEqual(words);
  },
);

/**
 * Collects garbage until nothing holds it: nothing else shows what is still held.
 * @returns false where it outlives some collections
 */
async function isForgotten(held: WeakRef<object>): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 20; turn += 1) {
    // What a weak reference was asked for lives until its turn has ended; so may what the stack had.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    await new Promise((resolve) => setTimeout(resolve, turn));
    if (held.deref() === undefined) return true;
  }
  return false;
}

/** A network, and a weak reference to the file's bytes that it was made of. */
async function openAndForget(loop: InnerLoop) {
  const kernels = await kernelsFor(loop);
  const files = filesOf(NETWORK);
  const network = openKernelNetwork(kernels, loop, files, INPUT_SIZE);
  return { network, weights: new WeakRef(files.weights) };
}

test.each(['words', 'unsigned-bytes', 'byte-pairs'] as const)(
  'by %s the weights are held once: in the memory of the kernels, and not as they were read',
  async (loop) => {
    const { network, weights } = await openAndForget(loop);
    expect(await isForgotten(weights)).toBe(true);
    expect(network.run(picture()).logits).toHaveLength(1);
  },
);
