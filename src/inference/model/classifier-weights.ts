import type { Classifier } from '../../core/where/feature-map';
import type { ModelVariant } from '../../core/saying/prediction';
import { readMobileNet } from '../wasm/mobilenet-weights';
import { type FetchFile, loadModelFiles, type ModelFiles } from './model-files';
import type { ModelManifest } from './model-manifest';

/** The last layer of a compiled model. @throws Error where a layer is missing */
export function classifierOf(model: Pick<ModelFiles, 'graph' | 'weights'>): Classifier {
  const { kernel, bias } = readMobileNet(model).classifier;
  const { values, scale, zeroPoint } = kernel;
  return { values, scale, zeroPoint, bias };
}

/**
 * The last layer of a model, from its files: a megabyte of four, read when it is asked for and kept by
 * nobody.
 * @throws CodedError `model-missing`, `model-altered`
 */
export async function readClassifier(
  variant: ModelVariant,
  { models, fetchFile }: { models: ModelManifest; fetchFile: FetchFile },
): Promise<Classifier> {
  const { files, verified } = await loadModelFiles(variant, models[variant], fetchFile);
  await verified;
  return classifierOf(files);
}
