import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

import type { PixelCounts } from '../../src/core/look/pixel-counts';
import type { Raster } from '../../src/core/look/raster';
import { type Crop, planViews } from '../../src/core/look/views';
import type { Classifier, FeatureMap } from '../../src/core/where/feature-map';
import type { ModelVariant, ViewCount } from '../../src/core/saying/prediction';
import type { CutOutputs } from '../../src/inference/engine/backend-driver';
import { type KernelNetwork, openKernelNetwork } from '../../src/inference/wasm/session';
import { classifierOf } from '../../src/inference/model/classifier-weights';
import { chooseInnerLoop } from '../../src/inference/wasm/inner-loop';
import {
  instantiateKernels,
  KERNELS_FILE,
  type Kernels,
  RELAXED_KERNELS_FILE,
} from '../../src/inference/wasm/kernels';
import type { GraphModelFiles } from './compiler/graph-model';
import { BUILD_FOLDER, MODEL_INDEX_FILE, type ModelIndex } from './compiler/model-index';
import { ScriptError } from '../node/script-error';

export type NodeBackend = 'wasm' | 'cpu';

/** A compiled model, ready to run in Node. One process holds one backend at a time: the last one loaded. */
export interface NodeModel {
  /** Side of the square input, px. */
  inputSize: number;
  /**
   * `batch` holds `count` images [count, inputSize, inputSize, 3], RGB in [-1, 1]; gives each
   * image's 1001 logits (0 is "background") and its embedding.
   */
  predict: (
    batch: Float32Array,
    count: number,
  ) => { logits: Float32Array[]; embeddings: Float32Array[] };
  dispose: () => void;
}

/** Opens a model compiled by `npm run models`. Throws `models-missing` where that was not run. */
export async function loadModelInNode(
  variant: ModelVariant,
  backend: NodeBackend,
): Promise<NodeModel> {
  return openModelInNode((await readCompiledModel(variant)).files, backend);
}

/** A model that cuts its views and runs on our own kernels in 8 bits, as the extension does it without a GPU. */
export interface LookingModel {
  /** What the model gives for each of so many views, and the counts of the pixels. */
  look: (raster: Raster, views: ViewCount) => CutOutputs & { pixels: PixelCounts };
  /** What the model gives for one part of the picture. */
  lookAt: (raster: Raster, crop: Crop) => CutOutputs;
  /** What the model sees at each place of a part of the picture. */
  see: (raster: Raster, crop: Crop) => FeatureMap;
  classifier: Classifier;
}

/** Throws `models-missing`, `kernels-missing`. */
export async function loadLookingModel(variant: ModelVariant): Promise<LookingModel> {
  const { files, inputSize } = await readCompiledModel(variant);
  const { runCuts, see, countPixels } = await openNetwork(files, inputSize);
  return {
    see: (raster, crop) => see({ raster, crop }),
    lookAt: (raster, crop) => runCuts([{ raster, crop }]),
    classifier: classifierOf(kernelFilesOf(files)),
    look: (raster, views) => ({
      ...runCuts(planViews(raster, views).map((crop) => ({ raster, crop }))),
      pixels: countPixels(raster),
    }),
  };
}

/** Throws `models-missing`. */
export async function readCompiledModel(
  variant: ModelVariant,
): Promise<{ files: GraphModelFiles; inputSize: number }> {
  const index = await readModelIndex();
  const { modelFile, weightsFile, inputSize } = index[variant];
  return {
    files: {
      modelJson: await readFile(path.join(BUILD_FOLDER, modelFile), 'utf8'),
      weights: new Uint8Array(await readFile(path.join(BUILD_FOLDER, weightsFile))),
    },
    inputSize,
  };
}

async function readModelIndex(): Promise<ModelIndex> {
  try {
    return JSON.parse(await readFile(MODEL_INDEX_FILE, 'utf8')) as ModelIndex;
  } catch (error) {
    throw new ScriptError(
      'models-missing',
      `${MODEL_INDEX_FILE} cannot be read. Compile the models first: npm run models`,
      { cause: error },
    );
  }
}

/** Opens a compiled model from memory, through the same loader that the extension uses. */
export async function openModelInNode(
  files: GraphModelFiles,
  backend: NodeBackend,
): Promise<NodeModel> {
  await useBackend(backend);
  const { modelTopology, signature, format, weightsManifest } = JSON.parse(
    files.modelJson,
  ) as tf.io.ModelJSON;
  const weightData = files.weights.slice().buffer;
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology,
      ...(format === undefined ? {} : { format }),
      ...(signature === undefined ? {} : { signature }),
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData,
    }),
  );
  const inputSize = model.inputs[0]?.shape?.[1];
  if (inputSize === undefined) throw new Error('the compiled model has no input shape');

  return {
    inputSize,
    predict: (batch, count) => {
      const [logits, embeddings] = tf.tidy(() => {
        const images = tf.tensor4d(batch, [count, inputSize, inputSize, 3]);
        const outputs = model.execute(images, ['logits', 'embedding']) as tf.Tensor[];
        return outputs.map((output) => rows(output.dataSync() as Float32Array, count));
      });
      return { logits: logits ?? [], embeddings: embeddings ?? [] };
    },
    dispose: () => {
      model.dispose();
    },
  };
}

/**
 * Opens a compiled model for images of `inputSize` px, which may be another than its own. Throws
 * `kernels-missing` where `npm run kernels` was not run.
 */
export async function openKernelsInNode(
  files: GraphModelFiles,
  inputSize: number,
): Promise<NodeModel> {
  const { run } = await openNetwork(files, inputSize);
  return { inputSize, predict: run, dispose: () => undefined };
}

async function openNetwork(files: GraphModelFiles, inputSize: number): Promise<KernelNetwork> {
  const kernels = await openKernels();
  const { loop } = chooseInnerLoop(kernels.relaxed);
  return openKernelNetwork(kernels, loop, kernelFilesOf(files), inputSize);
}

/** The same as the extension reads them. */
export function kernelFilesOf({ modelJson, weights }: GraphModelFiles) {
  return { graph: JSON.parse(modelJson) as tf.io.ModelJSON, weights: weights.slice().buffer };
}

/** The compiled kernels, in a memory of their own. Throws `kernels-missing`. */
export async function openKernels(): Promise<Kernels> {
  return await instantiateKernels(
    await readKernels(KERNELS_FILE),
    await readKernels(RELAXED_KERNELS_FILE),
  );
}

async function readKernels(file: string): Promise<ArrayBuffer> {
  try {
    return new Uint8Array(await readFile(path.join(BUILD_FOLDER, file))).buffer;
  } catch (error) {
    throw new ScriptError(
      'kernels-missing',
      `${file} cannot be read. Compile the kernels first: npm run kernels`,
      { cause: error },
    );
  }
}

/** Makes a backend of plain TensorFlow.js its current one. */
export async function useBackend(backend: NodeBackend): Promise<void> {
  if (backend === 'wasm') {
    // Node needs a path on disk; one thread, as in the service worker.
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${path.dirname(entry)}${path.sep}`);
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  }
  if (!(await tf.setBackend(backend))) {
    throw new Error(`the ${backend} backend of TensorFlow.js does not start`);
  }
  await tf.ready();
}

function rows(values: Float32Array, count: number): Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, row) => values.slice(row * length, (row + 1) * length));
}
