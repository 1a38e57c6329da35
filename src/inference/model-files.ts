import type { io } from '@tensorflow/tfjs-core';

import { CodedError } from '../core/errors';
import type { ModelVariant } from '../core/prediction';
import type { ModelEntry } from './model-manifest';

/** Reads one file of the package; rejects where it is not there. */
export type FetchFile = (path: string) => Promise<ArrayBuffer>;

/** A model whose files are the built ones. */
export interface ModelFiles {
  variant: ModelVariant;
  entry: ModelEntry;
  graph: io.ModelJSON;
  weights: ArrayBuffer;
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fetchChecked(
  fetchFile: FetchFile,
  path: string,
  expected: string,
): Promise<ArrayBuffer> {
  let bytes: ArrayBuffer;
  try {
    bytes = await fetchFile(path);
  } catch (error) {
    throw new CodedError('model-missing', `${path} could not be read.`, { cause: error });
  }
  const actual = await sha256(bytes);
  if (actual !== expected) {
    throw new CodedError(
      'model-altered',
      `${path} is not the built file: SHA-256 ${actual}, expected ${expected}.`,
    );
  }
  return bytes;
}

/**
 * Reads a model's two files side by side and checks their SHA-256.
 * @throws CodedError `model-missing`, `model-altered`.
 */
export async function loadModelFiles(
  variant: ModelVariant,
  entry: ModelEntry,
  fetchFile: FetchFile,
): Promise<ModelFiles> {
  const [graph, weights] = await Promise.all([
    fetchChecked(fetchFile, entry.modelFile, entry.modelSha256),
    fetchChecked(fetchFile, entry.weightsFile, entry.weightsSha256),
  ]);
  return {
    variant,
    entry,
    graph: JSON.parse(new TextDecoder().decode(graph)) as io.ModelJSON,
    weights,
  };
}
