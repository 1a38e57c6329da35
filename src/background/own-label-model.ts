import { CodedError } from '../core/errors';
import type { Settings } from '../core/settings/settings';
import { fitLabels } from '../core/teaching/own-head';
import { type FetchFile, loadModelFiles } from '../inference/model/model-files';
import type { ModelManifest } from '../inference/model/model-manifest';
import type { LoadOwnTensorflow } from '../inference/own-models/load';
import { loadTaught } from '../platform/own-label-store';

/**
 * The own labels that are on as a model for TensorFlow.js, in one zip file.
 * @param none what is said where it is none of them
 * @throws CodedError `own-labels-none`, `model-missing`, `model-altered`
 */
export type ExportLabelModel = (none: string) => Promise<ArrayBuffer>;

interface Parts {
  loadOwnTensorflow: LoadOwnTensorflow;
  models: ModelManifest;
  fetchFile: FetchFile;
  settings: () => Promise<Pick<Settings, 'variant'>>;
}

export function createLabelModelExport(needed: Parts): ExportLabelModel {
  const { models, fetchFile, settings, loadOwnTensorflow } = needed;
  return async (none) => {
    const { variant } = await settings();
    const labels = fitLabels(await loadTaught(), variant);
    if (labels.length === 0) throw new CodedError('own-labels-none', 'No label is on.');
    const { files, verified } = await loadModelFiles(variant, models[variant], fetchFile);
    await verified;
    const { zippedLabelModel } = await loadOwnTensorflow();
    return zippedLabelModel({ files, labels, none, madeAt: Date.now() }).buffer;
  };
}
