import { CodedError } from '../core/errors';
import { zipOf } from '../core/own-models/zip-writer';
import type { Settings } from '../core/settings/settings';
import { fitLabels } from '../core/teaching/own-head';
import { type FetchFile, loadModelFiles } from '../inference/model/model-files';
import type { ModelManifest } from '../inference/model/model-manifest';
import { ownLabelModel } from '../inference/model/own-label-model';
import { loadTaught } from '../platform/own-label-store';

/**
 * The own labels that are on as a model for TensorFlow.js, in one zip file.
 * @param none what is said where it is none of them
 * @throws CodedError `own-labels-none`, `model-missing`, `model-altered`
 */
export type ExportLabelModel = (none: string) => Promise<ArrayBuffer>;

interface Parts {
  models: ModelManifest;
  fetchFile: FetchFile;
  settings: () => Promise<Pick<Settings, 'variant'>>;
}

export function createLabelModelExport({ models, fetchFile, settings }: Parts): ExportLabelModel {
  return async (none) => {
    const { variant } = await settings();
    const labels = fitLabels(await loadTaught(), variant);
    if (labels.length === 0) throw new CodedError('own-labels-none', 'No label is on.');
    const { files, verified } = await loadModelFiles(variant, models[variant], fetchFile);
    await verified;
    return zipOf(ownLabelModel({ files, labels, none, madeAt: Date.now() })).buffer;
  };
}
