import { loadGraphModelSync, type GraphModel } from '@tensorflow/tfjs-converter';
import {
  engine,
  type io,
  type KernelBackend,
  type KernelConfig,
  registerBackend,
  registerKernel,
  removeBackend,
  setBackend,
  tensor4d,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';

import type { Backend } from '../../core/saying/prediction';
import { cutCrops } from '../../core/look/views';
import type { FeatureMap } from '../../core/where/feature-map';
import type { Cut, CutOutputs, Session } from '../engine/backend-driver';
import type { ModelFiles } from '../model/model-files';
import { byPicture } from './picture-cuts';

const registered = new Set<Backend>();

/** What a driver needs to run the model by tfjs on a backend that it built itself. */
export interface GraphBackend {
  name: Backend;
  instance: KernelBackend;
  /** The kernels that the graph and tfjs's own reshaping need, and no more: the bundle stays small. */
  kernels: readonly KernelConfig[];
}

/** A graph model on the current backend of tfjs, and how to take both away. */
export interface OpenGraph {
  /**
   * The outputs for `[cuts, inputSize, inputSize, 3]` in [-1, 1]: logits `[cuts, 1001]` and
   * embeddings `[cuts, embeddingSize]`. The caller disposes of them.
   */
  execute: (images: Tensor4D) => { logits: Tensor; embedding: Tensor };
  /** The last maps for the same, `[cuts, side, side, channels]`. The caller disposes of them. */
  executeMap: (images: Tensor4D) => Tensor4D;
  /** Frees the model and takes the backend out of tfjs. Never throws. */
  close: () => void;
}

/** The name of the layer that the embedding is the mean of. */
function lastLayerOf({ graph }: ModelFiles): string {
  const { node: nodes } = graph.modelTopology as { node: { name: string; input?: string[] }[] };
  const layer = nodes.find(({ name }) => name === 'embedding')?.input?.[0];
  if (layer === undefined) throw new Error('The model has no layer that the embedding is of.');
  return layer;
}

/** A feature map of what `OpenGraph.executeMap` gave for one cut. */
export function featureMapOf({ shape }: Tensor4D, values: Float32Array): FeatureMap {
  return { side: shape[1], channels: shape[3], values };
}

/** A session that runs a graph model. */
export interface GraphSession extends Session {
  /** As `OpenGraph`. */
  close: () => void;
}

/** Tensors that are alive in tfjs, of whatever backend. */
export function countTensors(): number {
  return engine().state.numTensors;
}

export function ignoreFailure(task: () => void): void {
  try {
    task();
  } catch {
    // Freeing what a lost device held can fail, and then there is nothing left to free.
  }
}

/**
 * Makes a backend tfjs's current one and loads the model on it; the weights are dequantized here,
 * by tfjs. tfjs has one current backend, so there is one graph at a time.
 */
export async function openGraph(backend: GraphBackend, model: ModelFiles): Promise<OpenGraph> {
  const { name, instance, kernels } = backend;
  if (!registered.has(name)) {
    kernels.forEach(registerKernel);
    registered.add(name);
  }
  // A backend that was given up on without being closed would be kept by registerBackend.
  ignoreFailure(() => {
    removeBackend(name);
  });
  registerBackend(name, () => instance);
  if (!(await setBackend(name))) throw new Error(`tfjs did not take the ${name} backend.`);

  const graph: GraphModel<io.IOHandlerSync> = loadGraphModelSync([model.graph, model.weights]);
  const lastLayer = lastLayerOf(model);
  let closed = false;
  const assertOpen = (): void => {
    // Another graph may be on tfjs's current backend by now.
    if (closed) throw new Error('The model was closed during a run.');
  };
  return {
    execute: (images) => {
      assertOpen();
      const [logits, embedding] = graph.execute(images, ['logits', 'embedding']) as Tensor[];
      if (logits === undefined || embedding === undefined) {
        throw new Error('The model has no outputs named logits and embedding.');
      }
      return { logits, embedding };
    },
    executeMap: (images) => {
      assertOpen();
      return graph.execute(images, lastLayer) as Tensor4D;
    },
    close: () => {
      closed = true;
      ignoreFailure(() => {
        graph.dispose();
      });
      ignoreFailure(() => {
        removeBackend(name);
      });
    },
  };
}

/** A model that takes cuts one by one, for backends on which a batch is no quicker. */
export async function openGraphSession(
  backend: GraphBackend,
  model: ModelFiles,
): Promise<GraphSession> {
  const { execute, executeMap, close } = await openGraph(backend, model);
  const size = model.entry.inputSize;
  const imageValues = size * size * 3;

  async function runOne(image: Float32Array, outputs: CutOutputs): Promise<void> {
    const { logits, embedding } = tidy(() => execute(tensor4d(image, [1, size, size, 3])));
    try {
      const [logitValues, embeddingValues] = await Promise.all([
        logits.data<'float32'>(),
        embedding.data<'float32'>(),
      ]);
      outputs.logits.push(logitValues);
      outputs.embeddings.push(embeddingValues);
    } finally {
      ignoreFailure(() => {
        logits.dispose();
        embedding.dispose();
      });
    }
  }

  async function run(cuts: readonly Cut[]): Promise<CutOutputs> {
    const outputs: CutOutputs = { logits: [], embeddings: [] };
    for (const { raster, crops } of byPicture(cuts)) {
      const images = cutCrops(raster, size, crops);
      for (let start = 0; start < images.length; start += imageValues) {
        await runOne(images.subarray(start, start + imageValues), outputs);
      }
    }
    return outputs;
  }

  async function see({ raster, crop }: Cut): Promise<FeatureMap> {
    const image = cutCrops(raster, size, [crop]);
    const map = tidy(() => executeMap(tensor4d(image, [1, size, size, 3])));
    try {
      return featureMapOf(map, await map.data<'float32'>());
    } finally {
      ignoreFailure(() => {
        map.dispose();
      });
    }
  }

  return { batchCuts: 1, run, see, close };
}
