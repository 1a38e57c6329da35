import type { Calibration } from '../../src/core/saying/calibration';
import { classProbabilities } from '../../src/core/saying/calibration';
import { verdicts } from '../../src/core/saying/denied';
import { logOdds, photoScore, type PhotoModel } from '../../src/core/look/evidence';
import { isSettled } from '../../src/core/look/first-look';
import { chooseHint, sayableNodes, type Choice, type Thresholds } from '../../src/core/saying/hint';
import type { ViewCount } from '../../src/core/saying/prediction';
import { isAtOrBelow } from '../../src/core/saying/taxonomy';
import { DISTORTIONS } from './distort';
import { fitLogistic } from './logistic';
import type { Observation } from './observe';

/**
 * Precision that is asked of hints on photos and distorted copies together: the aim is 98.5 % on
 * photos like these, which the copies make harder, and a sixth fewer errors than that leave a margin.
 */
const PRECISION_ASKED = 0.9875;

const TEMPERATURES = Array.from({ length: 25 }, (_, step) => (8 + step) / 20); // 0.40 to 1.60
const MASSES = Array.from({ length: 30 }, (_, step) => (70 + step) / 100); // 0.70 to 0.99

const builtIn = verdicts();

export const isPhoto = ({ classIndex, made }: Observation): boolean =>
  classIndex !== null && made === 'as-is';
export const isDistorted = ({ made }: Observation): boolean => made in DISTORTIONS;

export function probabilitiesOf(
  { logits }: Observation,
  views: ViewCount,
  temperature: number,
): Float64Array {
  return classProbabilities(logits.slice(0, views), temperature);
}

/** Constants by number of views. */
export type Calibrations = Readonly<Record<ViewCount, Calibration>>;

/** Does the first look settle what is said of it? */
export function isSettledByFirstLook({ logits, evidence }: Observation, of1: Calibration): boolean {
  const [first] = logits;
  const [seen] = evidence;
  if (first === undefined || seen === undefined) return false;
  return isSettled(Math.max(...classProbabilities([first], of1.temperature)), seen, of1);
}

/** How many views of a picture are looked at where up to `views` are wanted. */
export function viewsTaken(
  observation: Observation,
  views: ViewCount,
  calibrations: Calibrations,
): ViewCount {
  return isSettledByFirstLook(observation, calibrations[1]) ? 1 : views;
}

/** Negative log-likelihood of a photo's true class at each of TEMPERATURES. */
function losses(photo: Observation, views: ViewCount): number[] {
  return TEMPERATURES.map((temperature) => {
    const probabilities = probabilitiesOf(photo, views, temperature);
    return -Math.log((probabilities[photo.classIndex ?? 0] ?? 0) + 1e-12);
  });
}

function bestTemperature(photosLosses: readonly (readonly number[])[]): number {
  const sums = TEMPERATURES.map((temperature, at) => ({
    temperature,
    loss: photosLosses.reduce((sum, of) => sum + (of[at] ?? 0), 0),
  }));
  return sums.reduce((best, next) => (next.loss < best.loss ? next : best)).temperature;
}

/** The temperature with the least negative log-likelihood of the true classes. */
export function fitTemperature(photos: readonly Observation[], views: ViewCount): number {
  return bestTemperature(photos.map((photo) => losses(photo, views)));
}

/** For each photo the temperature that the other photos ask for. */
export function temperaturesWithout(photos: readonly Observation[], views: ViewCount): number[] {
  const all = photos.map((photo) => losses(photo, views));
  return all.map((_, out) => bestTemperature(all.filter((__, at) => at !== out)));
}

/** A photo counts more than its copies: it is what people look at. */
const weightOf = (observation: Observation): number => {
  if (observation.classIndex === null) return 2;
  return isPhoto(observation) ? 3 : 1;
};

/** The logistic model of photos (and copies) against what is no photo. */
export function fitPhotoModel(observations: readonly Observation[], views: ViewCount): PhotoModel {
  const { bias, weights } = fitLogistic(
    observations.flatMap((observation) => {
      const evidence = observation.evidence[views - 1];
      if (evidence === undefined) return [];
      const { texture, softness, palette, asleep } = evidence;
      return {
        values: [texture, softness, palette, asleep].map((share) => logOdds(share)),
        isPositive: observation.classIndex !== null,
        weight: weightOf(observation),
      };
    }),
  );
  const [texture = 0, softness = 0, palette = 0, asleep = 0] = weights;
  return { bias, texture, softness, palette, asleep };
}

