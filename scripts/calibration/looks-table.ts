/** What looks are worth before anything is said: how often right, by number of looks and size of the picture. */
import { classProbabilities } from '../../src/core/saying/calibration';
import { fitTemperature } from './fit';
import { LOOK_COUNTS, type LookCount, type Observation, VIEW_COUNTS } from './observe';
import { foldsOf } from './report';

const TOP = 5;

interface Rightness {
  top1: number;
  top5: number;
  /** Mean negative log-likelihood of the true class, each photo at the temperature of the other folds. */
  logLoss: number;
}

/** How many classes are likelier than the true one. */
function rankOf(probabilities: Float64Array, classIndex: number): number {
  const own = probabilities[classIndex] ?? 0;
  return probabilities.reduce((rank, probability) => rank + (probability > own ? 1 : 0), 0);
}

function rightnessOf(photos: readonly Observation[], views: LookCount): Rightness {
  let [top1, top5, loss] = [0, 0, 0];
  for (const { inside, outside } of foldsOf(photos)) {
    const temperature = fitTemperature(outside, views);
    for (const { logits, classIndex } of inside) {
      const probabilities = classProbabilities(logits.slice(0, views), temperature);
      const rank = rankOf(probabilities, classIndex ?? 0);
      if (rank === 0) top1 += 1;
      if (rank < TOP) top5 += 1;
      loss -= Math.log((probabilities[classIndex ?? 0] ?? 0) + 1e-12);
    }
  }
  const all = photos.length;
  return { top1: top1 / all, top5: top5 / all, logLoss: loss / all };
}

/** All looks that are allowed are taken here, also where the first would be enough. */
export function printLooks(name: string, photos: readonly Observation[]): void {
  const counts = photos.every(({ logits }) => logits.length >= 4) ? LOOK_COUNTS : VIEW_COUNTS;
  for (const views of counts) {
    const { top1, top5, logLoss } = rightnessOf(photos, views);
    const shares = [top1, top5].map((share) => `${(100 * share).toFixed(1)} %`).join(' / ');
    console.log(
      `  ${name}, looks: ${views}, top-1 / top-5 ${shares}, log loss ${logLoss.toFixed(3)}`,
    );
  }
}
