import { createTreeWalker } from '../dom';

/**
 * Visits the elements below a node and the node itself, one a step.
 * @param visit tells whether nothing below the element is to be looked at
 */
export function* walk(
  top: Node,
  visit: (element: Element) => boolean,
): Generator<undefined, undefined> {
  if (top instanceof Element && visit(top)) return;
  const walker = createTreeWalker(document, top, NodeFilter.SHOW_ELEMENT);
  let at = walker.nextNode();
  while (at instanceof Element) {
    const isClosed = visit(at);
    yield;
    at = isClosed ? nextOutside(walker) : walker.nextNode();
  }
}

/** Goes on with what is not below the current node. */
export function nextOutside(walker: TreeWalker): Node | null {
  for (;;) {
    const sibling = walker.nextSibling();
    if (sibling !== null) return sibling;
    if (walker.parentNode() === null || walker.currentNode === walker.root) return null;
  }
}
