/** Firefox has the method on the element itself; Chrome in `chrome.dom`. */
interface FirefoxElement {
  openOrClosedShadowRoot?: ShadowRoot | null;
}

/** The shadow root of an element, also a closed one: pictures in closed ones are as visible as any. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  const ofFirefox = (element as FirefoxElement).openOrClosedShadowRoot;
  if (ofFirefox !== undefined) return ofFirefox;
  return element instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(element) : null;
}

/** The parent in the tree that is drawn: out of shadow roots through their host. */
export function composedParent(node: Node): Element | null {
  if (node instanceof Element && node.assignedSlot !== null) return node.assignedSlot;
  const parent = node.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

/** The element and its ancestors, innermost first, out of every shadow root. */
export function* composedAncestors(element: Element): Generator<Element> {
  for (let at: Element | null = element; at !== null; at = composedParent(at)) yield at;
}

/**
 * Everything under a point, topmost first, through shadow roots, in viewport pixels of this frame.
 * Elements without `pointer-events` are not among it.
 */
export function elementsAt(x: number, y: number): Element[] {
  const found = new Set<Element>();
  const visit = (root: DocumentOrShadowRoot) => {
    for (const element of root.elementsFromPoint(x, y)) {
      if (found.has(element)) continue;
      const inner = shadowRootOf(element);
      if (inner !== null && inner !== root) visit(inner);
      found.add(element);
    }
  };
  visit(document);
  return [...found];
}

/** The focused element, inside every shadow root; null where none but the page has the focus. */
export function focusedElement(): Element | null {
  let focused = document.activeElement;
  for (;;) {
    const inner = focused === null ? null : shadowRootOf(focused)?.activeElement;
    if (inner === null || inner === undefined) break;
    focused = inner;
  }
  return focused === document.body || focused === document.documentElement ? null : focused;
}

/** All elements of this frame that match, in every shadow root. */
export function* queryDeep(
  selector: string,
  root: ParentNode = document,
): Generator<Element, undefined> {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(selector)) yield element;
    const inner = shadowRootOf(element);
    if (inner !== null) yield* queryDeep(selector, inner);
  }
}

/**
 * The elements under the pointer as CSS sees them, innermost first. It needs no listener: at the very
 * first click of a page this script was not there to hear it, but `:hover` still says where it was.
 * `:is()` because in pages without doctype a bare `:hover` matches only links.
 */
export function hoveredElements(): Element[] {
  const chain: Element[] = [];
  let root: Document | ShadowRoot | null = document;
  while (root !== null) {
    const inRoot: Element[] = [...root.querySelectorAll(':is(:hover)')];
    chain.push(...inRoot);
    const innermost: Element | undefined = inRoot.at(-1);
    root = innermost === undefined ? null : shadowRootOf(innermost);
  }
  return chain.reverse();
}
