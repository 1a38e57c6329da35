import { cutCrops } from '../../core/views';
import {
  type BackendDriver,
  BackendRefusal,
  type CutOutputs,
  type Device,
  type Session,
} from '../backend-driver';
import { openKernelNetwork } from '../kernel-network';
import { instantiateKernels, type Kernels, KERNELS_FILE } from '../kernels';
import type { FetchFile, ModelFiles } from '../model-files';
import { byPicture } from '../picture-cuts';

function openSession(kernels: Kernels, model: ModelFiles): Session {
  const { inputSize } = model.entry;
  const network = openKernelNetwork(kernels, model, inputSize);
  return {
    batchCuts: 1,
    run: (cuts) => {
      const outputs: CutOutputs = { logits: [], embeddings: [] };
      for (const { raster, crops } of byPicture(cuts)) {
        const { logits, embeddings } = network.run(cutCrops(raster, inputSize, crops));
        outputs.logits.push(...logits);
        outputs.embeddings.push(...embeddings);
      }
      return Promise.resolve(outputs);
    },
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
