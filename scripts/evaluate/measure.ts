import type { Prediction } from '../../src/core/saying/prediction';
import { isAtOrBelow, nodeOf } from '../../src/core/saying/taxonomy';
import {
  calibrationErrorOf,
  type ChanceError,
  errorByChance,
  type Stated,
} from '../calibration/calibration-error';
import type { LabelledPhoto } from '../photos/photo-labels';

/** A photo and what the extension said; null where it failed. */
export interface Judged {
  photo: LabelledPhoto;
  prediction: Prediction | null;
}

export interface Measures {
  images: number;
  /** Images that the extension could not describe; they count as wrong. */
  failed: number;
  /** Share whose likeliest class is the right one. */
  top1: number;
  /** Share whose five likeliest classes hold the right one. */
  top5: number;
  /** Share for which a hint is said. */
  hintCoverage: number;
  /** Of those, the share whose hint is the right class or an ancestor of it; null where none is said. */
  hintPrecision: number | null;
  /** Mean information of all images' hints, bits; silence counts as 0. */
  meanBits: number;
  /** Expected calibration error of the likeliest class, 10 equal-width bins (Guo et al. 2017). */
  calibrationError: number;
  /** The same of probabilities that are true to the letter. */
  calibrationErrorByChance: ChanceError;
}

function share(count: number, of: number): number {
  return of === 0 ? 0 : count / of;
}

/** Is the hint true of the photo: its class, or a kind that its class belongs to? */
export function isHintTrue(hintSynset: string, classIndex: number): boolean {
  const node = nodeOf(hintSynset);
  return node !== undefined && isAtOrBelow(classIndex, node);
}

/** The measures of a set of labelled photos. */
export function measure(judged: readonly Judged[]): Measures {
  let [failed, top1, top5, hints, trueHints, bits] = [0, 0, 0, 0, 0, 0];
  const tops: Stated[] = [];
  for (const { photo, prediction } of judged) {
    if (prediction === null) {
      failed += 1;
      continue;
    }
    const [first] = prediction.predictions;
    const isRight = first?.classIndex === photo.classIndex;
    tops.push({ probability: first?.probability ?? 0, isRight });
    if (isRight) top1 += 1;
    if (prediction.predictions.some(({ classIndex }) => classIndex === photo.classIndex)) top5 += 1;
    if (prediction.hint === null) continue;
    hints += 1;
    bits += prediction.hint.bits;
    if (isHintTrue(prediction.hint.synset, photo.classIndex)) trueHints += 1;
  }
  const images = judged.length;
  return {
    images,
    failed,
    top1: share(top1, images),
    top5: share(top5, images),
    hintCoverage: share(hints, images),
    hintPrecision: hints === 0 ? null : trueHints / hints,
    meanBits: share(bits, images),
    calibrationError: calibrationErrorOf(tops),
    calibrationErrorByChance: errorByChance(tops),
  };
}
