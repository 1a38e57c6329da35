/**
 * How well own labels are told from a few examples: WordNet kinds of the photos stand for what a person
 * teaches, and nothing else is said. Computed in Node, by the kernels and the head of the extension.
 */
import { readFile } from 'node:fs/promises';

import sharp from 'sharp';

import { pixelEvidence } from '../../src/core/look/evidence';
import { isLookEnough } from '../../src/core/look/first-look';
import { type Look, makeLook } from '../../src/core/look/look';
import type { ModelVariant, ViewCount } from '../../src/core/saying/prediction';
import { classCountOf, lineOf } from '../../src/core/saying/taxonomy';
import { askedOf, compare, measured, sightOf } from '../../src/core/teaching/likeness';
import { fitOwnHead, isCopy } from '../../src/core/teaching/own-head';
import type { OwnExample, OwnLabel } from '../../src/core/teaching/own-label';
import { toRaster } from '../calibration/pictures';
import { seededRandom } from '../calibration/drawings/random';
import { loadLookingModel, type LookingModel } from '../model/model-in-node';
import type { LabelledPhoto } from '../photos/photo-labels';

const KINDS = 30;
const LEAST_PHOTOS = 8;
const OTHERS = 200;
const EXAMPLES = [1, 3, 5, 8] as const;
/** Draws of examples a kind. */
const DRAWS = 10;
/** Every so many photos are copied. */
const COPIED_EVERY = 4;

interface Looked {
  variant: ModelVariant;
  views: ViewCount;
}

interface Seen {
  photo: LabelledPhoto & { path: string };
  look: Look;
}

export interface Taught {
  examples: number;
  /** Share of a kind's other photos that are called by it, mean over kinds. */
  recall: number;
  /** Labels that are given wrongly, of 200 photos of other kinds; mean over kinds. */
  falseOf200: number;
  /** Recall where each kind had the threshold with at most one false label in 200: the best that could be had. */
  recallAtOneFalse: number;
}

export interface OwnLabelMeasures {
  kinds: number;
  taught: Taught[];
  copies: number;
  /** Of copies in other sizes and qualities, the share that is known from the one example. */
  copiesKnown: number;
  copiesByWay: Record<string, number>;
  /** Pairs of different photos that were taken for copies, and how many there are. */
  pairsTakenForCopies: number;
  pairs: number;
}

async function lookAt(
  model: LookingModel,
  picture: Buffer,
  { variant, views }: Looked,
): Promise<Look> {
  const raster = await toRaster(picture);
  const { logits, embeddings, pixels } = model.look(raster, views);
  const lookOf = (count: number): Look =>
    makeLook({
      ...{ variant, pixels: pixelEvidence(pixels) },
      logits: logits.slice(0, count),
      embeddings: embeddings.slice(0, count),
    });
  const first = lookOf(1);
  return isLookEnough(first, raster, { views, minimumConfidence: 0 }) ? first : lookOf(views);
}

/** The most precise kinds of which there are photos enough; of several with the same photos the first. */
function kindsOf(photos: readonly LabelledPhoto[]): number[][] {
  const members = new Map<number, number[]>();
  photos.forEach(({ classIndex }, place) => {
    for (const node of lineOf(classIndex)) {
      members.set(node, [...(members.get(node) ?? []), place]);
    }
  });
  const distinct = new Map<string, number[]>();
  const wide = [...members]
    .filter(([, places]) => places.length >= LEAST_PHOTOS)
    .sort(([a, one], [b, other]) => classCountOf(a) - classCountOf(b) || other.length - one.length);
  for (const [, places] of wide) {
    const name = places.join();
    if (!distinct.has(name)) distinct.set(name, places);
  }
  return [...distinct.values()].slice(0, KINDS);
}

const LABEL: OwnLabel = { id: 'u00000000', name: 'kind', synset: null, isOn: true };

