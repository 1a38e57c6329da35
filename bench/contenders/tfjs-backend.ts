/** tfjs as its users set it up: a backend package imported whole, one thread. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';

import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

import type { Backend } from '../../src/core/saying/prediction';

/** @throws Error where the backend does not start */
export async function startBackend(backend: Backend): Promise<void> {
  if (backend === 'wasm') {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths(new URL('/wasm/', location.href).href);
  }
  // tfjs refuses a software GPU by itself; here it is asked for.
  if (backend === 'webgl') tf.env().set('WEBGL_VERSION', 2);
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs does not start ${backend}.`);
  await tf.ready();
}
