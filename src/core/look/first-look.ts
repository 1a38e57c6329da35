/** Whether the first look at a picture is enough, or the model should look again. */
import { type Calibration, calibrationOf, classProbabilities } from '../saying/calibration';
import type { ModelOutput, PictureFacts } from '../saying/describe';
import { photoEvidence, type PhotoEvidence, photoScore } from './evidence';

/**
 * A short side under this is too little to go by: of what would be said of the development photos,
 * 92 % is right at 96 px, 75 % at 64 px, 53 % at 48 px (`npm run calibrate`).
 */
const MIN_SHORT_SIDE_PX = 96;

/**
 * How surely a photo, in log odds, a picture must be for the first look to name it: drawings get
 * confident answers as well.
 */
const SURELY_A_PHOTO = 1;

/**
 * What is said after the first look is not revised by another, so it must be surer than what is said
 * after all. With this, 99.4 % of what is settled is right, on photos and distorted copies together
 * (`npm run calibrate`).
 */
const SURE_AT_ONCE = 0.99;

export function isTooSmall(width: number, height: number): boolean {
  return Math.min(width, height) < MIN_SHORT_SIDE_PX;
}

/**
 * Is the outcome settled by the first look? It is where that look finds no photo, since then nothing
 * is said; and where it finds a photo for sure and is very sure of one class.
 * @param logits 1,001 values of the first look
 * @param calibration of one view
 * @param minimumConfidence how sure it must be at least, 0-1
 */
export function isSettled(
  logits: ArrayLike<number>,
  evidence: PhotoEvidence,
  { temperature, thresholds, photoModel }: Calibration,
  minimumConfidence = 0,
): boolean {
  const score = photoScore(evidence, photoModel);
  if (score <= 0) return true;
  const threshold = Math.max(thresholds.leaf, SURE_AT_ONCE, minimumConfidence);
  return (
    score >= SURELY_A_PHOTO &&
    classProbabilities([logits], temperature).some((probability) => probability >= threshold)
  );
}

/**
 * Is the first look at a picture enough? It is for over a third of photos, and for nearly all charts and
 * drawings (`npm run calibrate` prints the mean number of looks).
 * @param first what the model gives for the first view alone
 * @param minimumConfidence how sure a person wants it to be at least, 0-1
 */
export function isFirstLookEnough(
  { logits: [logits], embeddings, variant }: ModelOutput,
  { width, height, pixels }: PictureFacts,
  minimumConfidence: number,
): boolean {
  if (logits === undefined) return false;
  if (isTooSmall(width, height)) return true;
  const evidence = photoEvidence(pixels, embeddings);
  return isSettled(logits, evidence, calibrationOf(variant, 1), minimumConfidence);
}
