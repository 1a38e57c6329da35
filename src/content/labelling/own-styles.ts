import { MARK } from '../alt-text/mark';
import { inlineStyleOf } from '../dom';
import { isOwn } from '../layer';
import { WATCHED_ATTRIBUTES } from './page-changes';

/** What of a style attribute may uncover or replace pictures below the element, not only move them. */
const UNCOVERING = /^--|display|visibility|background|content/;

/** Of these it is known what their changes mean, or nobody styles by them. */
const KNOWN: ReadonlySet<string> = new Set([...WATCHED_ATTRIBUTES, MARK]);

export interface OwnStyles {
  watch: (root: Node) => void;
  /** The element has this style when it is first seen. */
  note: (element: Element) => void;
}

/**
 * Follows the styles that elements have of their own, by the names of what they set, and the attributes by
 * which style sheets may choose (`data-theme`, `aria-selected`). Where the old value of a `style` attribute
 * is to be told, the browser writes it out before each change, in the page's own time; with a picture
 * inside it is megabytes long.
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
    /** Was it an attribute by which sheets choose, not only its own style? */
    const changed = new Map<Element, boolean>();
    for (const { target, attributeName: name } of records) {
      if (!(target instanceof Element) || name === null || KNOWN.has(name)) continue;
      const isChosenBy = name !== 'style';
      // Shapes are animated by their attributes.
      if (isChosenBy && target instanceof SVGElement) continue;
      changed.set(target, isChosenBy || changed.get(target) === true);
    }
    for (const [element, isChosenBy] of changed) {
      if (isOwn(element)) changed.delete(element);
      else if (mayUncover(element) || isChosenBy) restyle(element);
    }
    if (changed.size > 0) onMoved();
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
      changes.observe(root, { subtree: true, attributes: true });
    },
  };
}
