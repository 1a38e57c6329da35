import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import '@tensorflow/tfjs-backend-cpu/dist/register_all_kernels';
import { BackendWasm, init, setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import '@tensorflow/tfjs-backend-wasm/dist/register_all_kernels';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/canvas_util';
import { GPGPUContext } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_context';
import '@tensorflow/tfjs-backend-webgl/dist/register_all_kernels';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import '@tensorflow/tfjs-backend-webgpu/dist/register_all_kernels';
import {
  env,
  type KernelBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';

import type { Backend } from '../../core/saying/prediction';
import { closeGl, openGl } from '../webgl/driver';
import { openGpu } from '../webgpu/driver';
import type { BackendDoor, OpenBackend } from './model-runner';

/** Where the build puts tfjs's wasm file; see scripts/build/extension-files.ts. */
const WASM_FOLDER = '/wasm/';

async function onBackend(
  name: Backend,
  instance: KernelBackend,
  { isLost, close }: Pick<OpenBackend, 'isLost' | 'close'>,
): Promise<OpenBackend> {
  registerBackend(name, () => instance);
  const use = async (): Promise<void> => {
    if (!(await setBackend(name))) throw new Error(`tfjs did not take the ${name} backend.`);
  };
  await use();
  return {
    use,
    isLost,
    close() {
      try {
        removeBackend(name);
      } catch {
        // A lost device has nothing left to free.
      }
      close();
    },
  };
}

/** A GPU that is computed on the CPU is slower than the CPU. */
function refuseSoftware(isSoftware: boolean, isWanted: boolean): void {
  if (isSoftware && !isWanted) throw new Error('This GPU is computed on the CPU.');
}

async function openWebgpu(isWanted: boolean): Promise<OpenBackend> {
  const { device, info, isSoftware } = await openGpu();
  let isLost = false;
  void device.lost.then(() => {
    isLost = true;
  });
  const close = (): void => {
    device.destroy();
  };
  try {
    refuseSoftware(isSoftware, isWanted);
    const backend = new WebGPUBackend(device, info);
    return await onBackend('webgpu', backend, { isLost: () => isLost, close });
  } catch (error) {
    close();
    throw error;
  }
}

async function openWebgl(isWanted: boolean): Promise<OpenBackend> {
  const { gl, isSoftware } = openGl();
  const close = (): void => {
    closeGl(gl);
  };
  try {
    refuseSoftware(isSoftware, isWanted);
    // tfjs reads its WebGL flags from a context of its own, which must be this one.
    setWebGLContext(2, gl);
    const backend = new MathBackendWebGL(new GPGPUContext(gl));
    return await onBackend('webgl', backend, { isLost: () => gl.isContextLost(), close });
  } catch (error) {
    close();
    throw error;
  }
}

const alwaysThere = { isLost: () => false, close: () => undefined };

async function openWasm(): Promise<OpenBackend> {
  // Threads need a page that is isolated from all others, which no page of an extension is.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(WASM_FOLDER);
  const { wasm } = await init();
  return await onBackend('wasm', new BackendWasm(wasm), alwaysThere);
}

/** The backends that tfjs has, the fastest first. */
export const DOORS: readonly BackendDoor[] = [
  { name: 'webgpu', open: openWebgpu },
  { name: 'webgl', open: openWebgl },
  { name: 'wasm', open: openWasm },
  { name: 'cpu', open: () => onBackend('cpu', new MathBackendCPU(), alwaysThere) },
];
