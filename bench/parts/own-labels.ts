/**
 * What own labels cost the worker: fitting them after a change, and naming a picture by as many as a person
 * may teach. The code of the extension, in Node; looks at the pinned photos, varied.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { pixelEvidence } from '../../src/core/look/evidence';
import { type Look, makeLook, type ModelViews } from '../../src/core/look/look';
import type { ModelVariant } from '../../src/core/saying/prediction';
import { sightOf } from '../../src/core/teaching/likeness';
import { fitOwnHead, type OwnHead } from '../../src/core/teaching/own-head';
import {
  MAX_OWN_EXAMPLES,
  MAX_OWN_LABELS,
  type OwnLabel,
  type Taught,
} from '../../src/core/teaching/own-label';
import { type Random, seededRandom } from '../../scripts/calibration/drawings/random';
import { toRaster } from '../../scripts/calibration/pictures';
import { loadLookingModel } from '../../scripts/model/model-in-node';
import { pinnedPhotos } from '../../scripts/photos/pinned-photos';
import type { BenchRun, PartResult } from '../run';
import { type Summary, summarize } from '../statistics';
import { spread } from '../table';

const VARIANT: ModelVariant = 'accurate';
const PHOTOS = 120;
const QUICK_PHOTOS = 20;
const FITS = 7;
const ROUNDS = 5;
/** Logits and features of another picture of the same thing differ by about so much. */
const LOGIT_NOISE = 1.5;
const FEATURE_NOISE = 0.6;

interface Case {
  title: string;
  labels: number;
  examples: number;
  /** From how many of the photos the examples are made: of few each picture is like thousands of them. */
  photos: number;
}

const CASES: readonly Case[] = [
  { title: '50 labels of 20 examples', labels: 50, examples: 1000, photos: PHOTOS },
  {
    ...{ title: 'as many as there may be', labels: MAX_OWN_LABELS, examples: MAX_OWN_EXAMPLES },
    photos: PHOTOS,
  },
  {
    ...{ title: 'as many, all of one thing', labels: MAX_OWN_LABELS, examples: MAX_OWN_EXAMPLES },
    photos: 1,
  },
];

/** Processor time of this thread where Linux tells, else the clock's: other programs must not count. */
function threadMs(): number {
  try {
    const times = readFileSync(`/proc/${process.pid}/task/${process.pid}/schedstat`, 'utf8');
    return Number(times.split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

async function viewsOf(photos: number): Promise<ModelViews[]> {
  const model = await loadLookingModel(VARIANT);
  const all: ModelViews[] = [];
  for (const { path } of (await pinnedPhotos('pinned')).slice(0, photos)) {
    const seen = model.look(await toRaster(await readFile(path)), 1);
    all.push({ ...seen, variant: VARIANT, pixels: pixelEvidence(seen.pixels) });
  }
  return all;
}

/** A look at something like it. */
function varied({ logits, embeddings, ...rest }: ModelViews, random: Random): Look {
  const around = (noise: number): number => noise * (random.between(-1, 1) + random.between(-1, 1));
  return makeLook({
    ...rest,
    logits: logits.map((each) => each.map((value) => value + around(LOGIT_NOISE))),
    embeddings: embeddings.map((each) =>
      each.map((value) => value * Math.max(0, 1 + around(FEATURE_NOISE))),
    ),
  });
}

function taughtOf({ labels, examples, photos }: Case, views: readonly ModelViews[]): Taught {
  const random = seededRandom(17);
  const sources = views.slice(0, photos);
  const names = Array.from({ length: labels }, (_, place): OwnLabel => ({
    ...{ id: `u${String(place).padStart(8, '0')}`, name: `thing ${place}` },
    ...{ synset: null, isOn: true },
  }));
  return {
    labels: names,
    examples: Array.from({ length: examples }, (_, place) => {
      const source = sources[(place % labels) % sources.length];
      if (source === undefined) throw new Error('There are no photos.');
      return {
        ...{ id: String(place).padStart(8, '0'), label: names[place % labels]?.id ?? '' },
        ...{ picture: '', page: '', addedAt: place },
        sight: sightOf(varied(source, random)),
      };
    }),
  };
}

interface Measured {
  title: string;
  labels: number;
  examples: number;
  fitMs: Summary;
  /** Of each round, over all photos. */
  answerMs: Summary;
}

function measure(each: Case, views: readonly ModelViews[], isQuick: boolean): Measured {
  const taught = taughtOf(each, views);
  const looks = views.map((seen) => varied(seen, seededRandom(5)));
  const fitMs: number[] = [];
  const answerMs: number[] = [];
  let head: OwnHead | null = null;
  for (let fit = 0; fit < (isQuick ? 1 : FITS); fit += 1) {
    const startedAt = threadMs();
    head = fitOwnHead(taught, VARIANT, 'bench');
    fitMs.push(threadMs() - startedAt);
  }
  if (head === null) throw new Error('Nothing was fitted.');
  // Of one thing there is one photo to ask about.
  const asked = each.photos === 1 ? looks.map(() => looks[0]) : looks;
  for (let round = 0; round < (isQuick ? 1 : ROUNDS); round += 1) {
    const startedAt = threadMs();
    for (const look of asked) if (look !== undefined) head.match(look);
    answerMs.push((threadMs() - startedAt) / asked.length);
  }
  const { title, labels, examples } = each;
  return {
    ...{ title, labels, examples },
    ...{ fitMs: summarize(fitMs), answerMs: summarize(answerMs) },
  };
}

export async function ownLabels(run: BenchRun): Promise<PartResult> {
  run.say('own-labels: looking at the photos');
  const views = await viewsOf(run.isQuick ? QUICK_PHOTOS : PHOTOS);
  const figures = CASES.map((each) => {
    run.say(`own-labels: ${each.title}`);
    return measure(each, views, run.isQuick);
  });
  return {
    figures: { photos: views.length, cases: figures },
    tables: [
      {
        title: 'Own labels: processor time, one thread',
        columns: ['', 'labels', 'examples', 'fitting, ms', 'naming a picture, ms'],
        rows: figures.map(({ title, labels, examples, fitMs, answerMs }) => [
          ...[title, String(labels), String(examples)],
          ...[spread(fitMs), spread(answerMs)],
        ]),
        notes: [
          'Fitting is done once after a change. Naming is what own labels add to a picture’s answer.',
        ],
      },
    ],
  };
}
