import type { Stated } from './calibration-error';
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
import type { LookCount, Observation } from './observe';

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

export function hintFigures(judged: readonly Judged[], views: LookCount): HintFigures {
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

/** No hint is less sure. */
export const LEAST_SAID = 0.8;

/** How sure the hints are and whether they are true: of what is said, `LEAST_SAID` is the least. */
export function statedHints(judged: readonly Judged[], views: LookCount): Stated[] {
  return judged.flatMap(({ observation, calibrations }) => {
    const hint = hintOf(observation, views, calibrations);
    if (hint === null) return [];
    return [{ probability: hint.probability, isRight: isTrue(hint, observation) }];
  });
}

/** Each photo's probabilities, at the temperature that the others ask for. */
function heldOutProbabilities(
  photos: readonly Observation[],
  views: LookCount,
  calibrations: Calibrations,
): [Observation, Float64Array][] {
  const isOpen = (photo: Observation): boolean => viewsTaken(photo, views, calibrations) === views;
  const at = (group: readonly Observation[], looks: LookCount): [Observation, Float64Array][] => {
    const temperatures = temperaturesWithout(group, looks);
    return group.map((photo, place) => [
      photo,
      probabilitiesOf(photo, looks, temperatures[place] ?? 1),
    ]);
  };
  const settled = at(photos, 1).filter(([photo]) => !isOpen(photo));
  return [...settled, ...at(photos.filter(isOpen), views)];
}

/** How sure of its likeliest class each photo is, at the temperature that the others ask for. */
export function statedClasses(
  photos: readonly Observation[],
  views: LookCount,
  calibrations: Calibrations,
): Stated[] {
  return heldOutProbabilities(photos, views, calibrations).map(([photo, probabilities]) => {
    const probability = Math.max(...probabilities);
    return { probability, isRight: probabilities.indexOf(probability) === photo.classIndex };
  });
}
