import { env, type Tensor, tidy } from '@tensorflow/tfjs-core';

import { wholeCrop } from '../../core/look/views';
import type { FeatureMap } from '../../core/where/feature-map';
import type { Cut, CutOutputs } from '../engine/backend-driver';
import { featureMapOf, type GraphSession, ignoreFailure, openGraph } from '../tfjs/graph-session';
import type { ModelFiles } from '../model/model-files';
import { ArenaBackend } from './arena-backend';
import { KERNELS } from './kernels';
import { createViewCutter } from './view-cutter';

/** Eight pictures of three views: beyond that a GPU is busy, and the first answer comes late. */
const MOST_CUTS = 24;
/** At most for each of the two buffers that layers write to in turn. */
const ACTIVATION_BYTES = 128 * 1024 * 1024;

function rowsOf(values: Float32Array, count: number): Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, row) => values.slice(row * length, (row + 1) * length));
}

/**
 * The model on WebGPU. A run is one batch: the pictures' bytes go up as they are, views are cut on
 * the GPU, each layer is one dispatch, and everything comes back in one read. Pipelines are
 * compiled here, side by side, and never later.
 */
export async function openWebgpuSession(
  device: GPUDevice,
  info: GPUAdapterInfo,
  model: ModelFiles,
): Promise<GraphSession> {
  const backend = new ArenaBackend(device, info);
  const graph = await openGraph({ name: 'webgpu', instance: backend, kernels: KERNELS }, model);
  const cutter = createViewCutter(backend, model.entry.inputSize);

  /** Logits and embeddings, `[cuts, …]`. */
  function execute(cuts: readonly Cut[]): Tensor[] {
    return tidy(() => {
      const { logits, embedding } = graph.execute(cutter.cut(cuts));
      return [logits, embedding];
    });
  }

  function dispose(outputs: readonly Tensor[]): void {
    ignoreFailure(() => {
      for (const output of outputs) output.dispose();
    });
  }

  /** @returns the bytes of a cut's largest activation. */
  async function compile(): Promise<number> {
    const raster = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
    env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
    try {
      dispose(execute([{ raster, crop: wholeCrop(raster) }]));
    } finally {
      env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
    }
    await backend.checkCompileCompletionAsync();
    return backend.largestActivationBytes;
  }

  async function run(cuts: readonly Cut[]): Promise<CutOutputs> {
    const outputs = execute(cuts);
    try {
      const [logits, embeddings] = await backend.readTogether(outputs);
      if (logits === undefined || embeddings === undefined)
        throw new Error('An output is missing.');
      return { logits: rowsOf(logits, cuts.length), embeddings: rowsOf(embeddings, cuts.length) };
    } finally {
      dispose(outputs);
    }
  }

  async function see(cut: Cut): Promise<FeatureMap> {
    const map = tidy(() => graph.executeMap(cutter.cut([cut])));
    try {
      const [values] = await backend.readTogether([map]);
      if (values === undefined) throw new Error('An output is missing.');
      return featureMapOf(map, values);
    } finally {
      dispose([map]);
    }
  }

  const bytesACut = await compile();
  const { maxStorageBufferBindingSize } = device.limits;
  const cutsInMemory = Math.floor(
    Math.min(ACTIVATION_BYTES, maxStorageBufferBindingSize) / bytesACut,
  );
  return {
    batchCuts: Math.max(1, Math.min(MOST_CUTS, cutsInMemory)),
    run,
    see,
    close: () => {
      graph.close();
      cutter.close();
    },
  };
}