function exampleOf({ look }: Seen, place: number): OwnExample {
  return {
    ...{
      id: String(place).padStart(8, '0'),
      label: LABEL.id,
      picture: '',
      page: '',
      addedAt: place,
    },
    sight: sightOf(look),
  };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const left = [...items];
  for (let end = left.length - 1; end > 0; end -= 1) {
    const other = random.whole(0, end);
    [left[end], left[other]] = [left[other] as T, left[end] as T];
  }
  return left;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function teach(seen: readonly Seen[], kinds: readonly number[][], examples: number): Taught {
  const [recalls, falses, bests]: number[][] = [[], [], []];
  for (const [place, members] of kinds.entries()) {
    if (members.length <= examples) continue;
    const of = { recall: [] as number[], falses: [] as number[], best: [] as number[] };
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const drawn = shuffled(members, place * 1000 + draw).flatMap((each) => seen[each] ?? []);
      const others = shuffled(
        seen.filter((_, each) => !members.includes(each)),
        place * 1000 + draw + 500,
      ).slice(0, OTHERS);
      const taught = {
        labels: [LABEL],
        examples: drawn.slice(0, examples).map((each, index) => exampleOf(each, index)),
      };
      const head = fitOwnHead(taught, drawn[0]?.look.variant ?? 'accurate', '');
      const likeness = ({ look }: Seen): number => head?.likenessTo(LABEL.id, look) ?? 0;
      const isCalled = ({ look }: Seen): boolean => (head?.match(look) ?? null) !== null;
      const rest = drawn.slice(examples);
      const limit = others.map(likeness).sort((a, b) => b - a)[1] ?? 0;
      of.recall.push(rest.filter(isCalled).length / rest.length);
      of.falses.push(others.filter(isCalled).length);
      of.best.push(rest.filter((each) => likeness(each) > limit).length / rest.length);
    }
    recalls?.push(mean(of.recall));
    falses?.push(mean(of.falses));
    bests?.push(mean(of.best));
  }
  return {
    examples,
    recall: mean(recalls ?? []),
    falseOf200: mean(falses ?? []),
    recallAtOneFalse: mean(bests ?? []),
  };
}

const WAYS: Record<string, (photo: Buffer, side: number) => Promise<Buffer>> = {
  'size 150 %': (photo, side) => resized(photo, side * 1.5),
  'size 70 %': (photo, side) => resized(photo, side * 0.7),
  'size 50 %': (photo, side) => resized(photo, side * 0.5),
  'size 40 %': (photo, side) => resized(photo, side * 0.4),
  'quality 80': (photo) => sharp(photo).flatten().jpeg({ quality: 80 }).toBuffer(),
  'quality 50': (photo) => sharp(photo).flatten().jpeg({ quality: 50 }).toBuffer(),
  'quality 30': (photo) => sharp(photo).flatten().jpeg({ quality: 30 }).toBuffer(),
  'size 50 %, quality 60': async (photo, side) =>
    sharp(await resized(photo, side * 0.5))
      .flatten()
      .jpeg({ quality: 60 })
      .toBuffer(),
};

async function resized(photo: Buffer, width: number): Promise<Buffer> {
  return sharp(photo)
    .resize({ width: Math.round(width) })
    .png()
    .toBuffer();
}

async function copies(
  model: LookingModel,
  seen: readonly Seen[],
  looked: Looked,
): Promise<Record<string, { all: number; known: number }>> {
  const ways: Record<string, { all: number; known: number }> = {};
  for (const [place, each] of seen.entries()) {
    if (place % COPIED_EVERY !== 1) continue;
    const head = fitOwnHead(
      { labels: [LABEL], examples: [exampleOf(each, 0)] },
      looked.variant,
      '',
    );
    const photo = await readFile(each.photo.path);
    const { width } = await sharp(photo).metadata();
    for (const [way, copy] of Object.entries(WAYS)) {
      const look = await lookAt(model, await copy(photo, width), looked);
      const counts = (ways[way] ??= { all: 0, known: 0 });
      counts.all += 1;
      if (head?.match(look)?.isCopy === true) counts.known += 1;
      else process.stderr.write(`not known: ${each.photo.file}, ${way}\n`);
    }
  }
  return ways;
}

function takenForCopies(seen: readonly Seen[]): number {
  const all = seen.map(({ look }) => measured(sightOf(look)));
  let taken = 0;
  for (const [place, one] of all.entries()) {
    const asked = askedOf(one);
    for (const [other, sight] of all.entries()) {
      if (other <= place) continue;
      const { agreed, alike } = compare(asked, sight);
      if (!isCopy(agreed, alike)) continue;
      taken += 1;
      process.stderr.write(`alike: ${seen[place]?.photo.file} ${seen[other]?.photo.file}\n`);
    }
  }
  return taken;
}

/** @param photos of which the kinds are taught in turn, each against photos that are not of it */
export async function evaluateOwnLabels(
  photos: readonly (LabelledPhoto & { path: string })[],
  looked: Looked,
): Promise<OwnLabelMeasures> {
  const model = await loadLookingModel(looked.variant);
  const seen: Seen[] = [];
  for (const photo of photos) {
    seen.push({ photo, look: await lookAt(model, await readFile(photo.path), looked) });
  }
  const kinds = kindsOf(photos);
  const ways = await copies(model, seen, looked);
  const total = Object.values(ways).reduce((sum, { all }) => sum + all, 0);
  const known = Object.values(ways).reduce((sum, { known: each }) => sum + each, 0);
  return {
    kinds: kinds.length,
    taught: EXAMPLES.map((examples) => teach(seen, kinds, examples)),
    copies: total,
    copiesKnown: known / Math.max(1, total),
    copiesByWay: Object.fromEntries(
      Object.entries(ways).map(([way, { all, known: each }]) => [way, each / all]),
    ),
    pairsTakenForCopies: takenForCopies(seen),
    pairs: (seen.length * (seen.length - 1)) / 2,
  };
}
