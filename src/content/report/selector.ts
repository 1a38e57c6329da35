import {
  idOf,
  localNameOf,
  nextElementOf,
  parentElementOf,
  previousElementOf,
  queryAll,
  rootOf,
} from '../dom';

/** A page whose tree is deeper than parsers make any gets a selector of the innermost steps alone. */
const MAX_STEPS = 512;

/** Says for many elements which CSS selectors find them again: each row of siblings is counted once. */
export function createSelectors(): (element: Element) => string {
  /** From 1 among siblings of the same name; 0 for the only one, which its name alone finds. */
  const places = new WeakMap<Element, number>();
  const onlyIds = new WeakMap<Node, Map<string, boolean>>();

  /** Counts all siblings of an element, each among those of its own name. */
  function count(element: Element): number {
    let first = element;
    for (let before = previousElementOf(first); before !== null; before = previousElementOf(first))
      first = before;
    const named = new Map<string, { first: Element; count: number }>();
    for (let at: Element | null = first; at !== null; at = nextElementOf(at)) {
      const name = localNameOf(at);
      const row = named.get(name);
      if (row === undefined) {
        named.set(name, { first: at, count: 1 });
        places.set(at, 0);
        continue;
      }
      row.count += 1;
      places.set(row.first, 1);
      places.set(at, row.count);
    }
    return places.get(element) ?? 1;
  }

  function isOnly(root: Document | ShadowRoot, id: string): boolean {
    let ids = onlyIds.get(root);
    if (ids === undefined) onlyIds.set(root, (ids = new Map<string, boolean>()));
    let known = ids.get(id);
    if (known === undefined) {
      known = queryAll(root, `#${CSS.escape(id)}`).length === 1;
      ids.set(id, known);
    }
    return known;
  }

  return (element) => {
    const root = rootOf(element) as Document | ShadowRoot;
    const steps: string[] = [];
    let at: Element | null = element;
    for (; at !== null && steps.length < MAX_STEPS; at = parentElementOf(at)) {
      const id = idOf(at);
      if (id !== '' && isOnly(root, id)) {
        steps.push(`#${CSS.escape(id)}`);
        break;
      }
      const place = places.get(at) ?? count(at);
      steps.push(CSS.escape(localNameOf(at)) + (place === 0 ? '' : `:nth-of-type(${place})`));
    }
    return steps.reverse().join(' > ');
  };
}

/**
 * A CSS selector that finds the element again in its own root (the document, or its shadow root): the
 * nearest ancestor's id, if it is the only one, then steps with `:nth-of-type` where siblings share a name.
 */
export function selectorOf(element: Element): string {
  return createSelectors()(element);
}
