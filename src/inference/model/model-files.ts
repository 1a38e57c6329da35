import { CodedError } from '../../core/errors';
import { hex } from '../../core/hex';
import type { ModelVariant } from '../../core/saying/prediction';
import { type ModelEntry, WEIGHTS_CHUNK_BYTES } from './model-manifest';

/** How a file is read whose length is known; what follows may be left unread. */
export interface Reading {
  bytes: number;
  /** Told, maybe, that the buffer's first `length` bytes are there; the buffer is the caller's again afterwards. */
  onBytes?: (buffer: ArrayBuffer, length: number) => void;
}

/** Reads one file of the package; rejects where it is not there. */
export type FetchFile = (path: string, reading?: Reading) => Promise<ArrayBuffer>;

/** What is stored of one weight, in the weights file's order. */
interface WeightSpec {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool' | 'string' | 'complex64';
  quantization?: { scale?: number; min?: number; dtype: 'uint16' | 'uint8' | 'float16' };
}

/** The graph file, as far as something of it is read here; a `ModelJSON` of TensorFlow.js. */
export interface GraphFile {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: WeightSpec[] }[];
}

/** A model whose files are the built ones. */
export interface ModelFiles {
  variant: ModelVariant;
  entry: ModelEntry;
  graph: GraphFile;
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

async function sha256(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

async function read(fetchFile: FetchFile, path: string, reading: Reading): Promise<ArrayBuffer> {
  try {
    return await fetchFile(path, reading);
  } catch (error) {
    throw new CodedError('model-missing', `${path} could not be read.`, { cause: error });
  }
}

async function verify(bytes: BufferSource, what: string, expected: string): Promise<void> {
  const actual = await sha256(bytes);
  if (actual === expected) return;
  throw new CodedError(
    'model-altered',
    `${what} is not the built one: SHA-256 ${actual}, expected ${expected}.`,
  );
}

async function readGraph(
  fetchFile: FetchFile,
  { modelFile, modelSha256, modelBytes }: ModelEntry,
): Promise<GraphFile> {
  const bytes = await read(fetchFile, modelFile, { bytes: modelBytes });
  await verify(bytes, modelFile, modelSha256);
  return JSON.parse(new TextDecoder().decode(bytes)) as GraphFile;
}

/** Reads the weights and has each chunk hashed while the next one comes: the last one is soon done. */
async function readWeights(
  fetchFile: FetchFile,
  { weightsFile, weightsBytes, weightsChunkSha256 }: ModelEntry,
  isVerified: boolean,
): Promise<{ weights: ArrayBuffer; verified: Promise<void> }> {
  const checks: Promise<void>[] = [];
  const check = (buffer: ArrayBuffer, length: number): void => {
    // To the last byte, however many hashes there are: one that is missing fits nothing.
    for (;;) {
      const start = checks.length * WEIGHTS_CHUNK_BYTES;
      const end = Math.min(start + WEIGHTS_CHUNK_BYTES, weightsBytes);
      if (start >= weightsBytes || length < end) return;
      const bytes = new Uint8Array(buffer, start, end - start);
      const checked = verify(
        bytes,
        `${weightsFile}, from byte ${start},`,
        weightsChunkSha256[checks.length] ?? '',
      );
      checked.catch(() => undefined); // thrown where it is awaited
      checks.push(checked);
    }
  };
  const onBytes = isVerified ? () => undefined : check;
  const weights = await read(fetchFile, weightsFile, { bytes: weightsBytes, onBytes });
  if (weights.byteLength !== weightsBytes) {
    throw new CodedError(
      'model-altered',
      `${weightsFile} has ${weights.byteLength} bytes, not ${weightsBytes}.`,
    );
  }
  onBytes(weights, weightsBytes);
  const verified = Promise.all(checks).then(() => undefined);
  verified.catch(() => undefined); // thrown where it is awaited
  return { weights, verified };
}

/**
 * Reads a model's two files side by side and checks their SHA-256; `verified` tells that of the weights.
 * @param isVerified were these weights hashed before in this session of the browser? That takes a tenth of a start.
 * @throws CodedError `model-missing`, `model-altered`.
 */
export async function loadModelFiles(
  variant: ModelVariant,
  entry: ModelEntry,
  fetchFile: FetchFile,
  isVerified = false,
): Promise<ReadModel> {
  const [graph, { weights, verified }] = await Promise.all([
    readGraph(fetchFile, entry),
    readWeights(fetchFile, entry, isVerified),
  ]);
  return { files: { variant, entry, graph, weights }, verified };
}
