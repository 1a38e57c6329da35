import type { ModelVariant } from '../../core/saying/prediction';

/** One compiled model, as the model compiler describes it. Paths are relative to the package. */
export interface ModelEntry {
  id: string;
  /** Side of the square input in pixels. */
  inputSize: number;
  /** Length of an embedding. */
  embeddingSize: number;
  /** Numbers that were learned: weights and biases. */
  parameters: number;
  modelFile: string;
  weightsFile: string;
  /** SHA-256 in lower-case hex. */
  modelSha256: string;
  /** Names the weights. */
  weightsSha256: string;
  /** Of each WEIGHTS_CHUNK_BYTES of the weights, in their order; the last chunk is what is left. */
  weightsChunkSha256: string[];
  modelBytes: number;
  weightsBytes: number;
}

/** The weights are checked in pieces of this size, each while the next one is read. */
export const WEIGHTS_CHUNK_BYTES = 1024 * 1024;

/** The content of `models/index.json`. */
export type ModelManifest = Record<ModelVariant, ModelEntry>;
