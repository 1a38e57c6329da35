import path from 'node:path';

import type { ModelVariant } from '../../../src/core/saying/prediction';

/** One compiled model as `build/models/index.json` tells of it; file names are relative to `build`. */
export interface ModelIndexEntry {
  id: string;
  /** Side of the square input, px. */
  inputSize: number;
  embeddingSize: number;
  modelFile: string;
  weightsFile: string;
  modelSha256: string;
  weightsSha256: string;
  weightsChunkSha256: string[];
  modelBytes: number;
  weightsBytes: number;
}

export type ModelIndex = Record<ModelVariant, ModelIndexEntry>;

export const BUILD_FOLDER = path.resolve(import.meta.dirname, '../../../build');
export const MODEL_INDEX_FILE = path.join(BUILD_FOLDER, 'models/index.json');

/** Where the files of a compiled model are, relative to the build folder and to the extension's root. */
export function modelPaths(id: string): { modelFile: string; weightsFile: string } {
  return { modelFile: `models/${id}/model.json`, weightsFile: `models/${id}/weights.bin` };
}
