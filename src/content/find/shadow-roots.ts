import {
  activeElementOf,
  assignedSlotOf,
  bodyOf,
  documentElementOf,
  elementsFromPoint,
  isElement,
  matches,
  nodeTypeOf,
  parentNodeOf,
  query,
  queryAll,
  shadowRootOf,
} from '../dom';

/** The parent in the tree that is drawn: out of shadow roots through their host. */
export function composedParent(node: Node): Element | null {
  const slot = isElement(node) ? assignedSlotOf(node) : null;
  if (slot !== null) return slot;
  const parent = parentNodeOf(node);
  if (parent === null || isElement(parent)) return parent;
  // By number and member: the page around a frame has shadow roots of another window's kind.
  const isFragment = nodeTypeOf(parent) === Node.DOCUMENT_FRAGMENT_NODE;
  return isFragment && 'host' in parent ? (parent as ShadowRoot).host : null;
}

/** A page nests no deeper by any right; every walk up ends here. */
export const MAX_DEPTH = 10_000;

/** The element and its ancestors, innermost first, out of every shadow root. */
export function* composedAncestors(element: Element): Generator<Element> {
  let at: Element | null = element;
  for (let depth = 0; at !== null && depth < MAX_DEPTH; depth += 1) {
    yield at;
    at = composedParent(at);
  }
}

/**
 * Everything under a point, topmost first, through shadow roots, in viewport pixels of this frame.
 * Elements without `pointer-events` are not among it.
 */
export function elementsAt(x: number, y: number, page: Document = document): Element[] {
  const found = new Set<Element>();
  const visit = (root: Document | ShadowRoot) => {
    for (const element of elementsFromPoint(root, x, y)) {
      if (found.has(element)) continue;
      const inner = shadowRootOf(element);
      if (inner !== null && inner !== root) visit(inner);
      found.add(element);
    }
  };
  visit(page);
  return [...found];
}

/** The focused element, inside every shadow root; null where none but the page has the focus. */
export function focusedElement(page: Document = document): Element | null {
  let focused = activeElementOf(page);
  for (;;) {
    const inner = focused === null ? null : shadowRootOf(focused)?.activeElement;
    if (inner === null || inner === undefined) break;
    focused = inner;
  }
  return focused === bodyOf(page) || focused === documentElementOf(page) ? null : focused;
}

/** All elements of this frame that match, in every shadow root. */
export function* queryDeep(
  selector: string,
  root: Document | ShadowRoot | Element = document,
): Generator<Element, undefined> {
  for (const element of queryAll(root, '*')) {
    if (matches(element, selector)) yield element;
    const inner = shadowRootOf(element);
    if (inner !== null) yield* queryDeep(selector, inner);
  }
}

/** In pages without doctype a bare `:hover` matches only links. */
const HOVERED = ':is(:hover)';

/** Chromium takes nothing around a thing in the top layer for hovered over, not even the host of its shadow root. */
function rootHoveredIn(): Document | ShadowRoot {
  if (query(document, HOVERED) !== null) return document;
  for (const element of queryDeep('*')) {
    const inner = shadowRootOf(element);
    if (inner !== null && query(inner, HOVERED) !== null) return inner;
  }
  return document;
}

/**
 * The elements under the pointer as CSS sees them, innermost first. It needs no listener: at the very
 * first click of a page this script was not there to hear it, but `:hover` still says where it was.
 */
export function hoveredElements(): Element[] {
  const chain: Element[] = [];
  let root: Document | ShadowRoot | null = rootHoveredIn();
  while (root !== null) {
    const inRoot: Element[] = [...queryAll(root, HOVERED)];
    chain.push(...inRoot);
    const innermost: Element | undefined = inRoot.at(-1);
    root = innermost === undefined ? null : shadowRootOf(innermost);
  }
  return chain.reverse();
}
