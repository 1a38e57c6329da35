import type { io } from '@tensorflow/tfjs-core';

import { CodedError } from '../core/errors';
import type { ModelVariant } from '../core/prediction';
import type { ModelEntry } from './model-manifest';

/**
 * Reads one file of the package; rejects where it is not there. Where `bytes` tells how long it is, what
 * follows may be left unread.
 */
export type FetchFile = (path: string, bytes?: number) => Promise<ArrayBuffer>;

/** A model whose files are the built ones. */
export interface ModelFiles {
  variant: ModelVariant;
  entry: ModelEntry;
  graph: io.ModelJSON;
  weights: ArrayBuffer;
}

/** A model that was read. */
export interface ReadModel {
  files: ModelFiles;
  /**
   * Settles when the weights' hash is known: that takes a while, in which they can be put in place.
   * Rejects with CodedError `model-altered`.
   */
  verified: Promise<void>;
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function read(fetchFile: FetchFile, path: string, bytes: number): Promise<ArrayBuffer> {
  try {
    return await fetchFile(path, bytes);
  } catch (error) {
    throw new CodedError('model-missing', `${path} could not be read.`, { cause: error });
  }
}

async function verify(bytes: ArrayBuffer, path: string, expected: string): Promise<void> {
  const actual = await sha256(bytes);
  if (actual === expected) return;
  throw new CodedError(
    'model-altered',
    `${path} is not the built file: SHA-256 ${actual}, expected ${expected}.`,
  );
}

async function readGraph(
  fetchFile: FetchFile,
  { modelFile, modelSha256, modelBytes }: ModelEntry,
): Promise<io.ModelJSON> {
  const bytes = await read(fetchFile, modelFile, modelBytes);
  await verify(bytes, modelFile, modelSha256);
  return JSON.parse(new TextDecoder().decode(bytes)) as io.ModelJSON;
}

/**
 * Reads a model's two files side by side and checks their SHA-256; `verified` tells that of the weights.
 * @throws CodedError `model-missing`, `model-altered`.
 */
export async function loadModelFiles(
  variant: ModelVariant,
  entry: ModelEntry,
  fetchFile: FetchFile,
): Promise<ReadModel> {
  const { weightsFile, weightsSha256, weightsBytes } = entry;
  const [graph, weights] = await Promise.all([
    readGraph(fetchFile, entry),
    read(fetchFile, weightsFile, weightsBytes),
  ]);
  const verified = verify(weights, weightsFile, weightsSha256);
  verified.catch(() => undefined); // thrown where it is awaited
  return { files: { variant, entry, graph, weights }, verified };
}
