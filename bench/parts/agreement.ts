/**
 * Two runtimes on the model's own bytes: how far our embeddings are from those of LiteRT.js, and how often
 * the likeliest class is another, also than in floats.
 */
import { readFile } from 'node:fs/promises';

import { cutViews } from '../../src/core/look/views';
import type { ViewCount } from '../../src/core/saying/prediction';
import { ACTIVATION_SCALE } from '../../src/inference/wasm/activation-map';
import { toRaster } from '../../scripts/calibration/pictures';
import { pinnedPhotos } from '../../scripts/photos/pinned-photos';
import { type Contender, openBenchBrowser } from '../bench-browser';
import { INPUT_SIDE_PX } from '../contenders/contender';
import type { BenchRun, PartResult } from '../run';

const VIEWS: ViewCount = 2;
const QUICK_PHOTOS = 6;
const OPEN_LIMIT_MS = 60_000;

/** Values of embeddings that differ by so many steps of 6 / 255; the last one holds all beyond. */
const STEPS = [0, 1, 2, 3, 4] as const;

interface Agreement {
  photos: number;
  views: number;
  /** Shares of all values, by steps of difference. */
  shareBySteps: number[];
  largestSteps: number;
  /** Shares of the views that have the same likeliest class. */
  sameClassAsLiteRt: number;
  sameClassAsFloats: number;
}

function likeliest(logits: readonly number[]): number {
  return logits.indexOf(Math.max(...logits));
}

/** @returns the views of a photo [224, 224, 3] in bytes */
async function viewsOf(path: string): Promise<Uint8Array[]> {
  const raster = await toRaster(await readFile(path));
  const values = cutViews(raster, INPUT_SIDE_PX, VIEWS);
  const length = values.length / VIEWS;
  return Array.from({ length: VIEWS }, (_, view) =>
    Uint8Array.from(values.subarray(view * length, (view + 1) * length), (value) =>
      Math.round((value + 1) * 127.5),
    ),
  );
}

export async function agreement(run: BenchRun): Promise<PartResult> {
  const all = await pinnedPhotos(run.isQuick ? 'pinned' : 'all');
  const photos = run.isQuick ? all.slice(0, QUICK_PHOTOS) : all;
  const counts = STEPS.map(() => 0);
  let [views, largestSteps, sameAsLiteRt, sameAsFloats] = [0, 0, 0, 0];
  const bench = await openBenchBrowser(run);
  try {
    const open = (name: Contender['name']): Promise<Contender> =>
      bench.openContender(name, 'wasm', OPEN_LIMIT_MS);
    const ours = await open('ours');
    const litert = await open('litert');
    const floats = await open('graph-model');
    for (const [index, { path }] of photos.entries()) {
      if (index % 40 === 0) run.say(`agreement: ${index} of ${photos.length}`);
      for (const view of await viewsOf(path)) {
        const own = await ours.look(view);
        const other = await litert.look(view);
        if (own.embedding === undefined || other.embedding === undefined) {
          throw new Error('A contender tells no embedding.');
        }
        views += 1;
        own.embedding.forEach((value, at) => {
          const theirs = Math.round((other.embedding?.[at] ?? Number.NaN) / ACTIVATION_SCALE);
          const steps = Math.abs(Math.round(value / ACTIVATION_SCALE) - theirs);
          largestSteps = Math.max(largestSteps, steps);
          const step = Math.min(steps, STEPS.length - 1);
          counts[step] = (counts[step] ?? 0) + 1;
        });
        const likeliestHere = likeliest(own.logits);
        if (likeliestHere === likeliest(other.logits)) sameAsLiteRt += 1;
        if (likeliestHere === likeliest((await floats.look(view)).logits)) sameAsFloats += 1;
      }
    }
  } finally {
    await bench.close();
  }
  const values = counts.reduce((sum, count) => sum + count, 0);
  const figures: Agreement = {
    photos: photos.length,
    views,
    shareBySteps: counts.map((count) => count / values),
    largestSteps,
    sameClassAsLiteRt: sameAsLiteRt / views,
    sameClassAsFloats: sameAsFloats / views,
  };
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
  return {
    figures,
    tables: [
      {
        title: `Agreement in 8 bits, ${photos.length} photos, ${views} views`,
        columns: ['embedding against LiteRT.js, in steps of 6 / 255', 'of all values'],
        rows: [
          ...figures.shareBySteps.map((share, steps) => [
            steps === STEPS.length - 1 ? `${steps} or more` : String(steps),
            percent(share),
          ]),
          ['largest', String(largestSteps)],
          ['the same likeliest class as LiteRT.js', percent(figures.sameClassAsLiteRt)],
          ['the same likeliest class as in floats', percent(figures.sameClassAsFloats)],
        ],
        notes: [
          'Ours is rounded here: it stays in floats from the last map on, LiteRT.js rounds the mean to a byte.',
        ],
      },
    ],
  };
}
