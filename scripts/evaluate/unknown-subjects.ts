/** Subjects that the model has never met, simulated: what is said where the true class is out of the question? */
import { readFile } from 'node:fs/promises';

import { pixelEvidence } from '../../src/core/look/evidence';
import { isLookEnough } from '../../src/core/look/first-look';
import { type Look, makeLook } from '../../src/core/look/look';
import type { Raster } from '../../src/core/look/raster';
import type { Hint, ModelVariant, ViewCount } from '../../src/core/saying/prediction';
import { say } from '../../src/core/saying/say';
import { PLAIN_VOICE } from '../../src/core/saying/voice';
import { toRaster } from '../calibration/pictures';
import { withoutClass } from '../calibration/unknown';
import { loadLookingModel, type LookingModel } from '../model/model-in-node';
import type { LabelledPhoto } from '../photos/photo-labels';
import { isHintTrue } from './measure';

export interface UnknownSubjects {
  /** False hints of 100 photos. */
  falseHints: number;
  /** Share of the photos on which a hint is said, true or false. */
  unknownSpokenOn: number;
}

/**
 * What the extension would see: the first look alone where that is enough.
 * @param removed the class to take away; null for none
 */
export function lookAtSubject(
  removed: number | null,
  raster: Raster,
  model: LookingModel,
  { variant, views }: { variant: ModelVariant; views: ViewCount },
): Look {
  const { logits, embeddings, pixels } = model.look(raster, views);
  const lookOf = (count: number): Look =>
    makeLook({
      variant,
      logits:
        removed === null ? logits.slice(0, count) : withoutClass(logits.slice(0, count), removed),
      embeddings: embeddings.slice(0, count),
      pixels: pixelEvidence(pixels),
    });
  const first = lookOf(1);
  const isEnough = isLookEnough(first, raster, { views, minimumConfidence: 0 });
  return isEnough ? first : lookOf(views);
}

/**
 * Computed in Node, by the kernels, constants and words of the extension. A hint is true where it names a
 * kind that the subject belongs to.
 */
export async function evaluateUnknown(
  photos: readonly (LabelledPhoto & { path: string })[],
  looked: { variant: ModelVariant; views: ViewCount },
  onSaid: (file: string, hint: Hint | null, isTrue: boolean) => void,
): Promise<UnknownSubjects> {
  const model = await loadLookingModel(looked.variant);
  let [said, falsely] = [0, 0];
  for (const { path, file, classIndex } of photos) {
    const raster = await toRaster(await readFile(path));
    const { hint } = say(lookAtSubject(classIndex, raster, model, looked), raster, PLAIN_VOICE);
    const isTrue = hint !== null && isHintTrue(hint.synset, classIndex);
    onSaid(file, hint, isTrue);
    if (hint === null) continue;
    said += 1;
    if (!isTrue) falsely += 1;
  }
  const all = Math.max(1, photos.length);
  return { falseHints: (100 * falsely) / all, unknownSpokenOn: said / all };
}
