/** Which of many pictures are one in another size or quality. */
import { lazy } from '../lazy';
import { CLASS_COUNT } from '../saying/prediction';
import { type Measured, measured, spreadRoots } from './likeness';
import { compare, isCopy, mayBeCopy } from './own-head';
import type { Sight } from './own-label';

/** What others are compared with; measured when something is first like it by its classes. */
export interface Comparable {
  sight: Sight;
  measured: () => Measured;
}

export function comparable(sight: Sight): Comparable {
  return { sight, measured: lazy(() => measured(sight)) };
}

/** Those of the others that show the same picture. */
export function copiesOf<T extends Comparable>(asked: Sight, others: Iterable<T>): T[] {
  const roots = spreadRoots(asked, new Float32Array(CLASS_COUNT));
  const own = comparable(asked);
  const copies: T[] = [];
  for (const other of others) {
    if (other.sight.variant !== asked.variant || !mayBeCopy(roots, other.sight)) continue;
    if (isCopy(compare(roots, own.measured(), other.measured()))) copies.push(other);
  }
  return copies;
}
