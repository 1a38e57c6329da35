import type { ModelVariant } from '../core/prediction';

/** One compiled model, as the model compiler describes it. Paths are relative to the package. */
export interface ModelEntry {
  id: string;
  /** Side of the square input in pixels. */
  inputSize: number;
  /** Length of an embedding. */
  embeddingSize: number;
  modelFile: string;
  weightsFile: string;
  /** SHA-256 in lower-case hex. */
  modelSha256: string;
  weightsSha256: string;
  modelBytes: number;
  weightsBytes: number;
}

/** The content of `models/index.json`. */
export type ModelManifest = Record<ModelVariant, ModelEntry>;
