import { childrenOf, documentElementOf, shadowRootOf } from '../dom';

/** A page nests and holds no more by any right. */
const MAX_ELEMENTS = 500_000;

/** What an element shows in itself: its shadow root's children, what is put into a slot, or its own children. */
function shownIn(element: Element): readonly Element[] {
  const root = shadowRootOf(element);
  if (root !== null) return [...root.children];
  const assigned = element instanceof HTMLSlotElement ? element.assignedElements() : [];
  return assigned.length > 0 ? assigned : [...childrenOf(element)];
}

/** The elements of this frame in the order in which they are read, through open and closed shadow roots. */
export function* inReadingOrder(): Generator<Element, undefined> {
  const waiting: Element[] = [documentElementOf(document)];
  for (let seen = 0; seen < MAX_ELEMENTS; seen += 1) {
    const element = waiting.pop();
    if (element === undefined) return;
    yield element;
    waiting.push(...shownIn(element).toReversed());
  }
}
