/** Thousands of sights, each compared with one: laid out so that those of other kinds cost next to nothing. */
import { CLASS_COUNT } from '../saying/prediction';
import { alikeness, type Asked, LEAST_AGREEMENT, type Measured, WHOLE_16 } from './likeness';

/** How like a sight is to each of an index, in their order; see `Likeness`. */
export interface Likenesses {
  agreed: Float64Array;
  alike: Float64Array;
}

export interface SightIndex {
  /**
   * What `compare` gives for each, to the bit. Holds until the next call.
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

/** @param all of one model */
export function createSightIndex(all: readonly Measured[]): SightIndex {
  const { starts, sights, roots } = postingsOf(all);
  const agreed = new Float64Array(all.length);
  const alike = new Float64Array(all.length);

  /** Sums in the order of classes, as `agreement`. */
  function agree({ sight, roots: askedRoots }: Asked): void {
    agreed.fill(0);
    for (const each of sight.classes) {
      const root = askedRoots[each] ?? 0;
      const end = starts[each + 1] ?? 0;
      for (let at = starts[each] ?? 0; at < end; at += 1) {
        const place = sights[at] ?? 0;
        agreed[place] = (agreed[place] ?? 0) + root * (roots[at] ?? 0);
      }
    }
  }

  return {
    compareAll(asked, from = 0) {
      agree(asked);
      for (let place = from; place < all.length; place += 1) {
        const share = (agreed[place] ?? 0) / WHOLE_16;
        agreed[place] = share;
        const other = all[place];
        alike[place] = share < LEAST_AGREEMENT || other === undefined ? 0 : alikeness(asked, other);
      }
      return { agreed, alike };
    },
  };
}
