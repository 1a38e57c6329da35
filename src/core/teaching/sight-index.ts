/** Thousands of sights, each compared with one: laid out so that those of other kinds cost next to nothing. */
import { lazy } from '../lazy';
import { CLASS_COUNT } from '../saying/prediction';
import {
  agreement,
  alikeness,
  type Asked,
  LEAST_AGREEMENT,
  meanFeatures,
  type Measured,
  WHOLE_16,
} from './likeness';

/**
 * The features of so many sights are compared as a whole; of more of one kind the likest by their classes and
 * by the features that tell the most of what is asked. Thousands would take tens of milliseconds.
 */
export const MOST_COMPARED = 96;
/** So many pairs of a class and a sight that has it are counted; of more those of the likeliest classes. */
const MOST_COUNTED = 60_000;
/** So many features of what is asked tell nearly as much as all: those the farthest from what photos share. */
const TELLING = 32;
/** Steps in which scores from -1 to 2 are told apart where the highest are sought. */
const STEPS = 768;

/** How like a sight is to each of an index, in their order; see `Likeness`. */
export interface Likenesses {
  agreed: Float64Array;
  alike: Float64Array;
}

export interface SightIndex {
  /**
   * What `compare` gives for each, to the bit, where there are not more than `MOST_COMPARED` of its kind;
   * else for the likest, and about that for the others. Holds until the next call.
   * @param from the first whose likeness is wanted; default: all. What is before it says nothing.
   */
  compareAll: (asked: Asked, from?: number) => Likenesses;
}

/** Which sights have a class, and with which root, class by class: most share none with the one that is asked. */
interface Postings {
  /** Where each class begins, and after the last one its end. */
  starts: Uint32Array;
  sights: Uint32Array;
  roots: Uint16Array;
}

function postingsOf(all: readonly Measured[]): Postings {
  const starts = new Uint32Array(CLASS_COUNT + 1);
  for (const { sight } of all) {
    for (const each of sight.classes) starts[each + 1] = (starts[each + 1] ?? 0) + 1;
  }
  for (let each = 0; each < CLASS_COUNT; each += 1) {
    starts[each + 1] = (starts[each + 1] ?? 0) + (starts[each] ?? 0);
  }
  const count = starts[CLASS_COUNT] ?? 0;
  const postings = { starts, sights: new Uint32Array(count), roots: new Uint16Array(count) };
  const next = starts.slice();
  all.forEach(({ sight: { classes, roots } }, place) => {
    classes.forEach((each, at) => {
      const free = next[each] ?? 0;
      postings.sights[free] = place;
      postings.roots[free] = roots[at] ?? 0;
      next[each] = free + 1;
    });
  });
  return postings;
}

/** The classes of what is asked, the likeliest first, until enough sights are counted. */
function likeliestClasses({ sight, roots }: Asked, starts: Uint32Array): number[] {
  const sharers = (each: number): number => (starts[each + 1] ?? 0) - (starts[each] ?? 0);
  const classes = [...sight.classes];
  let left = MOST_COUNTED;
  if (classes.reduce((sum, each) => sum + sharers(each), 0) <= left) return classes;
  classes.sort((one, other) => (roots[other] ?? 0) - (roots[one] ?? 0));
  return classes.filter((each) => {
    const isCounted = left > 0;
    left -= sharers(each);
    return isCounted;
  });
}

/** The features of all sights, each feature's values in a row: a few of them are gone through at once. */
function createOutlines(all: readonly Measured[]) {
  const [first] = all;
  const features = first?.sight.embedding.values.length ?? 0;
  const mean = first === undefined ? new Float32Array() : meanFeatures(first.sight.variant);
  const rows = new Uint8Array(features * all.length);
  all.forEach(({ sight: { embedding } }, place) => {
    embedding.values.forEach((value, feature) => {
      rows[feature * all.length + place] = value;
    });
  });
  const scales = Float64Array.from(all, ({ sight }) => sight.embedding.scale);
  const lengths = Float64Array.from(all, ({ length }) => length);
  const outlines = new Float64Array(all.length);

  /** What `TELLING` features come to of each alikeness. */
  return ({ sight: { embedding }, length }: Asked): Float64Array => {
    const apart = Float64Array.from(
      embedding.values,
      (value, feature) => value * embedding.scale - (mean[feature] ?? 0),
    );
    const telling = Array.from(apart.keys())
      .sort((one, other) => Math.abs(apart[other] ?? 0) - Math.abs(apart[one] ?? 0))
      .slice(0, TELLING);
    outlines.fill(0);
    let ofMean = 0;
    for (const feature of telling) {
      const weight = apart[feature] ?? 0;
      const start = feature * all.length;
      ofMean += weight * (mean[feature] ?? 0);
      for (let place = 0; place < all.length; place += 1) {
        outlines[place] = (outlines[place] ?? 0) + weight * (rows[start + place] ?? 0);
      }
    }
    for (let place = 0; place < all.length; place += 1) {
      const product = (outlines[place] ?? 0) * (scales[place] ?? 0) - ofMean;
      outlines[place] = product / (length * (lengths[place] ?? 1));
    }
    return outlines;
  };
}

