/** Which of many pictures are one in another size or quality. */
import { lazy } from '../lazy';
import { askedOf, compare, type Measured, measured } from './likeness';
import { isCopy, mayBeCopy } from './own-head';
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
  const own = askedOf(measured(asked));
  const copies: T[] = [];
  for (const other of others) {
    if (other.sight.variant !== asked.variant || !mayBeCopy(own, other.sight)) continue;
    const { agreed, alike } = compare(own, other.measured());
    if (isCopy(agreed, alike)) copies.push(other);
  }
  return copies;
}
