import { inlineStyleOf } from '../dom';
import { isOwn } from '../layer';

/** What of a style attribute may uncover or replace pictures below the element, not only move them. */
const UNCOVERING = /^--|display|visibility|background|content/;

export interface OwnStyles {
  watch: (root: Node) => void;
  /** The element has this style when it is first seen. */
  note: (element: Element) => void;
}

/**
 * Follows the styles that elements have of their own, by the names of what they set. Where the old value
 * of a `style` attribute is to be told, the browser writes it out before each change, in the page's own
 * time; with a picture inside it is megabytes long.
 * @param restyle gets each element below which pictures may have come or gone
 * @param onMoved some style was changed
 */
export function createOwnStyles(
  restyle: (element: Element) => void,
  onMoved: () => void,
  signal: AbortSignal,
): OwnStyles {
  const uncovering = new WeakSet<Element>();
  const changes = new MutationObserver((records) => {
    const elements = new Set(records.map(({ target }) => target));
    for (const element of elements) {
      if (!(element instanceof Element) || isOwn(element)) elements.delete(element);
      else if (mayUncover(element)) restyle(element);
    }
    if (elements.size > 0) onMoved();
  });
  signal.addEventListener('abort', () => {
    changes.disconnect();
  });

  function note(element: Element): void {
    const names = Array.from(inlineStyleOf(element) ?? []);
    if (names.some((name) => UNCOVERING.test(name))) uncovering.add(element);
    else uncovering.delete(element);
  }

  function mayUncover(element: Element): boolean {
    const was = uncovering.has(element);
    note(element);
    return was || uncovering.has(element);
  }

  return {
    note,
    watch: (root) => {
      changes.observe(root, { subtree: true, attributeFilter: ['style'] });
    },
  };
}
