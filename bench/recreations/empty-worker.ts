/** A worker that has tfjs with its wasm backend started, and nothing else: what memory is measured against. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

declare global {
  var isTfjsReady: Promise<boolean>;
}

async function start(): Promise<boolean> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(chrome.runtime.getURL('wasm/'));
  const isSet = await tf.setBackend('wasm');
  await tf.ready();
  return isSet;
}

globalThis.isTfjsReady = start();
