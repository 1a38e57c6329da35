import type { Tensorflow } from '../../inference/tfjs/load';

/**
 * Reads TensorFlow.js, which is a script of its own: few starts of the worker need it, and each would
 * spend more time on it than on all else. Also to be called in the worker's `install` event: what is
 * imported by then the browser keeps with the worker, compiled; later it gives nothing new.
 */
export function importTensorflow(): void {
  importScripts('/tensorflow.js'); // built from src/inference/tfjs/tensorflow-script.ts
}

/**
 * TensorFlow.js, evaluated at the first call.
 * @throws DOMException where the browser has not kept it
 */
export function loadTensorflow(): Tensorflow {
  if (globalThis.tensorflow === undefined) importTensorflow();
  if (globalThis.tensorflow === undefined) throw new Error('tensorflow.js is not the built file.');
  return globalThis.tensorflow;
}
