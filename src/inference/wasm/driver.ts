import {
  type BackendDriver,
  BackendRefusal,
  type Device,
  type Session,
} from '../engine/backend-driver';
import { chooseInnerLoop, type InnerLoop } from './inner-loop';
import { instantiateKernels, type Kernels, KERNELS_FILE, RELAXED_KERNELS_FILE } from './kernels';
import { openKernelNetwork } from './session';
import type { FetchFile, ModelFiles } from '../model/model-files';

function openSession(kernels: Kernels, loop: InnerLoop, model: ModelFiles): Session {
  const { inputSize } = model.entry;
  const { runCuts, see, countPixels } = openKernelNetwork(kernels, loop, model, inputSize);
  return {
    batchCuts: 1,
    // A call that throws is a promise that rejects.
    run: (cuts) =>
      new Promise((resolve) => {
        resolve(runCuts(cuts));
      }),
    see: (cut) =>
      new Promise((resolve) => {
        resolve(see(cut));
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
      const [kernels, relaxed] = await Promise.all([
        fetchFile(KERNELS_FILE),
        // A way that is only quicker.
        fetchFile(RELAXED_KERNELS_FILE).catch(() => null),
      ]);
      return await instantiateKernels(kernels, relaxed);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new BackendRefusal('failed-to-start', `${KERNELS_FILE}: ${message}`, { cause });
    }
  }

  async function open(): Promise<Device> {
    const kernels = await readKernels();
    const { loop, device } = chooseInnerLoop(kernels.relaxed);
    return {
      description: device,
      isSoftware: false,
      lost: new Promise<never>(() => undefined),
      load: (model) =>
        new Promise((resolve) => {
          resolve(openSession(kernels, loop, model));
        }),
      close: () => undefined, // the memory goes with the last reference to it
    };
  }
  return { backend: 'wasm', open };
}
