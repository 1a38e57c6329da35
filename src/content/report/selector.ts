import { idOf, localNameOf, parentElementOf, previousElementOf, queryAll, rootOf } from '../dom';

/**
 * A CSS selector that finds the element again in its own root (the document, or its shadow root): the
 * nearest ancestor's id, if it is the only one, then `:nth-of-type` steps.
 */
export function selectorOf(element: Element): string {
  const root = rootOf(element) as Document | ShadowRoot;
  const steps: string[] = [];
  for (let at: Element | null = element; at !== null; at = parentElementOf(at)) {
    const id = idOf(at);
    const localName = localNameOf(at);
    if (id !== '' && queryAll(root, `#${CSS.escape(id)}`).length === 1) {
      return [`#${CSS.escape(id)}`, ...steps].join(' > ');
    }
    let position = 1;
    for (let before = previousElementOf(at); before !== null;) {
      if (localNameOf(before) === localName) position += 1;
      before = previousElementOf(before);
    }
    steps.unshift(`${CSS.escape(localName)}:nth-of-type(${position})`);
  }
  return steps.join(' > ');
}