/** The score from which on about so many are. */
function scoreOfHighest(scores: Float64Array, count: number): number {
  const counts = new Uint32Array(STEPS);
  const stepOf = (score: number): number =>
    Math.min(STEPS - 1, Math.max(0, Math.floor(((score + 1) / 3) * STEPS)));
  for (const score of scores) {
    const step = stepOf(score);
    counts[step] = (counts[step] ?? 0) + 1;
  }
  let above = 0;
  for (let step = STEPS - 1; step > 0; step -= 1) {
    above += counts[step] ?? 0;
    if (above > count) return ((step + 1) / STEPS) * 3 - 1;
  }
  return -1;
}

/** @param all of one model */
export function createSightIndex(all: readonly Measured[]): SightIndex {
  const { starts, sights, roots } = postingsOf(all);
  const agreed = new Float64Array(all.length);
  const alike = new Float64Array(all.length);
  const scores = new Float64Array(all.length);
  const outlinesFor = lazy(() => createOutlines(all));

  /** Sums in the order of classes, as `agreement`. @returns were all classes counted? */
  function agree(asked: Asked): boolean {
    const classes = likeliestClasses(asked, starts);
    agreed.fill(0);
    for (const each of classes) {
      const root = asked.roots[each] ?? 0;
      const end = starts[each + 1] ?? 0;
      for (let at = starts[each] ?? 0; at < end; at += 1) {
        const place = sights[at] ?? 0;
        agreed[place] = (agreed[place] ?? 0) + root * (roots[at] ?? 0);
      }
    }
    for (let place = 0; place < agreed.length; place += 1) {
      agreed[place] = (agreed[place] ?? 0) / WHOLE_16;
    }
    return classes.length === asked.sight.classes.length;
  }

  function compareAt(place: number, asked: Asked, isWhole: boolean): void {
    const other = all[place];
    if (other === undefined) return;
    const share = isWhole ? (agreed[place] ?? 0) : agreement(asked.roots, other.sight);
    agreed[place] = share;
    alike[place] = share < LEAST_AGREEMENT ? 0 : alikeness(asked, other);
  }

  /** Compares the likest as a whole; from these it is known what the others' outlines stand for. */
  function compareLikest(asked: Asked, isWhole: boolean, from: number): void {
    const outlines = outlinesFor()(asked);
    for (let place = 0; place < all.length; place += 1) {
      const share = agreed[place] ?? 0;
      const isNear = place >= from && share >= LEAST_AGREEMENT;
      scores[place] = isNear ? share + (outlines[place] ?? 0) : -1;
    }
    const least = scoreOfHighest(scores, MOST_COMPARED);
    let [told, outlined] = [0, 0];
    for (let place = from; place < all.length; place += 1) {
      if ((scores[place] ?? -1) < least) continue;
      compareAt(place, asked, isWhole);
      told += alike[place] ?? 0;
      outlined += outlines[place] ?? 0;
    }
    const ratio = outlined > 0 ? told / outlined : 1;
    for (let place = from; place < all.length; place += 1) {
      if ((scores[place] ?? -1) >= least) continue;
      const isNear = (agreed[place] ?? 0) >= LEAST_AGREEMENT;
      alike[place] = isNear ? Math.min(1, (outlines[place] ?? 0) * ratio) : 0;
    }
  }

  return {
    compareAll(asked, from = 0) {
      const isWhole = agree(asked);
      let near = 0;
      for (let place = from; place < all.length; place += 1) {
        if ((agreed[place] ?? 0) >= LEAST_AGREEMENT) near += 1;
      }
      if (near > MOST_COMPARED) {
        compareLikest(asked, isWhole, from);
        return { agreed, alike };
      }
      for (let place = from; place < all.length; place += 1) {
        if ((agreed[place] ?? 0) < LEAST_AGREEMENT) alike[place] = 0;
        else compareAt(place, asked, isWhole);
      }
      return { agreed, alike };
    },
  };
}
