/** Whether the first look at a picture is enough, or the model should look again. */
import { type Calibration, calibrationOf } from '../saying/calibration';
import type { ViewCount } from '../saying/prediction';
import { type PhotoEvidence, photoScore } from './evidence';
import type { Look } from './look';
import type { Raster } from './raster';

/**
 * A short side under this is too little to go by: of what would be said of the development photos,
 * 94 % is right at 96 px and 86 % at 48 px, if of few (17 and 14 hints, `npm run calibrate -- --set all`).
 */
const MIN_SHORT_SIDE_PX = 96;

/**
 * How surely a photo, in log odds, a picture must be for the first look to name it: drawings get
 * confident answers as well.
 */
const SURELY_A_PHOTO = 1;

/**
 * What is said after the first look is not revised by another, so it must be surer than what is said
 * after all. With this, 99.6 % of what is said at once is right, on photos and distorted copies together
 * (`npm run calibrate`).
 */
const SURE_AT_ONCE = 0.99;

export function isTooSmall(width: number, height: number): boolean {
  return Math.min(width, height) < MIN_SHORT_SIDE_PX;
}

/**
 * Is the outcome settled by the first look? It is where that look finds no photo, since then nothing
 * is said; and where it finds a photo for sure and is very sure of one class.
 * @param likeliest calibrated probability of the likeliest class after the first look, 0-1
 * @param calibration of one view
 * @param minimumConfidence how sure it must be at least, 0-1
 */
export function isSettled(
  likeliest: number,
  evidence: PhotoEvidence,
  { photoModel }: Pick<Calibration, 'photoModel'>,
  minimumConfidence = 0,
): boolean {
  const score = photoScore(evidence, photoModel);
  if (score <= 0) return true;
  return score >= SURELY_A_PHOTO && likeliest >= Math.max(SURE_AT_ONCE, minimumConfidence);
}

/** How much is wanted of a look. */
export interface LookOptions {
  /** How many views the model sees at most; where the first settles what is said, it sees no other. */
  views: ViewCount;
  /** How sure the person wants it to be, 0-1: the first view settles nothing with less. */
  minimumConfidence: number;
}

/**
 * Is this look at a picture enough, or is the model to look on? One view is for over a third of photos,
 * and for nearly all charts and drawings (`npm run calibrate` prints the mean number of looks).
 * @param size of the picture as it travelled, px
 */
export function isLookEnough(
  { variant, views, evidence, likeliest }: Omit<Look, 'others' | 'embedding'>,
  { width, height }: Pick<Raster, 'width' | 'height'>,
  wanted: LookOptions,
): boolean {
  if (views >= wanted.views || isTooSmall(width, height)) return true;
  // What was looked at twice was looked at as long as was allowed then.
  if (views > 1) return false;
  const surest = likeliest[0]?.probability ?? 0;
  return isSettled(surest, evidence, calibrationOf(variant, 1), wanted.minimumConfidence);
}
