import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';

import { MODEL_VARIANTS, type ModelVariant } from '../../../src/core/saying/prediction';
import { resolveAsset } from '../../assets/resolve';
import { type NodeBackend, openKernelsInNode, openModelInNode } from '../model-in-node';
import { compileModel, readModelParts } from './compile';
import type { GraphModelFiles } from './graph-model';
import { VARIANT_SOURCES } from './variants';

/** Logits that a correct float conversion of the pinned files gives for one input. */
export interface GoldenLogits {
  logits_first8: number[];
  top5: { logit_index: number; logit: number }[];
}

/** One model's part of golden-logits.json. */
export interface GoldenModel {
  /** Side of the input they were made with, px; the convolutions take any size. */
  input_size: number;
  synthetic: GoldenLogits;
  photos: Record<string, GoldenLogits>;
}

/** Made once, with another implementation, of a float conversion of the pinned models. */
export const GOLDEN_LOGITS_FILE = join(import.meta.dirname, 'golden-logits.json');

const GOLDEN_NAMES: Readonly<Record<ModelVariant, string>> = {
  accurate: 'mobilenet_v1_1.0_224',
  fast: 'mobilenet_v1_0.5_160',
};

/** The extension's own wasm kernels, or a backend of tfjs. */
export type GoldenBackend = 'kernels' | NodeBackend;

export const GOLDEN_BACKENDS: readonly GoldenBackend[] = ['kernels', 'wasm', 'cpu'];

export interface GoldenDifference {
  /** `synthetic`, or the photo's file name. */
  input: string;
  /** Largest absolute difference over the 13 golden logits. */
  difference: number;
  /** The model's five highest logits are the golden ones, in order. */
  isTop5Same: boolean;
}

/** How far a variant, compiled afresh, is from the golden logits: one entry an input. */
export async function goldenDifferences(
  variant: ModelVariant,
  backend: GoldenBackend,
): Promise<GoldenDifference[]> {
  const golden = await readGolden(variant);
  const source = VARIANT_SOURCES[variant];
  const compiled = compileModel(await readModelParts(source), source);
  const model =
    backend === 'kernels'
      ? await openKernelsInNode(compiled, golden.input_size)
      : await openModelInNode(withInputSize(compiled, golden.input_size), backend);
  try {
    const inputs = [
      { input: 'synthetic', pixels: syntheticInput(golden.input_size), expected: golden.synthetic },
    ];
    for (const [photo, expected] of Object.entries(golden.photos)) {
      const pixels = await photoCentre(await resolveAsset(`photos/${photo}`), golden.input_size);
      inputs.push({ input: photo, pixels, expected });
    }
    return inputs.map(({ input, pixels, expected }) => {
      const [logits] = model.predict(pixels, 1).logits;
      return { input, ...compareWithGolden(logits ?? new Float32Array(), expected) };
    });
  } finally {
    model.dispose();
  }
}

/** Prints, for each model and backend, the largest difference over all golden inputs. */
export async function printGoldenDifferences(): Promise<void> {
  for (const variant of MODEL_VARIANTS) {
    for (const backend of GOLDEN_BACKENDS) {
      const differences = await goldenDifferences(variant, backend);
      const largest = Math.max(...differences.map(({ difference }) => difference));
      const same = differences.filter(({ isTop5Same }) => isTop5Same).length;
      process.stdout.write(
        `golden logits, ${variant}, ${backend === 'kernels' ? 'our wasm kernels' : `tfjs ${backend}`}: largest difference ${largest.toExponential(2)} over ${differences.length} inputs; top five the same for ${same}\n`,
      );
    }
  }
}

/** The golden logits of a model. */
export async function readGolden(variant: ModelVariant): Promise<GoldenModel> {
  const text = await readFile(GOLDEN_LOGITS_FILE, 'utf8');
  const golden = (JSON.parse(text) as Record<string, GoldenModel>)[GOLDEN_NAMES[variant]];
  if (golden === undefined) throw new Error(`golden-logits.json has no ${GOLDEN_NAMES[variant]}`);
  return golden;
}

/** The same model taking images of another size: the mean over the map makes the rest follow. */
function withInputSize(files: GraphModelFiles, inputSize: number): GraphModelFiles {
  const model = JSON.parse(files.modelJson) as {
    modelTopology: { node: { op: string; attr: object }[] };
  };
  const dim = [-1, inputSize, inputSize, 3].map((size) => ({ size: String(size) }));
  const node = model.modelTopology.node.map((each) =>
    each.op === 'Placeholder'
      ? { ...each, attr: { ...each.attr, shape: { shape: { dim } } } }
      : each,
  );
  return {
    ...files,
    modelJson: JSON.stringify({
      ...model,
      signature: undefined,
      modelTopology: { ...model.modelTopology, node },
    }),
  };
}

/** `((i * 7919) % 255) / 127.5 - 1` over [1, size, size, 3]: what the golden file's makers fed. */
function syntheticInput(size: number): Float32Array {
  return Float32Array.from(
    { length: size * size * 3 },
    (_, index) => ((index * 7919) % 255) / 127.5 - 1,
  );
}

/** The centre `size` x `size` pixels of a picture, unresized, in [-1, 1]. */
async function photoCentre(file: string, size: number): Promise<Float32Array> {
  const { width, height } = await sharp(file).metadata();
  const pixels = await sharp(file)
    .removeAlpha()
    .toColourspace('srgb')
    .extract({
      left: Math.floor((width - size) / 2),
      top: Math.floor((height - size) / 2),
      width: size,
      height: size,
    })
    .raw()
    .toBuffer();
  return Float32Array.from(pixels, (value) => value / 127.5 - 1);
}

/** How far logits [1001] are from the golden ones, and whether their five highest are the same. */
export function compareWithGolden(
  logits: ArrayLike<number>,
  { logits_first8: first, top5 }: GoldenLogits,
): { difference: number; isTop5Same: boolean } {
  const differences = [
    ...first.map((logit, index) => Math.abs((logits[index] ?? NaN) - logit)),
    ...top5.map(({ logit, logit_index: index }) => Math.abs((logits[index] ?? NaN) - logit)),
  ];
  const ranked = [...Array(logits.length).keys()].sort(
    (a, b) => (logits[b] ?? 0) - (logits[a] ?? 0),
  );
  return {
    difference: Math.max(...differences),
    isTop5Same: top5.every(({ logit_index: index }, rank) => ranked[rank] === index),
  };
}
