import { computeAccessibleName } from 'dom-accessibility-api';

import type { NameSource } from '../../core/alt-text/alt-facts';
import { flat } from '../../core/alt-text/flat';
import {
  childrenOf,
  getAttribute,
  hasAttribute,
  localNameOf,
  matches,
  queryAll,
  textOf,
} from '../dom';
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

/** The library goes over a text once for each element around it, and over all that a name refers to. */
const MAX_COMPUTED_ELEMENTS = 500;
const MAX_COMPUTED_CHARACTERS = 10_000;

function isVast(element: Element): boolean {
  return (
    textOf(element).length > MAX_COMPUTED_CHARACTERS ||
    queryAll(element, '*').length > MAX_COMPUTED_ELEMENTS
  );
}

/** The library reads the page's nodes by names that a form's controls may have: then it has no answer. */
function computedName(element: Element, referred: readonly Element[], hidden: boolean): string {
  if ([element, ...labelsOf(element), ...referred].some(isVast)) {
    // Its attributes and plain texts are left then: who has those may be heard all the same.
    return flat(plainText(referred) || (getAttribute(element, 'aria-label') ?? ''));
  }
  try {
    return flat(computeAccessibleName(element, { hidden }));
  } catch {
    return '';
  }
}

function labelsOf(element: Element): readonly Element[] {
  return element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
}

function plainText(elements: readonly Element[]): string {
  return flat(elements.map((each) => flat(textOf(each))).join(' '));
}

/**
 * The accessible name of an image that is not hidden, and where it comes from. Reads attributes, texts
 * and styles, never the layout.
 */
export function nameOf(element: Element): Name {
  const attribute = (name: string): string => flat(getAttribute(element, name) ?? '');
  const isSvg = element instanceof SVGElement;
  const alt = matches(element, 'img, input, area') ? attribute('alt') : '';
  // Also of hidden ones: they name it all the same.
  const label = plainText(labelsOf(element));
  const referred = referredBy(element);
  const svgTitle = isSvg ? titleChild(element) : '';
  const title = attribute('title');
  // Areas have no box: they are never drawn, but heard.
  const hidden = element instanceof HTMLAreaElement;
  const computed = computedName(element, referred, hidden);
  // The browser's own text of an image button, which says nothing.
  const isDefault = computed === 'Submit Query' && ![alt, title, label].includes(computed);
  const byAria = hasAttribute(element, 'aria-labelledby') || attribute('aria-label') !== '';
  const own = computed !== '' && (!isDefault || byAria) ? computed : '';
  // The computation stops at an empty label or title element; browsers go on.
  const name = own || alt || label || svgTitle || title;
  return { name, nameFrom: sourceOf(name) };

  function sourceOf(found: string): NameSource | null {
    if (found === '') return null;
    if (referred.length > 0) return 'aria-labelledby';
    if (attribute('aria-label') === found) return 'aria-label';
    if (alt === found) return 'alt';
    if (label !== '') return 'label';
    return svgTitle === found ? 'svg-title' : 'title';
  }
}
