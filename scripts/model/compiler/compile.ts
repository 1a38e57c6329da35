import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { resolveAsset } from '../../assets/resolve';
import { type GraphModelFiles, writeGraphModel } from './graph-model';
import { type MobileNetV1Shape, readMobileNetV1 } from './mobilenet-v1';
import { readTflite } from './tflite-file';
import type { VariantSource } from './variants';

/** One TFLite file in memory; the name is for errors. */
export interface ModelPart {
  fileName: string;
  bytes: Uint8Array;
}

export interface CompiledModel extends GraphModelFiles {
  embeddingSize: number;
  /** Numbers that were learned: weights and biases. */
  parameters: number;
}

/** Compiles MobileNetV1, in one part or consecutive ones, to a tfjs graph-model. Throws `CompileError`. */
export function compileModel(parts: readonly ModelPart[], shape: MobileNetV1Shape): CompiledModel {
  const files = parts.map(({ bytes, fileName }) => readTflite(bytes, fileName));
  const model = readMobileNetV1(files, shape);
  const parameters = [...model.convolutions, model.classifier].reduce(
    (sum, { kernel, bias }) => sum + kernel.values.length + bias.length,
    0,
  );
  return { ...writeGraphModel(model), embeddingSize: model.embeddingSize, parameters };
}

/** The checked asset files that a variant is compiled from. Throws `AssetError`. */
export function readModelParts(source: VariantSource): Promise<ModelPart[]> {
  return Promise.all(
    source.parts.map(async (asset) => ({
      fileName: path.basename(asset),
      bytes: new Uint8Array(await readFile(await resolveAsset(asset))),
    })),
  );
}
