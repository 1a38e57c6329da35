/**
 * All of TensorFlow.js that models of a person's own need: layers and graphs, every kernel on every backend; and
 * what else few starts of the background need of models. A script of its own: what runs MobileNet needs a handful
 * of kernels, and most people bring no model.
 */
import { DOORS } from './backends';
import { createModelRunner, type ModelRunner } from './model-runner';
import { openModel } from './open-model';

export * from './tools';
export { zippedLabelModel } from './own-label-model';

/** @returns what runs models on the backends of this browser */
export function createOwnRunner(): ModelRunner {
  return createModelRunner(DOORS, openModel);
}
