import type { BackendDriver, Device } from '../backend-driver';
import { openKernelSession } from '../kernel-session';
import { instantiateKernels, KERNELS_FILE } from '../kernels';
import type { FetchFile } from '../model-files';

/**
 * WebAssembly with SIMD, one thread: kernels of our own for this one network, without tfjs. That the
 * file is sound, the self-test shows, whose logits pass through each of them.
 */
export function createWasmDriver(fetchFile: FetchFile): BackendDriver {
  async function open(): Promise<Device> {
    const kernels = await instantiateKernels(await fetchFile(KERNELS_FILE));
    return {
      description: null,
      isSoftware: false,
      lost: new Promise<never>(() => undefined),
      load: (model) =>
        new Promise((resolve) => {
          resolve(openKernelSession(kernels, model, model.entry.inputSize));
        }),
      close: () => undefined, // the memory goes with the last reference to it
    };
  }
  return { backend: 'wasm', open };
}
