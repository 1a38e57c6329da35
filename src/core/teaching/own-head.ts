/** From examples to answers: which own label, if any, a picture is called by. */
import type { Look } from '../look/look';
import { CLASS_COUNT, type ModelVariant } from '../saying/prediction';
import {
  agreement,
  alikeness,
  LEAST_AGREEMENT,
  type Measured,
  measured,
  sightOf,
  spreadRoots,
} from './likeness';
import type { OwnMatch, OwnSpeaker } from './own-match';
import type { OwnExample, OwnLabel, Sight, Taught } from './own-label';

/**
 * From these on two pictures are one in another size or quality: `npm run evaluate -- --teach` prints how
 * many copies lie above both, and how many of all pairs of photos.
 */
const COPY_ALIKENESS = 0.62;
const COPY_AGREEMENT = 0.15;

/** How much the likest examples count before the others: 0 is the mean, infinity the likest alone. */
const SHARPNESS = 5;

/** Fewer examples may speak on copies alone: nothing tells what they have in common. */
const LEAST_EXAMPLES = 2;

/**
 * The least that a picture must be like a label's examples, 0-2: with it less than one photo of 200 of
 * other things is called by a label of 3 to 8 examples (`npm run evaluate -- --teach`).
 */
const LEAST_LIKENESS = 0.48;
/** So far below the least like of its own examples, the others asked, may a picture be. */
const ROOM = 0.25;
/** What is as like as a label's own examples are to each other is called by it with this probability. */
const MOST = 0.95;

interface Entry extends Measured {
  example: OwnExample;
}

interface FittedLabel {
  label: OwnLabel;
  entries: Entry[];
  /** See `LEAST_LIKENESS`. Infinite where only copies may be told. */
  threshold: number;
  /** How like each example is to the others, in their order. */
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
export function isCopy(likeness: { agreed: number; alike: number }): boolean {
  return likeness.alike >= COPY_ALIKENESS && likeness.agreed >= COPY_AGREEMENT;
}

/** May it be a copy, by its classes? @param roots of the first; see `spreadRoots` */
export function mayBeCopy(roots: Float32Array, other: Sight): boolean {
  return agreement(roots, other) >= COPY_AGREEMENT;
}

/** How like two sights are: classes, 0-1, and features, -1 to 1. @param roots of the first; see `spreadRoots` */
export function compare(
  roots: Float32Array,
  one: Measured,
  other: Measured,
): { agreed: number; alike: number } {
  const agreed = agreement(roots, other.sight);
  return { agreed, alike: agreed < LEAST_AGREEMENT ? 0 : alikeness(one, other) };
}

/** Likeness to several: a soft maximum of likeness to each. */
function together(each: readonly number[]): number {
  if (each.length === 0) return 0;
  const sum = each.reduce((total, likeness) => total + Math.exp(SHARPNESS * likeness), 0);
  return Math.log(sum / each.length) / SHARPNESS;
}

function fitLabel(label: OwnLabel, entries: Entry[]): FittedLabel {
  const likenesses: number[][] = entries.map(() => []);
  entries.forEach((entry, place) => {
    const roots = spreadRoots(entry.sight, new Float32Array(CLASS_COUNT));
    for (const [after, other] of entries.slice(place + 1).entries()) {
      const { agreed, alike } = compare(roots, entry, other);
      likenesses[place]?.push(agreed + alike);
      likenesses[place + 1 + after]?.push(agreed + alike);
    }
  });
  const leftOut = likenesses.map(together);
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

/**
 * Fits all labels that are on to their examples of one model.
 * @param mark equal for two states of what was taught exactly if they are the same
 * @returns null where there are no examples of that model
 */
export function fitOwnHead(taught: Taught, variant: ModelVariant, mark: string): OwnHead | null {
  const byLabel = new Map<string, Entry[]>();
  for (const example of taught.examples) {
    if (example.sight.variant !== variant) continue;
    const entries = byLabel.get(example.label) ?? [];
    entries.push({ ...measured(example.sight), example });
    byLabel.set(example.label, entries);
  }
  const fitted = taught.labels.flatMap((label) => {
    const entries = byLabel.get(label.id);
    return entries === undefined || !label.isOn ? [] : [fitLabel(label, entries)];
  });
  if (fitted.length === 0) return null;
  return {
    mark,
    quality: fitted.map(({ label, leftOut, threshold }) => ({
      label: label.id,
      of: leftOut.length,
      found: leftOut.filter((likeness) => likeness >= threshold).length,
    })),
    likenessTo: (id, look) => {
      const entries = fitted.find(({ label }) => label.id === id)?.entries ?? [];
      return likenessesOf(entries, sightOf(look)).likeness;
    },
    match: (look) => (look.variant === variant ? bestOf(fitted, sightOf(look)) : null),
  };
}

function likenessesOf(entries: readonly Entry[], sight: Sight): { likeness: number } {
  const roots = spreadRoots(sight, new Float32Array(CLASS_COUNT));
  const asked = measured(sight);
  const each = entries.map((entry) => {
    const { agreed, alike } = compare(roots, asked, entry);
    return agreed + alike;
  });
  return { likeness: together(each) };
}

/** The likest copy; else the label whose threshold is passed by the most. */
function bestOf(fitted: readonly FittedLabel[], sight: Sight): OwnMatch | null {
  const roots = spreadRoots(sight, new Float32Array(CLASS_COUNT));
  const asked = measured(sight);
  let best: (OwnMatch & { over: number }) | null = null;
  let copy: (OwnMatch & { alike: number; addedAt: number }) | null = null;
  for (const { label, entries, threshold } of fitted) {
    const each: number[] = [];
    for (const entry of entries) {
      const likeness = compare(roots, asked, entry);
      each.push(likeness.agreed + likeness.alike);
      if (!isCopy(likeness)) continue;
      const { alike } = likeness;
      const { addedAt } = entry.example;
      // Of one picture that was taught twice the person's last word counts.
      const isLikelier =
        copy === null || alike > copy.alike || (alike === copy.alike && addedAt > copy.addedAt);
      if (isLikelier) copy = { label, probability: MOST, isCopy: true, alike, addedAt };
    }
    const likeness = together(each);
    const over = likeness - threshold;
    if (over >= 0 && over > (best?.over ?? -1)) {
      best = { label, probability: sureness(likeness, threshold), isCopy: false, over };
    }
  }
  const found = copy ?? best;
  if (found === null) return null;
  const { label, probability } = found;
  return { label, probability, isCopy: copy !== null };
}
