import type { Calibration } from '../../src/core/saying/calibration';
import { classProbabilities } from '../../src/core/saying/calibration';
import { verdicts } from '../../src/core/saying/denied';
import { logOdds, photoScore, type PhotoModel } from '../../src/core/look/evidence';
import { isSettled } from '../../src/core/look/first-look';
import { chooseHint, sayableNodes, type Choice, type Thresholds } from '../../src/core/saying/hint';
import type { ViewCount } from '../../src/core/saying/prediction';
import { isAtOrBelow } from '../../src/core/saying/taxonomy';
import { DISTORTIONS, SHAPES } from './distort';
import { fitLogistic } from './logistic';
import type { Observation } from './observe';
import { withoutClass } from './unknown';

/** The aim for hints on photos that nobody has fitted to. */
const PRECISION = 0.985;

/**
 * By so many standard errors of a share the photos that are fitted on must do better than the aim, which
 * is then kept on others two times in three. More costs more hints than it saves false ones.
 */
const MARGIN = 0.5;

/**
 * What a false hint on a photo of an unknown subject costs, by what a hint on a known one is worth: on
 * the web unknown subjects are nearly as many, and being told wrong is worse than being told nothing.
 */
const COST_OF_FALSE_HINTS = 0.75;

/** So many of the photos may be taken for none. */
const PHOTOS_SILENCED = 0.0075;

const TEMPERATURES = Array.from({ length: 25 }, (_, step) => (8 + step) / 20); // 0.40 to 1.60
const MASSES = [
  ...Array.from({ length: 20 }, (_, step) => (80 + step) / 100), // 0.80 to 0.99
  ...[0.993, 0.995, 0.997],
];

const builtIn = verdicts();

export const isPhoto = ({ classIndex, made }: Observation): boolean =>
  classIndex !== null && made === 'as-is';
/**
 * Photos cut to the shapes of the web. They are harder than photos that were taken so, since a third of
 * the subject is cut away: nothing but the photo test is fitted on them.
 */
export const isShaped = ({ classIndex, made }: Observation): boolean =>
  classIndex !== null && made in SHAPES;
export const isDistorted = ({ made }: Observation): boolean => made in DISTORTIONS;

export function probabilitiesOf(
  { logits }: Observation,
  views: ViewCount,
  temperature: number,
): Float64Array {
  return classProbabilities(logits.slice(0, views), temperature);
}

/**
 * The same photo to a model that has never met its subject: the true class is out of the question.
 * True of it is still any kind that the subject belongs to.
 */
