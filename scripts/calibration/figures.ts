import type { Calibration } from '../../src/core/calibration';
import type { ViewCount } from '../../src/core/prediction';
import { hintOf, isTrue, looksLikePhoto, probabilitiesOf, temperaturesWithout } from './fit';
import type { Observation } from './observe';

export interface HintFigures {
  pictures: number;
  /** Share on which a hint is said. */
  coverage: number;
  /** Share of the hints whose node is the true class or above it. */
  precision: number;
  meanBits: number;
  /** Share taken for a photo. */
  takenForPhoto: number;
}

/** An observation with the constants that were fitted without it. */
export interface Judged {
  observation: Observation;
  calibration: Calibration;
}

export function hintFigures(judged: readonly Judged[], views: ViewCount): HintFigures {
  const hints = judged.flatMap(({ observation, calibration }) => {
    const hint = hintOf(observation, views, calibration);
    return hint === null ? [] : [{ bits: hint.bits, right: isTrue(hint, observation) }];
  });
  const photos = judged.filter(({ observation, calibration }) =>
    looksLikePhoto(observation, views, calibration.photoModel),
  );
  return {
    pictures: judged.length,
    coverage: hints.length / judged.length,
    precision: hints.filter(({ right }) => right).length / hints.length,
    meanBits: hints.reduce((sum, { bits }) => sum + bits, 0) / hints.length,
    takenForPhoto: photos.length / judged.length,
  };
}

const BINS = 10;

/**
 * Expected calibration error of the likeliest class over ten bins of equal width (Guo et al. 2017,
 * eq. 3), each photo at the temperature that the others ask for.
 */
export function calibrationError(photos: readonly Observation[], views: ViewCount): number {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, right: 0 }));
  const temperatures = temperaturesWithout(photos, views);
  photos.forEach((photo, place) => {
    const probabilities = probabilitiesOf(photo, views, temperatures[place] ?? 1);
    const highest = Math.max(...probabilities);
    const bin = bins[Math.min(BINS - 1, Math.floor(highest * BINS))];
    if (bin === undefined) return;
    bin.said += highest;
    if (probabilities.indexOf(highest) === photo.classIndex) bin.right += 1;
  });
  return bins.reduce((sum, { said, right }) => sum + Math.abs(said - right), 0) / photos.length;
}
