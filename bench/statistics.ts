/** What a series of measurements says: raw samples first, so that anything else can be computed again. */
export interface Summary {
  samples: number[];
  median: number;
  /** First and third quartile: half of the samples lie between them. */
  q1: number;
  q3: number;
}

/**
 * The quantile of the samples at `share` (0-1), between neighbours by linear interpolation: type 7 of
 * Hyndman and Fan 1996, what R, NumPy and spreadsheets compute. NaN without samples.
 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

export function mean(samples: readonly number[]): number {
  return samples.reduce((sum, each) => sum + each, 0) / samples.length;
}

/** @throws RangeError without samples: a figure that was not measured must not look like one. */
export function summarize(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new RangeError('Nothing was measured.');
  return {
    samples: [...samples],
    median: median(samples),
    q1: quantile(samples, 0.25),
    q3: quantile(samples, 0.75),
  };
}

/**
 * How many times as long one contender takes as another, measured in the same rounds: the ratio of each
 * round's medians, so that what slows the machine down for a while slows both.
 * @param rounds samples of each round, in the order of the rounds, as many for both
 */
export function pairedRatio(
  rounds: readonly (readonly number[])[],
  baseRounds: readonly (readonly number[])[],
): Summary {
  if (rounds.length !== baseRounds.length) throw new RangeError('The rounds are not pairs.');
  return summarize(rounds.map((round, index) => median(round) / median(baseRounds[index] ?? [])));
}

/** Contenders in the order of a round: each begins as often as the others, so none always follows the same one. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const start = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
