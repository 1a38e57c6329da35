import { createWasmDriver } from './backends/wasm';
import type { EngineOptions } from './engine';
import { createEngineMachine, type Engine } from './engine-machine';
import { countTensors } from './graph-session';

/**
 * The engine of a CPU pool's worker: the model on wasm and on nothing else, so that the worker's bundle
 * holds no other backend.
 */
export function createPoolEngine({ models, fetchFile, wasmAddress }: EngineOptions): Engine {
  return createEngineMachine({
    models,
    fetchFile,
    drivers: [createWasmDriver(wasmAddress)],
    countTensors,
  });
}
