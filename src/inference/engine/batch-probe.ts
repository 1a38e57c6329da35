/** No longer than a blink: pictures wait behind it. */
const BUDGET_MS = 300;
/** A larger batch also makes the first of its pictures wait longer, so it must gain this much. */
const WORTHWHILE_GAIN = 1.1;
/** The first run of a size makes room for it on the device; the better one counts. */
const RUNS_A_SIZE = 2;

/**
 * Pictures a run at which most come out a second: 1, 2, 4 … are timed on the loaded model until
 * a size gains less than 10 % on the one before, or time is up.
 * @param run runs the model on so many pictures; what it throws is thrown.
 * @param largest the most pictures that a run may take.
 */
export async function probeBatchSize(
  run: (pictures: number) => Promise<void>,
  largest: number,
): Promise<number> {
  const endsAt = performance.now() + BUDGET_MS;
  let best = { size: 1, picturesAMillisecond: 0 };
  for (let size = 1; size <= largest; size *= 2) {
    let fastestMs = Number.POSITIVE_INFINITY;
    for (let done = 0; done < RUNS_A_SIZE; done += 1) {
      const startedAt = performance.now();
      await run(size);
      fastestMs = Math.min(fastestMs, performance.now() - startedAt);
      if (performance.now() >= endsAt) break;
    }
    const picturesAMillisecond = size / fastestMs;
    if (picturesAMillisecond < best.picturesAMillisecond * WORTHWHILE_GAIN) break;
    best = { size, picturesAMillisecond };
    if (performance.now() >= endsAt) break;
  }
  return best.size;
}
