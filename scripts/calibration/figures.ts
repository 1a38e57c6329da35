import type { ViewCount } from '../../src/core/saying/prediction';
import {
  asUnknown,
  type Calibrations,
  hintOf,
  isTrue,
  looksLikePhoto,
  probabilitiesOf,
  temperaturesWithout,
  viewsTaken,
} from './fit';
import type { Observation } from './observe';

export interface HintFigures {
  pictures: number;
  /** Share on which a hint is said. */
  coverage: number;
  /** Share of the hints whose node is the true class or above it. */
  precision: number;
  meanBits: number;
  /** Share of false hints where the subjects are unknown; null where no photo has a class. */
  falseHints: number | null;
  /** Share taken for a photo. */
  takenForPhoto: number;
  /** Looks taken at a picture, mean. */
  meanViews: number;
}

/** An observation with the constants that were fitted without it. */
export interface Judged {
  observation: Observation;
  calibrations: Calibrations;
}

export function hintFigures(judged: readonly Judged[], views: ViewCount): HintFigures {
  const hints = judged.flatMap(({ observation, calibrations }) => {
    const hint = hintOf(observation, views, calibrations);
    return hint === null ? [] : [{ bits: hint.bits, right: isTrue(hint, observation) }];
  });
  const photosKnown = judged.filter(({ observation }) => observation.classIndex !== null);
  const falsely = photosKnown.filter(({ observation, calibrations }) => {
    const hint = hintOf(asUnknown(observation), views, calibrations);
    return hint !== null && !isTrue(hint, observation);
  });
  const taken = judged.map(({ observation, calibrations }) =>
    viewsTaken(observation, views, calibrations),
  );
  const photos = judged.filter(({ observation, calibrations }, place) => {
    const looks = taken[place] ?? views;
    return looksLikePhoto(observation, looks, calibrations[looks].photoModel);
  });
  return {
    pictures: judged.length,
    coverage: hints.length / judged.length,
    precision: hints.filter(({ right }) => right).length / hints.length,
    meanBits: hints.reduce((sum, { bits }) => sum + bits, 0) / hints.length,
    falseHints: photosKnown.length === 0 ? null : falsely.length / photosKnown.length,
    takenForPhoto: photos.length / judged.length,
    meanViews: taken.reduce<number>((sum, looks) => sum + looks, 0) / judged.length,
  };
}

/**
 * Expected calibration error of what is said with hints, over ten bins of equal width between 0.8 and 1:
 * no hint is less sure.
 */
export function hintCalibrationError(judged: readonly Judged[], views: ViewCount): number {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, right: 0 }));
  let hints = 0;
  for (const { observation, calibrations } of judged) {
    const hint = hintOf(observation, views, calibrations);
    if (hint === null) continue;
    hints += 1;
    const place = Math.floor((hint.probability - LEAST_SAID) * (BINS / (1 - LEAST_SAID)));
    const bin = bins[Math.max(0, Math.min(BINS - 1, place))];
    if (bin === undefined) continue;
    bin.said += hint.probability;
    if (isTrue(hint, observation)) bin.right += 1;
  }
  return bins.reduce((sum, { said, right }) => sum + Math.abs(said - right), 0) / hints;
}

const BINS = 10;
const LEAST_SAID = 0.8;

/** Each photo's probabilities, at the temperature that the others ask for. */
function heldOutProbabilities(
  photos: readonly Observation[],
  views: ViewCount,
  calibrations: Calibrations,
): [Observation, Float64Array][] {
  const isOpen = (photo: Observation): boolean => viewsTaken(photo, views, calibrations) === views;
  const at = (group: readonly Observation[], looks: ViewCount): [Observation, Float64Array][] => {
    const temperatures = temperaturesWithout(group, looks);
    return group.map((photo, place) => [
      photo,
      probabilitiesOf(photo, looks, temperatures[place] ?? 1),
    ]);
  };
  const settled = at(photos, 1).filter(([photo]) => !isOpen(photo));
  return [...settled, ...at(photos.filter(isOpen), views)];
}

/**
 * Expected calibration error of the likeliest class over ten bins of equal width (Guo et al. 2017,
 * eq. 3), each photo at the temperature that the others ask for.
 */
export function calibrationError(
  photos: readonly Observation[],
  views: ViewCount,
  calibrations: Calibrations,
): number {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, right: 0 }));
  for (const [photo, probabilities] of heldOutProbabilities(photos, views, calibrations)) {
    const highest = Math.max(...probabilities);
    const bin = bins[Math.min(BINS - 1, Math.floor(highest * BINS))];
    if (bin === undefined) continue;
    bin.said += highest;
    if (probabilities.indexOf(highest) === photo.classIndex) bin.right += 1;
  }
  return bins.reduce((sum, { said, right }) => sum + Math.abs(said - right), 0) / photos.length;
}
