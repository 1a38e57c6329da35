import { createCpuDriver } from './backends/cpu';
import { createWasmDriver } from './backends/wasm';
import { createWebglDriver } from './backends/webgl';
import { createWebgpuDriver } from './backends/webgpu';
import { createEngineMachine, type Engine } from './engine-machine';
import { countTensors } from './graph-session';
import type { FetchFile } from './model-files';
import type { ModelManifest } from './model-manifest';

export type { ClassifierOutput, ClassifyOptions, Engine, EngineConfig } from './engine-machine';
export type { ModelEntry, ModelManifest } from './model-manifest';

export interface EngineOptions {
  /** The content of `models/index.json`. */
  models: ModelManifest;
  /** Reads a file of the package by its path, as the manifest names it. */
  fetchFile: FetchFile;
  /** The address of a wasm file in the package, by its name: `tfjs-backend-wasm-simd.wasm`. */
  wasmAddress: (file: string) => string;
}

/**
 * The engine: MobileNetV1 on WebGPU, WebGL, wasm or plain JavaScript. It does nothing until it is
 * started or asked. One a context: tfjs has one current backend.
 */
export function createEngine({ models, fetchFile, wasmAddress }: EngineOptions): Engine {
  return createEngineMachine({
    models,
    fetchFile,
    drivers: [
      createWebgpuDriver(),
      createWebglDriver(),
      createWasmDriver(wasmAddress),
      createCpuDriver(),
    ],
    countTensors,
  });
}
