/**
 * `npm run models`: compiles the models to build/models.
 * `npm run models -- --verify`: also prints how far the compiled models are from the golden logits.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import type { ModelVariant } from '../../src/core/saying/prediction';
import { WEIGHTS_CHUNK_BYTES } from '../../src/inference/model/model-manifest';
import { compileModel, readModelParts } from '../model/compiler/compile';
import { printGoldenDifferences } from '../model/compiler/golden-logits';
import {
  BUILD_FOLDER,
  MODEL_INDEX_FILE,
  type ModelIndex,
  type ModelIndexEntry,
  modelPaths,
} from '../model/compiler/model-index';
import { VARIANT_SOURCES } from '../model/compiler/variants';
import { reportScriptFailure } from '../node/script-error';

async function compileVariant(variant: ModelVariant): Promise<ModelIndexEntry> {
  const source = VARIANT_SOURCES[variant];
  const compiled = compileModel(await readModelParts(source), source);
  const model = Buffer.from(compiled.modelJson);
  const { modelFile, weightsFile } = modelPaths(source.id);
  await mkdir(path.dirname(path.join(BUILD_FOLDER, modelFile)), { recursive: true });
  await writeFile(path.join(BUILD_FOLDER, modelFile), model);
  await writeFile(path.join(BUILD_FOLDER, weightsFile), compiled.weights);
  process.stdout.write(
    `${variant}: ${source.id}, weights ${(compiled.weights.byteLength / 1e6).toFixed(2)} MB, topology ${(model.byteLength / 1e3).toFixed(1)} kB\n`,
  );
  return {
    id: source.id,
    inputSize: source.inputSize,
    embeddingSize: compiled.embeddingSize,
    parameters: compiled.parameters,
    modelFile,
    weightsFile,
    modelSha256: sha256(model),
    weightsSha256: sha256(compiled.weights),
    weightsChunkSha256: chunksOf(compiled.weights).map(sha256),
    modelBytes: model.byteLength,
    weightsBytes: compiled.weights.byteLength,
  };
}

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / WEIGHTS_CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * WEIGHTS_CHUNK_BYTES, (index + 1) * WEIGHTS_CHUNK_BYTES),
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

try {
  const { values } = parseArgs({ options: { verify: { type: 'boolean', default: false } } });
  const index: ModelIndex = {
    accurate: await compileVariant('accurate'),
    fast: await compileVariant('fast'),
  };
  await writeFile(MODEL_INDEX_FILE, `${JSON.stringify(index, null, 2)}\n`);
  if (values.verify) await printGoldenDifferences();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
