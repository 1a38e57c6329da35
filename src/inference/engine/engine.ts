import type { LoadTensorflow, Tensorflow } from '../tfjs/load';
import { createCpuDriver } from '../cpu/driver';
import { createWasmDriver } from '../wasm/driver';
import { createWebglDriver } from '../webgl/driver';
import { createWebgpuDriver } from '../webgpu/driver';
import { createEngineMachine, type Engine } from './engine-machine';
import type { FetchFile } from '../model/model-files';
import type { ModelManifest } from '../model/model-manifest';

export type { ClassifierOutput, ClassifyOptions, Engine, EngineConfig } from './engine-machine';
export type { ModelEntry, ModelManifest } from '../model/model-manifest';

export interface EngineOptions {
  /** The content of `models/index.json`. */
  models: ModelManifest;
  /** Reads a file of the package by its path, as the manifest names it. */
  fetchFile: FetchFile;
  /** Called by the first backend that needs tfjs. */
  loadTensorflow: LoadTensorflow;
}

/**
 * The engine: MobileNetV1 on WebGPU, WebGL and plain JavaScript by tfjs, on wasm by our own kernels.
 * It does nothing until it is started or asked. One a context: tfjs has one current backend.
 */
export function createEngine({ models, fetchFile, loadTensorflow }: EngineOptions): Engine {
  let tensorflow: Tensorflow | undefined;
  const load = async (): Promise<Tensorflow> => (tensorflow ??= await loadTensorflow());
  return createEngineMachine({
    models,
    fetchFile,
    drivers: [
      createWebgpuDriver(load),
      createWebglDriver(load),
      createWasmDriver(fetchFile),
      createCpuDriver(load),
    ],
    countTensors: () => tensorflow?.countTensors() ?? 0,
  });
}
