import { computeAccessibleName } from 'dom-accessibility-api';

import type { NameSource } from '../../core/alt-text/alt-facts';
import { flat } from '../../core/alt-text/alt-words';
import { childrenOf, getAttribute, hasAttribute, localNameOf, matches, textOf } from '../dom';
import { referredBy } from './author-word';

export interface Name {
  /** White space collapsed; empty where there is none. */
  name: string;
  nameFrom: NameSource | null;
}

function titleChild(element: Element): string {
  const title = [...childrenOf(element)].find((child) => localNameOf(child) === 'title');
  return title === undefined ? '' : flat(textOf(title));
}

/** The library reads the page's nodes by names that a form's controls may have: then it has no answer. */
function computedName(element: Element, hidden: boolean): string {
  try {
    return flat(computeAccessibleName(element, { hidden }));
  } catch {
    return '';
  }
}

/** The text of an image button's labels, also of hidden ones: they name it all the same. */
function labelText(element: Element): string {
  if (!(element instanceof HTMLInputElement)) return '';
  return flat([...(element.labels ?? [])].map((label) => textOf(label)).join(' '));
}

/**
 * The accessible name of an image that is not hidden, and where it comes from. Reads attributes, texts
 * and styles, never the layout.
 */
export function nameOf(element: Element): Name {
  const attribute = (name: string): string => flat(getAttribute(element, name) ?? '');
  const isSvg = element instanceof SVGElement;
  const alt = matches(element, 'img, input, area') ? attribute('alt') : '';
  const label = labelText(element);
  const svgTitle = isSvg ? titleChild(element) : '';
  const title = attribute('title');
  // Areas have no box: they are never drawn, but heard.
  const hidden = element instanceof HTMLAreaElement;
  const computed = computedName(element, hidden);
  // The browser's own text of an image button, which says nothing.
  const isDefault = computed === 'Submit Query' && ![alt, title, label].includes(computed);
  const byAria = hasAttribute(element, 'aria-labelledby') || attribute('aria-label') !== '';
  const own = computed !== '' && (!isDefault || byAria) ? computed : '';
  // The computation stops at an empty label or title element; browsers go on.
  const name = own || alt || label || svgTitle || title;
  return { name, nameFrom: sourceOf(name) };

  function sourceOf(found: string): NameSource | null {
    if (found === '') return null;
    if (referredBy(element).length > 0) return 'aria-labelledby';
    if (attribute('aria-label') === found) return 'aria-label';
    if (alt === found) return 'alt';
    if (label !== '') return 'label';
    return svgTitle === found ? 'svg-title' : 'title';
  }
}
