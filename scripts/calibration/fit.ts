import { lazy } from '../../src/core/lazy';
import type { Calibration } from '../../src/core/saying/calibration';
import { classProbabilities } from '../../src/core/saying/calibration';
import { verdicts } from '../../src/core/saying/denied';
import { logOdds, photoScore, type PhotoModel } from '../../src/core/look/evidence';
import { isSettled } from '../../src/core/look/first-look';
import { chooseHint, sayableNodes, type Choice } from '../../src/core/saying/hint';
import { isOnlyClothing } from '../../src/core/saying/only-clothing';
import { isAtOrBelow } from '../../src/core/saying/taxonomy';
import {
  chanceOfTruth,
  TRUTH_EVIDENCE,
  type TruthEvidence,
  truthEvidenceOf,
  type TruthModel,
} from '../../src/core/saying/truth';
import { DISTORTIONS, SHAPES } from './distort';
import { fitLogistic } from './logistic';
import type { LookCount, Observation } from './observe';
import { withoutClass } from './unknown';

/** The aim for hints on photos that nobody has fitted to. */
const PRECISION = 0.985;

/** The aim for false hints: of photos whose subject the model has never met, this share. */
const FALSE_OF_UNKNOWN = 0.09;

/**
 * By so many standard errors of a share the photos that are fitted on must do better than the aims, which
 * are then kept on others (`npm run calibrate`). More costs more hints than it saves false ones.
 */
const MARGIN = 0.25;

/**
 * What a photo of an unknown subject counts, by what a known one counts: on the web unknown subjects are
 * nearly as many.
 */
const WEIGHT_OF_UNKNOWN = 0.75;

/** So many of the photos may be taken for none. */
const PHOTOS_SILENCED = 0.0075;

const TEMPERATURES = Array.from({ length: 25 }, (_, step) => (8 + step) / 20); // 0.40 to 1.60
const CHANCES = Array.from({ length: 61 }, (_, step) => (60 + step * 0.65) / 100); // 0.60 to 0.99
/** Where no chance is enough for the aims: next to nothing is said. */
const HARDLY_EVER = 0.997;

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
  views: LookCount,
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

/** What is known after so many views; of what was not seen so often, after all there were. */
function at<T>(byViews: readonly T[], views: LookCount): T | undefined {
  return byViews[views - 1] ?? byViews.at(-1);
}

/** Constants by number of views. */
export type Calibrations = Readonly<Record<LookCount, Calibration>>;

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
  views: LookCount,
  calibrations: Calibrations,
): LookCount {
  return isSettledByFirstLook(observation, calibrations[1]) ? 1 : views;
}

