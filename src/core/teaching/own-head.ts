/** From examples to answers: which own label, if any, a picture is called by. */
import type { Look } from '../look/look';
import type { ModelVariant } from '../saying/prediction';
import {
  agreement,
  type Asked,
  askedOf,
  type Measured,
  measured,
  meanFeatures,
  sightOf,
} from './likeness';
import type { OwnMatch, OwnSpeaker } from './own-match';
import type { OwnExample, OwnLabel, Sight, Taught } from './own-label';
import { createSightIndex, type Likenesses } from './sight-index';

/**
 * From these on two pictures are one in another size or quality: `npm run evaluate -- --teach` prints how
 * many copies lie above both, and how many of all pairs of photos.
 */
export const COPY_ALIKENESS = 0.62;
export const COPY_AGREEMENT = 0.15;

/** How much the likest examples count before the others: 0 is the mean, infinity the likest alone. */
export const SHARPNESS = 5;

/** Fewer examples may speak on copies alone: nothing tells what they have in common. */
const LEAST_EXAMPLES = 2;

/**
 * The least that a picture must be like a label's examples, 0-2: with it less than one photo of 200 of
 * other things is called by a label of 3 to 8 examples (`npm run evaluate -- --teach`).
 */
const LEAST_LIKENESS = 0.48;
/** So far below the least like of its own examples, the others asked, may a picture be. */
const ROOM = 0.25;
/** So many examples of a label are left out in turn: with thousands each way to every other takes seconds. */
const MOST_LEFT_OUT = 100;
/** Over what sums in another order may differ by. */
const ROUNDING = 1e-9;
/** What is as like as a label's own examples are to each other is called by it with this probability. */
const MOST = 0.95;

interface Entry extends Measured {
  example: OwnExample;
}

export interface FittedLabel {
  label: OwnLabel;
  entries: readonly Entry[];
  /** See `LEAST_LIKENESS`. Infinite where only copies may be told. */
  threshold: number;
  /** How like examples are to the others, in their order; see `MOST_LEFT_OUT`. */
  leftOut: number[];
}

/** What a label tells of its own examples, each left out in turn. */
export interface OwnQuality {
  label: string;
  found: number;
  of: number;
}

export interface OwnHead extends OwnSpeaker {
  quality: readonly OwnQuality[];
  /** How like a look is to the examples of a label, 0-2. */
  likenessTo: (label: string, look: Look) => number;
}

/** Is it one picture in two sizes or qualities? */
export function isCopy(agreed: number, alike: number): boolean {
  return alike >= COPY_ALIKENESS && agreed >= COPY_AGREEMENT;
}

/** May it be a copy, by its classes? */
export function mayBeCopy({ roots }: Asked, other: Sight): boolean {
  return agreement(roots, other) >= COPY_AGREEMENT;
}

/** Likeness to several: a soft maximum of likeness to each. */
function together(each: readonly number[]): number {
  if (each.length === 0) return 0;
  const sum = each.reduce((total, likeness) => total + Math.exp(SHARPNESS * likeness), 0);
  return Math.log(sum / each.length) / SHARPNESS;
}

/** How like examples of a label are to its other ones: all of them, or as many, evenly taken. */
function likenessesToOthers(entries: readonly Entry[]): number[] {
  const step = Math.max(1, Math.ceil(entries.length / MOST_LEFT_OUT));
  const others = new Set(entries.filter((_, place) => place % step !== 0));
  const likenesses: number[][] = entries.map(() => []);
  const index = createSightIndex(entries);
  entries.forEach((entry, place) => {
    if (others.has(entry)) return;
    const { agreed, alike } = index.compareAll(askedOf(entry), others.size > 0 ? 0 : place + 1);
    entries.forEach((other, otherPlace) => {
      const isBoth = !others.has(other);
      // A pair of which both are left out in turn counts once.
      if (isBoth && otherPlace <= place) return;
      const likeness = (agreed[otherPlace] ?? 0) + (alike[otherPlace] ?? 0);
      likenesses[place]?.push(likeness);
      if (isBoth) likenesses[otherPlace]?.push(likeness);
    });
  });
  return likenesses.filter((_, place) => place % step === 0).map(together);
}

function fitLabel(label: OwnLabel, entries: readonly Entry[]): FittedLabel {
  const leftOut = likenessesToOthers(entries);
  const least = Math.min(...leftOut);
  const threshold =
    entries.length < LEAST_EXAMPLES ? Infinity : Math.max(LEAST_LIKENESS, least - ROOM);
  return { label, entries, threshold, leftOut };
}

/** How sure a likeness over the threshold is: half way up at it. */
function sureness(likeness: number, threshold: number): number {
  const over = Math.max(0, likeness - threshold);
  return Math.min(MOST, 0.6 + over);
}

/** All labels that are on and have examples of one model, each fitted to these. */
export function fitLabels({ labels, examples }: Taught, variant: ModelVariant): FittedLabel[] {
  const byLabel = new Map<string, Entry[]>();
  for (const example of examples) {
    if (example.sight.variant !== variant) continue;
    const entries = byLabel.get(example.label) ?? [];
    entries.push({ ...measured(example.sight), example });
    byLabel.set(example.label, entries);
  }
  return labels.flatMap((label) => {
    const entries = byLabel.get(label.id);
    return entries === undefined || !label.isOn ? [] : [fitLabel(label, entries)];
  });
}