export function asUnknown(photo: Observation): Observation {
  return { ...photo, logits: withoutClass(photo.logits, photo.classIndex ?? 0) };
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

/** A photo counts more than its distorted copies: it is what people look at. */
const weightOf = (observation: Observation): number => {
  if (observation.classIndex === null) return 2;
  return isPhoto(observation) ? 3 : 1;
};

/**
 * The logistic model of photos (and copies) against what is no photo. Its bias is raised until hardly any
 * photo is silenced: what a picture is taken for wrongly still has to be named surely to be spoken on.
 */
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
  const model = { bias, texture, softness, palette, asleep };
  const scores = observations
    .filter(isPhoto)
    .flatMap(({ evidence }) => evidence[views - 1] ?? [])
    .map((evidence) => photoScore(evidence, model))
    .sort((a, b) => a - b);
  const lowest = scores[Math.floor(scores.length * PHOTOS_SILENCED)] ?? 0;
  return { ...model, bias: bias + Math.max(0, -lowest) };
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

/** What is said of photos of known subjects, and of the same photos as if they were unknown. */
interface Tally {
  said: number;
  right: number;
  falseOfUnknown: number;
}

type Hints = readonly (readonly [Observation, Choice | null])[];

function tallyOf(known: Hints, unknown: Hints): Tally {
  const countOf = (hints: Hints, isCounted: (isRight: boolean) => boolean): number =>
    hints.filter(([photo, hint]) => hint !== null && isCounted(isTrue(hint, photo))).length;
  return {
    said: countOf(known, () => true),
    right: countOf(known, (isRight) => isRight),
    falseOfUnknown: countOf(unknown, (isRight) => !isRight),
  };
}

function sumOf(a: Tally, b: Tally): Tally {
  return {
    said: a.said + b.said,
    right: a.right + b.right,
    falseOfUnknown: a.falseOfUnknown + b.falseOfUnknown,
  };
}

/** Is the aim kept with its margin? */
function isPrecise({ said, right }: Tally): boolean {
  const error = Math.sqrt((PRECISION * (1 - PRECISION)) / Math.max(1, said));
  return right >= said * Math.min(1, PRECISION + MARGIN * error);
}

/** Photos of known subjects, and the same as if these were unknown. */
interface Subjects {
  known: readonly Observation[];
  unknown: readonly Observation[];
}

/**
 * Of the thresholds that are precise enough on photos those that are worth most: hints on known subjects
 * less the cost of false ones on unknown subjects.
 * @param settled what is said of the pictures that a first look has settled
 */
export function fitThresholds(
  { known, unknown }: Subjects,
  views: ViewCount,
  { temperature, photoModel }: Omit<Calibration, 'thresholds'>,
  settled: Tally = { said: 0, right: 0, falseOfUnknown: 0 },
): Thresholds {
  const choicesOf = (photos: readonly Observation[]): [Observation, Choice[]][] =>
    photos.map((photo) => [photo, candidatesOf(photo, views, temperature, photoModel)]);
  const seen = { known: choicesOf(known), unknown: choicesOf(unknown) };
  let best = { thresholds: { leaf: 0.997, kind: 0.997 }, worth: Number.NEGATIVE_INFINITY };
  for (const leaf of MASSES) {
    for (const kind of MASSES.filter((mass) => mass <= leaf)) {
      const hintsOf = (choices: readonly [Observation, Choice[]][]): Hints =>
        choices.map(([photo, candidates]) => [photo, chooseHint(candidates, { leaf, kind })]);
      const tally = sumOf(settled, tallyOf(hintsOf(seen.known), hintsOf(seen.unknown)));
      const worth = tally.said - COST_OF_FALSE_HINTS * tally.falseOfUnknown;
      if (isPrecise(tally) && worth > best.worth) best = { thresholds: { leaf, kind }, worth };
    }
  }
  return best.thresholds;
}

const hasClass = ({ classIndex }: Observation): boolean => classIndex !== null;

/** The constants where `views` looks are taken at each of these pictures. */
function fitLooks(
  pictures: readonly Observation[],
  photos: Subjects,
  views: ViewCount,
  settled?: Tally,
): Calibration {
  const temperature = fitTemperature(photos.known, views);
  const photoModel = fitPhotoModel(pictures, views);
  const thresholds = fitThresholds(photos, views, { temperature, photoModel }, settled);
  return { temperature, thresholds, photoModel };
}

/**
 * All constants of one model, from photos, copies and what is no photo. Those of 2 and 3 views are
 * fitted on what the first look does not settle; the precision is that of all hints together.
 */
export function fitCalibrations(observations: readonly Observation[]): Calibrations {
  const pictures = observations.filter(
    (each) => !hasClass(each) || isPhoto(each) || isShaped(each) || isDistorted(each),
  );
  const known = pictures.filter(isPhoto);
  const unknown = known.map(asUnknown);
  const one = fitLooks(pictures, { known, unknown }, 1);
  const isOpen = (observation: Observation): boolean => !isSettledByFirstLook(observation, one);
  const ofOne = { 1: one, 2: one, 3: one };
  const settledHints = (photos: readonly Observation[]): Hints =>
    photos.filter((photo) => !isOpen(photo)).map((photo) => [photo, hintOf(photo, 1, ofOne)]);
  const settled = tallyOf(settledHints(known), settledHints(unknown));
  const open = { known: known.filter(isOpen), unknown: unknown.filter(isOpen) };
  return {
    1: one,
    2: fitLooks(pictures, open, 2, settled),
    3: fitLooks(pictures, open, 3, settled),
  };
}
