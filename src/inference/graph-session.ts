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
  tidy,
} from '@tensorflow/tfjs-core';

import type { Backend, ViewCount } from '../core/prediction';
import type { Session, ViewOutputs } from './backend-driver';
import type { ModelFiles } from './model-files';

const registered = new Set<Backend>();

/** What a driver needs to run the model by tfjs on a backend that it built itself. */
export interface GraphBackend {
  name: Backend;
  instance: KernelBackend;
  /** The kernels that the graph and tfjs's own reshaping need, and no more: the bundle stays small. */
  kernels: readonly KernelConfig[];
  /** Are several views quicker as one batch than one by one? */
  batches: boolean;
}

/** A graph model on a tfjs backend, and how to take both away. */
export interface GraphSession extends Session {
  /** Frees the model and takes the backend out of tfjs. Never throws. */
  close: () => void;
}

/** Tensors that are alive in tfjs, of whatever backend. */
export function countTensors(): number {
  return engine().state.numTensors;
}

function ignoreFailure(task: () => void): void {
  try {
    task();
  } catch {
    // Freeing what a lost device held can fail, and then there is nothing left to free.
  }
}

async function readRows(tensor: Tensor, views: number): Promise<Float32Array[]> {
  const values = await tensor.data<'float32'>();
  const length = values.length / views;
  return Array.from({ length: views }, (_, view) =>
    values.slice(view * length, (view + 1) * length),
  );
}

async function runBatch(
  model: GraphModel<io.IOHandlerSync>,
  images: Float32Array,
  views: number,
  size: number,
): Promise<ViewOutputs> {
  const outputs = tidy(() =>
    model.execute(tensor4d(images, [views, size, size, 3]), ['logits', 'embedding']),
  );
  const [logits, embedding] = outputs as Tensor[];
  try {
    if (logits === undefined || embedding === undefined) {
      throw new Error('The model has no outputs named logits and embedding.');
    }
    const [logitRows, embeddingRows] = await Promise.all([
      readRows(logits, views),
      readRows(embedding, views),
    ]);
    return { logits: logitRows, embeddings: embeddingRows };
  } finally {
    ignoreFailure(() => {
      logits?.dispose();
      embedding?.dispose();
    });
  }
}

/**
 * Makes a backend tfjs's current one and loads the model on it; the weights are dequantized here,
 * by tfjs. tfjs has one current backend, so there is one session at a time.
 */
export async function openGraphSession(
  backend: GraphBackend,
  model: ModelFiles,
): Promise<GraphSession> {
  const { name, instance, kernels, batches } = backend;
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

  const graph = loadGraphModelSync([model.graph, model.weights]);
  const size = model.entry.inputSize;
  const viewValues = size * size * 3;
  let closed = false;

  async function run(images: Float32Array, views: ViewCount): Promise<ViewOutputs> {
    if (batches || views === 1) return runBatch(graph, images, views, size);
    const all: ViewOutputs = { logits: [], embeddings: [] };
    for (let view = 0; view < views; view += 1) {
      // Another session may be tfjs's current one by now.
      if (closed) throw new Error('The session was closed between two views.');
      const image = images.subarray(view * viewValues, (view + 1) * viewValues);
      const one = await runBatch(graph, image, 1, size);
      all.logits.push(...one.logits);
      all.embeddings.push(...one.embeddings);
    }
    return all;
  }

  return {
    run,
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
