import {
  BackendWasm,
  init,
  setThreadsCount,
  setWasmPaths,
} from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/_FusedMatMul';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedDepthwiseConv2D';
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity';
import { meanConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Mean';
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape';
import { transposeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose';
import { env } from '@tensorflow/tfjs-core';

import { type BackendDriver, BackendRefusal, type Device } from '../backend-driver';
import { type GraphSession, openGraphSession } from '../graph-session';

const KERNELS = [
  _fusedMatMulConfig,
  fusedConv2DConfig,
  fusedDepthwiseConv2DConfig,
  identityConfig,
  meanConfig,
  reshapeConfig,
  transposeConfig, // Mean moves the averaged axes to the end
];

/** The one wasm file that the package holds. */
export const WASM_FILE = 'tfjs-backend-wasm-simd.wasm';

/**
 * WebAssembly with SIMD, one thread.
 * @param wasmAddress the address of a wasm file in the package.
 */
export function createWasmDriver(wasmAddress: (file: string) => string): BackendDriver {
  let hasAddresses = false;

  async function open(): Promise<Device> {
    if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
      throw new BackendRefusal('not-in-this-browser', 'This WebAssembly has no SIMD.');
    }
    // The threaded module starts with `new Worker`, which a service worker does not have.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setThreadsCount(1);
    if (!hasAddresses) {
      // tfjs wants an address for each of its three builds; only the SIMD one is ever asked for.
      const address = wasmAddress(WASM_FILE);
      setWasmPaths({
        'tfjs-backend-wasm.wasm': address,
        'tfjs-backend-wasm-simd.wasm': address,
        'tfjs-backend-wasm-threaded-simd.wasm': address,
      });
      // Only once: after a start that failed tfjs takes no addresses, but can start again.
      hasAddresses = true;
    }
    const { wasm } = await init();
    let session: GraphSession | undefined;
    return {
      description: null,
      isSoftware: false,
      lost: new Promise<never>(() => undefined),
      load: async (model) => {
        session = await openGraphSession(
          { name: 'wasm', instance: new BackendWasm(wasm), kernels: KERNELS },
          model,
        );
        return session;
      },
      close: () => {
        session?.close();
        session = undefined;
      },
    };
  }
  return { backend: 'wasm', open };
}
