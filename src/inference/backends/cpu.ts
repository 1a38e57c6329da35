import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/_FusedMatMul';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/FusedDepthwiseConv2D';
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity';
import { meanConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Mean';
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape';

import type { BackendDriver, Device } from '../backend-driver';
import { type GraphSession, openGraphSession } from '../graph-session';

const KERNELS = [
  _fusedMatMulConfig,
  fusedConv2DConfig,
  fusedDepthwiseConv2DConfig,
  identityConfig,
  meanConfig,
  reshapeConfig,
];

/** Plain JavaScript: works everywhere, and is the slowest by far. */
export function createCpuDriver(): BackendDriver {
  function open(): Promise<Device> {
    let session: GraphSession | undefined;
    return Promise.resolve({
      description: null,
      isSoftware: false,
      lost: new Promise<never>(() => undefined),
      load: async (model) => {
        session = await openGraphSession(
          { name: 'cpu', instance: new MathBackendCPU(), kernels: KERNELS },
          model,
        );
        return session;
      },
      close: () => {
        session?.close();
        session = undefined;
      },
    });
  }
  return { backend: 'cpu', open };
}
