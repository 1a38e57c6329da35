import type { OwnTensorflow } from '../../inference/own-models/load';
import type { Tensorflow } from '../../inference/tfjs/load';

/**
 * Reads TensorFlow.js, which is a script of its own: few starts of the worker need it, and each would
 * spend more time on it than on all else. Also to be called in the worker's `install` event: what is
 * imported by then the browser keeps with the worker, compiled; later it gives nothing new.
 */
export function importTensorflow(): void {
  importScripts('/tensorflow.js'); // built from src/inference/tfjs/tensorflow-script.ts
}

/** As `importTensorflow`, for what runs models of a person's own. */
export function importOwnTensorflow(): void {
  importScripts('/own-tensorflow.js'); // built from src/inference/own-models/own-tensorflow-script.ts
}

function evaluated(): Tensorflow {
  if (globalThis.tensorflow === undefined) throw new Error('tensorflow.js is not the built file.');
  return globalThis.tensorflow;
}

/**
 * TensorFlow.js in a service worker, evaluated at the first call.
 * @throws DOMException where the browser has not kept it
 */
export function loadTensorflow(): Tensorflow {
  if (globalThis.tensorflow === undefined) importTensorflow();
  return evaluated();
}

function ownEvaluated(): OwnTensorflow {
  const { ownTensorflow } = globalThis;
  if (ownTensorflow === undefined) throw new Error('own-tensorflow.js is not the built file.');
  return ownTensorflow;
}

/** As `loadTensorflow`, for what runs models of a person's own. */
export function loadOwnTensorflow(): OwnTensorflow {
  if (globalThis.ownTensorflow === undefined) importOwnTensorflow();
  return ownEvaluated();
}

/** As much of a document as is used: the background is compiled without the DOM's types. */
interface ScriptElement {
  src: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
}
declare const document: {
  createElement: (name: 'script') => ScriptElement;
  head: { append: (script: ScriptElement) => void };
};

async function append(address: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    if (typeof document === 'undefined') throw new Error('There is no document here.');
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => {
      resolve();
    };
    script.onerror = () => {
      reject(new Error(`${address} cannot be read.`));
    };
    document.head.append(script);
  });
}

/**
 * TensorFlow.js in an event page, evaluated at the first call.
 * @throws Error where it cannot be read
 */
export async function appendTensorflow(): Promise<Tensorflow> {
  if (globalThis.tensorflow === undefined) await append('/tensorflow.js');
  return evaluated();
}

/** As `appendTensorflow`, for what runs models of a person's own. */
export async function appendOwnTensorflow(): Promise<OwnTensorflow> {
  if (globalThis.ownTensorflow === undefined) await append('/own-tensorflow.js');
  return ownEvaluated();
}
