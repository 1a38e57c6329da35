import {
  type BackendDriver,
  BackendRefusal,
  type Device,
  type Session,
} from '../engine/backend-driver';
import { openKernelNetwork } from './session';
import { instantiateKernels, type Kernels, KERNELS_FILE } from './kernels';
import type { FetchFile, ModelFiles } from '../model/model-files';

function openSession(kernels: Kernels, model: ModelFiles): Session {
  const { inputSize } = model.entry;
  const { runCuts, countPixels } = openKernelNetwork(kernels, model, inputSize);
  return {
    batchCuts: 1,
    // A call that throws is a promise that rejects.
    run: (cuts) =>
      new Promise((resolve) => {
        resolve(runCuts(cuts));
      }),
    countPixels,
  };
}

/**
 * WebAssembly with SIMD, one thread: kernels of our own for this one network, without tfjs. That the
 * file is sound, the self-test shows, whose logits pass through each of them.
 */
export function createWasmDriver(fetchFile: FetchFile): BackendDriver {
  async function readKernels(): Promise<Kernels> {
    try {
      return await instantiateKernels(await fetchFile(KERNELS_FILE));
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new BackendRefusal('failed-to-start', `${KERNELS_FILE}: ${message}`, { cause });
    }
  }

  async function open(): Promise<Device> {
    const kernels = await readKernels();
    return {
      description: null,
      isSoftware: false,
      lost: new Promise<never>(() => undefined),
      load: (model) =>
        new Promise((resolve) => {
          resolve(openSession(kernels, model));
        }),
      close: () => undefined, // the memory goes with the last reference to it
    };
  }
  return { backend: 'wasm', open };
}
