/** How often looks agree: two at one photo, and one each of the two models. In Node, by the extension's own code. */
import { readFile } from 'node:fs/promises';

import { classProbabilities } from '../../src/core/saying/calibration';
import { toRaster } from '../calibration/pictures';
import { loadLookingModel } from '../model/model-in-node';
import type { PinnedPhoto } from '../photos/pinned-photos';

export interface AgreementMeasures {
  photos: number;
  /** Share in which the first and the second look name the same class, of the accurate model. */
  looks: number;
  /** Share in which both models name the same class at their first look. */
  models: number;
}

function likeliest(logits: Float32Array | undefined): number {
  if (logits === undefined) throw new Error('The model gave no logits.');
  const probabilities = classProbabilities([logits], 1);
  return probabilities.indexOf(Math.max(...probabilities));
}

/** Two are open one after the other: a process has room for one model's kernels. */
export async function evaluateAgreement(
  photos: readonly PinnedPhoto[],
  onDone: (done: number) => void = () => undefined,
): Promise<AgreementMeasures> {
  const named: [first: number, second: number, fast: number][] = [];
  const accurate = await loadLookingModel('accurate');
  const fast = await loadLookingModel('fast');
  for (const { path } of photos) {
    const raster = await toRaster(await readFile(path));
    const [first, second] = accurate.look(raster, 2).logits;
    const [other] = fast.look(raster, 1).logits;
    named.push([likeliest(first), likeliest(second), likeliest(other)]);
    onDone(named.length);
  }
  const share = (count: number): number => count / photos.length;
  return {
    photos: photos.length,
    looks: share(named.filter(([first, second]) => first === second).length),
    models: share(named.filter(([first, , other]) => first === other).length),
  };
}
