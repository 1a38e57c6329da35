import { createWasmDriver } from '../wasm/driver';
import type { EngineOptions } from './engine';
import { createEngineMachine, type Engine } from './engine-machine';

/**
 * The engine of a CPU pool's worker: the model on wasm and on nothing else, so that the worker's bundle
 * holds no other backend.
 */
export function createPoolEngine({
  models,
  fetchFile,
}: Omit<EngineOptions, 'loadTensorflow'>): Engine {
  return createEngineMachine({
    models,
    fetchFile,
    drivers: [createWasmDriver(fetchFile)],
    countTensors: () => 0, // the kernels are no part of tfjs
  });
}
