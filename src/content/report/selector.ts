/**
 * A CSS selector that finds the element again in its own root (the document, or its shadow root): the
 * nearest ancestor's id, if it is the only one, then `:nth-of-type` steps.
 */
export function selectorOf(element: Element): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const steps: string[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const { id, localName } = at;
    if (id !== '' && root.querySelectorAll(`#${CSS.escape(id)}`).length === 1) {
      return [`#${CSS.escape(id)}`, ...steps].join(' > ');
    }
    let position = 1;
    for (let before = at.previousElementSibling; before !== null;) {
      if (before.localName === localName) position += 1;
      before = before.previousElementSibling;
    }
    steps.unshift(`${CSS.escape(localName)}:nth-of-type(${position})`);
  }
  return steps.join(' > ');
}