/** Negative log-likelihood of a photo's true class at each of TEMPERATURES. */
function losses(photo: Observation, views: LookCount): number[] {
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
export function fitTemperature(photos: readonly Observation[], views: LookCount): number {
  return bestTemperature(photos.map((photo) => losses(photo, views)));
}

/** For each photo the temperature that the other photos ask for. */
export function temperaturesWithout(photos: readonly Observation[], views: LookCount): number[] {
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
export function fitPhotoModel(observations: readonly Observation[], views: LookCount): PhotoModel {
  const { bias, weights } = fitLogistic(
    observations.flatMap((observation) => {
      const evidence = at(observation.evidence, views);
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
    .flatMap(({ evidence }) => at(evidence, views) ?? [])
    .map((evidence) => photoScore(evidence, model))
    .sort((a, b) => a - b);
  const lowest = scores[Math.floor(scores.length * PHOTOS_SILENCED)] ?? 0;
  return { ...model, bias: bias + Math.max(0, -lowest) };
}

export function looksLikePhoto(
  { evidence }: Observation,
  views: LookCount,
  model: PhotoModel,
): boolean {
  const seen = at(evidence, views);
  return seen !== undefined && photoScore(seen, model) > 0;
}

/** What might be said of a picture, and what speaks for it. */
interface Candidate extends Choice {
  evidence: TruthEvidence;
}

/** So many of the likeliest classes are looked at for clothing. */
const LIKELIEST = 5;

function likeliestOf(probabilities: Float64Array) {
  return Array.from(probabilities, (probability, classIndex) => ({ classIndex, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, LIKELIEST);
}

function candidatesOf(
  observation: Observation,
  views: LookCount,
  { temperature, photoModel }: Pick<Calibration, 'temperature' | 'photoModel'>,
): Candidate[] {
  if (!looksLikePhoto(observation, views, photoModel)) return [];
  const probabilities = probabilitiesOf(observation, views, temperature);
  const evidenceOf = truthEvidenceOf(probabilities, at(observation.loudness, views) ?? 0);
  return sayableNodes(probabilities, builtIn).candidates.map((choice) => ({
    ...choice,
    evidence: evidenceOf(choice),
  }));
}

/** Not where it only names what somebody wears. */
function chosenOf(
  candidates: readonly (Choice & { truth: number })[],
  leastTruth: number,
  isMute: (node: number) => boolean,
): Choice | null {
  const truths = new Map(candidates.map((each) => [each.node, each.truth]));
  const truthOf = ({ node }: Choice): number => truths.get(node) ?? 0;
  const hint = chooseHint(candidates, { truthOf, leastTruth });
  return hint !== null && isMute(hint.node) ? null : hint;
}

/** Would it only name what somebody wears? */
function muteFor(
  observation: Observation,
  views: LookCount,
  temperature: number,
): (node: number) => boolean {
  const likeliest = lazy(() => likeliestOf(probabilitiesOf(observation, views, temperature)));
  return (node) => isOnlyClothing(node, likeliest());
}

const judgedBy = (candidates: readonly Candidate[], model: TruthModel) =>
  candidates.map((each) => ({ ...each, truth: chanceOfTruth(each.evidence, model) }));

/** What is said with these constants after up to `views` looks, or null. */
export function hintOf(
  observation: Observation,
  views: LookCount,
  calibrations: Calibrations,
): Choice | null {
  const taken = viewsTaken(observation, views, calibrations);
  const calibration = calibrations[taken];
  return chosenOf(
    judgedBy(candidatesOf(observation, taken, calibration), calibration.truthModel),
    calibration.leastTruth,
    muteFor(observation, taken, calibration.temperature),
  );
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

/** The error of a share of so many. */
const errorOf = (share: number, of: number): number =>
  Math.sqrt((share * (1 - share)) / Math.max(1, of));

/** Are the aims kept with their margin? @param unknown photos of unknown subjects */
function isPrecise({ said, right, falseOfUnknown }: Tally, unknown: number): boolean {
  const aim = Math.min(1, PRECISION + MARGIN * errorOf(PRECISION, said));
  const most = FALSE_OF_UNKNOWN - MARGIN * errorOf(FALSE_OF_UNKNOWN, unknown);
  return right >= said * aim && falseOfUnknown <= unknown * most;
}

/** Photos of known subjects, and the same as if these were unknown. */
interface Subjects {
  known: readonly Observation[];
  unknown: readonly Observation[];
}

/** What is said of the pictures that a first look has settled. */
interface Settled {
  tally: Tally;
  /** How many photos of unknown subjects these are. */
  unknown: number;
}

/**
 * The model of a node's truth, from all that might be said of photos of known and of unknown subjects. A
 * photo with more candidates counts more, but less than they are more.
 */
function fitTruth(
  { known, unknown }: Subjects,
  views: LookCount,
  constants: Pick<Calibration, 'temperature' | 'photoModel'>,
): TruthModel {
  const examplesOf = (photos: readonly Observation[], weight: number) =>
    photos.flatMap((photo) => {
      const candidates = candidatesOf(photo, views, constants);
      return candidates.map((candidate) => ({
        values: TRUTH_EVIDENCE.map((name) => candidate.evidence[name]),
        isPositive: isTrue(candidate, photo),
        weight: weight / Math.sqrt(candidates.length),
      }));
    });
  const { bias, weights } = fitLogistic([
    ...examplesOf(known, 1),
    ...examplesOf(unknown, WEIGHT_OF_UNKNOWN),
  ]);
  const [odds = 0, precise = 0, bits = 0, rival = 0, kin = 0, loudness = 0] = weights;
  return { bias, odds, precise, bits, rival, kin, loudness };
}

/** Of the chances of truth that keep the aims the one with the most hints. */
function fitLeastTruth(
  { known, unknown }: Subjects,
  views: LookCount,
  { temperature, photoModel, truthModel }: Omit<Calibration, 'leastTruth'>,
  settled: Settled = { tally: { said: 0, right: 0, falseOfUnknown: 0 }, unknown: 0 },
): number {
  const hintsBy = (photos: readonly Observation[]): ((leastTruth: number) => Hints) => {
    const seen = photos.map((photo) => ({
      photo,
      judged: judgedBy(candidatesOf(photo, views, { temperature, photoModel }), truthModel),
      isMute: muteFor(photo, views, temperature),
    }));
    return (leastTruth) =>
      seen.map(({ photo, judged, isMute }) => [photo, chosenOf(judged, leastTruth, isMute)]);
  };
  const [ofKnown, ofUnknown] = [hintsBy(known), hintsBy(unknown)];
  let best = { leastTruth: HARDLY_EVER, said: 0 };
  for (const leastTruth of CHANCES) {
    const tally = sumOf(settled.tally, tallyOf(ofKnown(leastTruth), ofUnknown(leastTruth)));
    if (isPrecise(tally, settled.unknown + unknown.length) && tally.said > best.said) {
      best = { leastTruth, said: tally.said };
    }
  }
  return best.leastTruth;
}

const hasClass = ({ classIndex }: Observation): boolean => classIndex !== null;

/**
 * The constants where `views` looks are taken at each picture that is left open.
 * @param photos all of them: of truth what is settled tells as much
 */
function fitLooks(
  pictures: readonly Observation[],
  { photos, open }: { photos: Subjects; open: Subjects },
  views: LookCount,
  settled?: Settled,
): Calibration {
  const temperature = fitTemperature(open.known, views);
  const photoModel = fitPhotoModel(pictures, views);
  const truthModel = fitTruth(photos, views, { temperature, photoModel });
  const constants = { temperature, truthModel, photoModel };
  return { ...constants, leastTruth: fitLeastTruth(open, views, constants, settled) };
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
  const photos = { known, unknown: known.map(asUnknown) };
  const one = fitLooks(pictures, { photos, open: photos }, 1);
  const isOpen = (observation: Observation): boolean => !isSettledByFirstLook(observation, one);
  const open = { known: known.filter(isOpen), unknown: photos.unknown.filter(isOpen) };
  const ofOne = { 1: one, 2: one, 3: one, 4: one };
  const settledHints = (all: readonly Observation[]): Hints =>
    all.filter((photo) => !isOpen(photo)).map((photo) => [photo, hintOf(photo, 1, ofOne)]);
  const settled = {
    tally: tallyOf(settledHints(known), settledHints(photos.unknown)),
    unknown: known.length - open.unknown.length,
  };
  return {
    1: one,
    2: fitLooks(pictures, { photos, open }, 2, settled),
    3: fitLooks(pictures, { photos, open }, 3, settled),
    4: fitLooks(pictures, { photos, open }, 4, settled),
  };
}
