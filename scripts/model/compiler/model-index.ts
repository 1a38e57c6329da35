import path from 'node:path';

import type { ModelEntry, ModelManifest } from '../../../src/inference/model/model-manifest';

/** One compiled model as `build/models/index.json` tells of it; file names are relative to `build`. */
export type ModelIndexEntry = ModelEntry;

export type ModelIndex = ModelManifest;

export const BUILD_FOLDER = path.resolve(import.meta.dirname, '../../../build');
export const MODEL_INDEX_FILE = path.join(BUILD_FOLDER, 'models/index.json');

/** Where the files of a compiled model are, relative to the build folder and to the extension's root. */
export function modelPaths(id: string): { modelFile: string; weightsFile: string } {
  return { modelFile: `models/${id}/model.json`, weightsFile: `models/${id}/weights.bin` };
}
