/** Do probabilities mean what they say? And how far would they seem not to by chance alone? */
import { seededRandom } from './drawings/random';

/** A probability that was shown, and whether what it was shown with is true. */
export interface Stated {
  /** 0-1. */
  probability: number;
  isRight: boolean;
}

const BINS = 10;

/**
 * Expected calibration error over ten bins of equal width (Guo et al. 2017, "On Calibration of Modern Neural
 * Networks", arXiv:1706.04599, eq. 3); 0 of none.
 * @param from where the first bin begins, 0-1: nothing less sure is among them
 */
export function calibrationErrorOf(stated: readonly Stated[], from = 0): number {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, right: 0 }));
  for (const { probability, isRight } of stated) {
    const place = Math.floor((probability - from) * (BINS / (1 - from)));
    const bin = bins[Math.max(0, Math.min(BINS - 1, place))];
    if (bin === undefined) continue;
    bin.said += probability;
    if (isRight) bin.right += 1;
  }
  const gaps = bins.reduce((sum, { said, right }) => sum + Math.abs(said - right), 0);
  return gaps / Math.max(1, stated.length);
}

/** The error of probabilities that are true to the letter. */
export interface ChanceError {
  /** What it is on average: less is luck. */
  mean: number;
  /** What it exceeds once in twenty: more is no chance. */
  most: number;
}

const DRAWS = 500;
const ONCE_IN_TWENTY = 0.95;

/**
 * The least error that can be asked for: of as many things that are right exactly as often as is stated.
 * The error adds up what bins are off in either direction, so that it is never 0 of a few hundred.
 */
export function errorByChance(stated: readonly Stated[], from = 0): ChanceError {
  const random = seededRandom(stated.length);
  const errors = Array.from({ length: DRAWS }, () =>
    calibrationErrorOf(
      stated.map(({ probability }) => ({
        probability,
        isRight: random.between(0, 1) < probability,
      })),
      from,
    ),
  ).sort((a, b) => a - b);
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / DRAWS,
    most: errors[Math.floor(DRAWS * ONCE_IN_TWENTY)] ?? 0,
  };
}
