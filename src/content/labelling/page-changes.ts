import { MARK } from '../alt-text/mark';
import {
  childrenOf,
  closest,
  getAttribute,
  hasAttribute,
  isHere,
  parentElementOf,
  query,
} from '../dom';
import { isOwn } from '../layer';

/** All but `style`: see own-styles. */
export const WATCHED_ATTRIBUTES = [
  ...['src', 'srcset', 'sizes', 'media', 'type', 'poster', 'data', 'href'],
  ...['class', 'hidden', 'alt', 'role', 'aria-hidden', 'contenteditable', 'open'],
  ...['tabindex', 'aria-label', 'aria-labelledby', 'lang'],
];
const STYLING: ReadonlySet<string> = new Set(['class', 'hidden', 'open']);
const NAMING: ReadonlySet<string> = new Set([
  ...['alt', 'role', 'aria-hidden', 'contenteditable', 'tabindex', 'aria-label', 'aria-labelledby'],
]);

/** What changes of a page say of single elements. */
export interface ChangeEvents {
  /** Its source was changed by the page: what was known of it is old from now on. */
  onSourceChanged: (element: Element) => void;
  /** The drawing inside an inline SVG was changed. */
  onRedrawn: (svg: Element) => void;
  /** The page, or a part of it, is in another language: translated, maybe. */
  onTranslated: () => void;
}

/** What changes of a page say of it as a whole. */
export interface Changes {
  added: Element[];
  isRestyled: boolean;
  isRemoved: boolean;
  /** Not this or that was removed, but the page as a whole, or its body or head. */
  isRewritten: boolean;
}

/** The image that a source element decides about; else the element itself. */
function concerned(element: Element): Element | null {
  if (!(element instanceof HTMLSourceElement)) return element;
  const around = parentElementOf(element);
  return around === null ? null : query(around, ':scope > img');
}

/** Does it bring styles to other elements? */
export function isSheet(element: Element): boolean {
  return element instanceof HTMLLinkElement || element instanceof HTMLStyleElement;
}

function isPage(target: Node): boolean {
  return target instanceof HTMLHtmlElement || target === document;
}

function isOfPage(node: Node): boolean {
  return node instanceof HTMLElement && !isOwn(node);
}

/**
 * Reads what the page changed, of `WATCHED_ATTRIBUTES` with their old values.
 * @param restyle gets each element below which pictures may have come or gone
 */
export function readChanges(
  records: readonly MutationRecord[],
  { onSourceChanged, onRedrawn, onTranslated }: ChangeEvents,
  restyle: (element: Element) => void,
): Changes {
  const changes: Changes = {
    ...{ added: [], isRestyled: false, isRemoved: false, isRewritten: false },
  };
  /** Once each: scripts draw thousands of shapes at a time. */
  const redrawn = new Set<SVGElement>();
  let isTranslated = false;

  function onAttribute(element: Element, name: string): void {
    if (isOwn(element)) return;
    if (STYLING.has(name) || NAMING.has(name) || isSheet(element)) {
      restyle(element);
      return;
    }
    const image = concerned(element);
    if (image !== null) onSourceChanged(image);
  }

  for (const { type, target, attributeName, oldValue, addedNodes, removedNodes } of records) {
    if (!(target instanceof Element || target instanceof ShadowRoot || target === document))
      continue;
    if (type === 'childList') {
      changes.isRemoved ||= removedNodes.length > 0;
      changes.isRewritten ||= isPage(target) && [...removedNodes].some(isOfPage);
      const svg = target instanceof SVGElement ? closest(target, 'svg') : null;
      if (svg instanceof SVGElement) redrawn.add(svg);
      for (const node of addedNodes) {
        const isShape = svg !== null && node instanceof SVGElement;
        if (!isShape && node instanceof Element && isHere(node)) changes.added.push(node);
        const image = node instanceof Element ? concerned(node) : null;
        if (image !== null && image !== node) onSourceChanged(image);
      }
    } else if (target instanceof Element && attributeName !== null) {
      // Pages that write the same value again change nothing.
      const value = getAttribute(target, attributeName);
      if (value === oldValue) continue;
      if (attributeName === 'lang') {
        // On an image itself it may be ours.
        isTranslated ||= childrenOf(target).length > 0 && !hasAttribute(target, MARK);
        continue;
      }
      changes.isRestyled ||= STYLING.has(attributeName);
      onAttribute(target, attributeName);
    }
  }
  if (isTranslated) onTranslated();
  for (const svg of redrawn) {
    onRedrawn(svg);
    // It may frame other pictures by now.
    if (isHere(svg)) changes.added.push(svg);
  }
  return changes;
}