/**
 * Fits all labels that are on to their examples of one model.
 * @param mark equal for two states of what was taught exactly if they are the same
 * @returns null where there are no examples of that model
 */
export function fitOwnHead(taught: Taught, variant: ModelVariant, mark: string): OwnHead | null {
  const fitted = fitLabels(taught, variant);
  if (fitted.length === 0) return null;
  const index = createSightIndex(fitted.flatMap(({ entries }) => entries));
  const compareWith = (look: Look): Likenesses =>
    index.compareAll(askedOf(measured(sightOf(look))));
  return {
    mark,
    quality: fitted.map(({ label, leftOut, threshold }) => ({
      label: label.id,
      of: leftOut.length,
      found: leftOut.filter((likeness) => likeness >= threshold).length,
    })),
    likenessTo: (id, look) => {
      const likenesses = compareWith(look);
      let start = 0;
      for (const { label, entries } of fitted) {
        const end = start + entries.length;
        if (label.id === id) return togetherIn(likenesses, start, end);
        start = end;
      }
      return 0;
    },
    match: (look) => (look.variant === variant ? bestOf(fitted, compareWith(look)) : null),
    directionOf: (id, features) => {
      const found = fitted.find(({ label }) => label.id === id);
      const mean = meanFeatures(variant);
      if (found === undefined || features.length !== mean.length) return null;
      return { mean, weights: directionTo(found.entries, features, mean) };
    },
  };
}

/** The outline of an example: its features less the mean ones, of length 1. */
function outlineOf({ sight, length }: Measured, mean: Float32Array): Float32Array {
  const { values, scale } = sight.embedding;
  return mean.map((value, place) => ((values[place] ?? 0) * scale - value) / length);
}

/** The sum of the outlines of a label's examples, the likest counting most, as in `together`. */
function directionTo(
  entries: readonly Measured[],
  features: Float32Array,
  mean: Float32Array,
): Float32Array {
  const centred = features.map((value, place) => value - (mean[place] ?? 0));
  const length = Math.hypot(...centred);
  const weights = new Float32Array(mean.length);
  for (const entry of entries) {
    const outline = outlineOf(entry, mean);
    const alike = centred.reduce((sum, value, place) => sum + value * (outline[place] ?? 0), 0);
    const share = Math.exp((SHARPNESS * alike) / Math.max(length, Number.MIN_VALUE));
    outline.forEach((value, place) => {
      weights[place] = (weights[place] ?? 0) + share * value;
    });
  }
  return weights;
}

/** As `together`, of the likenesses from `start` to before `end`. */
function togetherIn({ agreed, alike }: Likenesses, start: number, end: number): number {
  let total = 0;
  for (let place = start; place < end; place += 1) {
    total += Math.exp(SHARPNESS * ((agreed[place] ?? 0) + (alike[place] ?? 0)));
  }
  return Math.log(total / (end - start)) / SHARPNESS;
}

/** The label of the likest copy; of two examples that are the same picture the person's last word. */
function copyOf(fitted: readonly FittedLabel[], { agreed, alike }: Likenesses): OwnLabel | null {
  let copy: OwnLabel | null = null;
  let [likest, latest] = [-1, 0];
  let start = 0;
  for (const { label, entries } of fitted) {
    const end = start + entries.length;
    for (let place = start; place < end; place += 1) {
      const ofFeatures = alike[place] ?? 0;
      if (ofFeatures < likest || !isCopy(agreed[place] ?? 0, ofFeatures)) continue;
      const addedAt = entries[place - start]?.example.addedAt ?? 0;
      if (ofFeatures === likest && addedAt <= latest) continue;
      copy = label;
      likest = ofFeatures;
      latest = addedAt;
    }
    start = end;
  }
  return copy;
}

/** The likest copy; else the label whose threshold is passed by the most. */
function bestOf(fitted: readonly FittedLabel[], likenesses: Likenesses): OwnMatch | null {
  const copy = copyOf(fitted, likenesses);
  if (copy !== null) return { label: copy, probability: MOST, isCopy: true };
  const { agreed, alike } = likenesses;
  let best: OwnLabel | null = null;
  let [probability, most] = [0, -1];
  let start = 0;
  for (const { label, entries, threshold } of fitted) {
    const end = start + entries.length;
    let likest = 0;
    for (let place = start; place < end; place += 1) {
      likest = Math.max(likest, (agreed[place] ?? 0) + (alike[place] ?? 0));
    }
    // Together they are like by no more than the likest of them.
    if (likest - threshold >= Math.max(0, most) - ROUNDING) {
      const likeness = togetherIn(likenesses, start, end);
      const over = likeness - threshold;
      if (over >= 0 && over > most) {
        best = label;
        most = over;
        probability = sureness(likeness, threshold);
      }
    }
    start = end;
  }
  return best === null ? null : { label: best, probability, isCopy: false };
}
