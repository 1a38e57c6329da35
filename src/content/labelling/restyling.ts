import { documentElementOf, isHere, parentElementOf } from '../dom';
import { lookAtStylesAnew } from '../find/read-styles';
import type { IdleSlices } from './idle-slices';
import { isSheet } from './page-changes';

/** After a look at what a style change may have changed, this many times its cost is left to the page. */
const REST_FACTOR = 30;
/** But no longer than this, ms: labels follow what they are about. */
const MAX_REST_MS = 2000;

/** Is it below one of these elements? A page may give thousands. */
function isBelow(element: Element, others: ReadonlySet<Element>): boolean {
  let at = parentElementOf(element);
  while (at !== null && !others.has(at)) at = parentElementOf(at);
  return at !== null;
}

/**
 * Backgrounds come and go with styles: an element that is given here and what is below it are looked at
 * again, sparingly.
 * @param lookAt the look at one element, in steps
 */
export function createRestyle(
  slices: IdleSlices,
  lookAt: (element: Element) => Iterator<unknown, unknown>,
  signal: AbortSignal,
): (element: Element) => void {
  const restyled = new Set<Element>();
  let restUntil = 0;
  let restTimer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => {
    clearTimeout(restTimer);
  });

  function* lookAtRestyled(): Generator<undefined, undefined> {
    const elements = new Set(restyled);
    restyled.clear();
    restTimer = undefined;
    lookAtStylesAnew();
    let cost = 0;
    for (const element of elements) {
      // Part of one that is looked at anyway.
      if (!isHere(element) || isBelow(element, elements)) {
        yield;
        continue;
      }
      const steps = lookAt(element);
      for (;;) {
        const start = performance.now();
        const { done } = steps.next();
        cost += performance.now() - start;
        // Each look may end its slice, also the last at an element.
        yield;
        if (done === true) break;
      }
    }
    restUntil = performance.now() + Math.min(cost * REST_FACTOR, MAX_REST_MS);
  }

  return (element) => {
    restyled.add(isSheet(element) ? documentElementOf(document) : element);
    if (restTimer !== undefined) return;
    restTimer = setTimeout(
      () => {
        slices.add(lookAtRestyled());
      },
      Math.max(0, restUntil - performance.now()),
    );
  };
}