export function looksLikePhoto(
  { evidence }: Observation,
  views: ViewCount,
  model: PhotoModel,
): boolean {
  const seen = evidence[views - 1];
  return seen !== undefined && photoScore(seen, model) > 0;
}

function candidatesOf(
  observation: Observation,
  views: ViewCount,
  temperature: number,
  photoModel: PhotoModel,
): Choice[] {
  if (!looksLikePhoto(observation, views, photoModel)) return [];
  return sayableNodes(probabilitiesOf(observation, views, temperature), builtIn).candidates;
}

/** What is said with these constants after up to `views` looks, or null. */
export function hintOf(
  observation: Observation,
  views: ViewCount,
  calibrations: Calibrations,
): Choice | null {
  const taken = viewsTaken(observation, views, calibrations);
  const { temperature, thresholds, photoModel } = calibrations[taken];
  return chooseHint(candidatesOf(observation, taken, temperature, photoModel), thresholds);
}

export function isTrue(hint: Choice, { classIndex }: Observation): boolean {
  return classIndex !== null && isAtOrBelow(classIndex, hint.node);
}

/** How many hints are said, and how many of them are right. */
interface Tally {
  said: number;
  right: number;
}

function tallyOf(hints: readonly (readonly [Observation, Choice | null])[]): Tally {
  const said = hints.filter(([, hint]) => hint !== null);
  const right = said.filter(([photo, hint]) => hint !== null && isTrue(hint, photo));
  return { said: said.length, right: right.length };
}

/**
 * The lowest thresholds that keep PRECISION_ASKED on photos and copies: those that speak most often.
 * @param settled what is said of the pictures that a first look has settled
 */
export function fitThresholds(
  photos: readonly Observation[],
  views: ViewCount,
  { temperature, photoModel }: Omit<Calibration, 'thresholds'>,
  settled: Tally = { said: 0, right: 0 },
): Thresholds {
  const seen = photos.map((photo) => ({
    photo,
    candidates: candidatesOf(photo, views, temperature, photoModel),
  }));
  let best = { thresholds: { leaf: 0.99, kind: 0.99 }, said: 0 };
  for (const leaf of MASSES) {
    for (const kind of MASSES.filter((mass) => mass <= leaf)) {
      let { said, right } = settled;
      for (const { photo, candidates } of seen) {
        const hint = chooseHint(candidates, { leaf, kind });
        if (hint === null) continue;
        said += 1;
        if (isTrue(hint, photo)) right += 1;
      }
      if (right >= said * PRECISION_ASKED && said > best.said) {
        best = { thresholds: { leaf, kind }, said };
      }
    }
  }
  return best.thresholds;
}

const hasClass = ({ classIndex }: Observation): boolean => classIndex !== null;

/** The constants where `views` looks are taken at each of these pictures. */
function fitLooks(
  known: readonly Observation[],
  views: ViewCount,
  isLookedAt: (observation: Observation) => boolean,
  settled?: Tally,
): Calibration {
  const seen = known.filter(isLookedAt);
  const temperature = fitTemperature(seen.filter(isPhoto), views);
  const photoModel = fitPhotoModel(known, views);
  const thresholds = fitThresholds(
    seen.filter(hasClass),
    views,
    { temperature, photoModel },
    settled,
  );
  return { temperature, thresholds, photoModel };
}

/**
 * All constants of one model, from photos, distorted copies and what is no photo. Those of 2 and 3
 * views are fitted on what the first look does not settle; the precision is that of all hints together.
 */
export function fitCalibrations(observations: readonly Observation[]): Calibrations {
  const known = observations.filter(
    (observation) => !hasClass(observation) || isPhoto(observation) || isDistorted(observation),
  );
  const one = fitLooks(known, 1, () => true);
  const isOpen = (observation: Observation): boolean => !isSettledByFirstLook(observation, one);
  const ofOne = { 1: one, 2: one, 3: one };
  const settled = tallyOf(
    known
      .filter((observation) => hasClass(observation) && !isOpen(observation))
      .map((photo) => [photo, hintOf(photo, 1, ofOne)]),
  );
  return {
    1: one,
    2: fitLooks(known, 2, isOpen, settled),
    3: fitLooks(known, 3, isOpen, settled),
  };
}
