import type { AltFacts } from '../../core/alt-text/alt-facts';
import {
  isEmptyAlt,
  isGlobalAria,
  isPresentation,
  type WordFacts,
} from '../../core/alt-text/author-word';
import { flat } from '../../core/alt-text/flat';
import { attributeNamesOf, elementById, getAttribute, matches, rootOf, textOf } from '../dom';
import { composedAncestors } from '../find/shadow-roots';

/**
 * The element that stands for a picture before assistive technology: of the shapes and images inside an
 * SVG the nearest that has an image role, else the whole SVG.
 */
export function speakerOf(element: Element): Element {
  if (!(element instanceof SVGElement)) return element;
  const ranked = element.closest('[role=img], [role=image], [role^="graphics-"]');
  if (ranked instanceof SVGElement) return ranked;
  let outermost: SVGElement = element;
  while (outermost.ownerSVGElement) outermost = outermost.ownerSVGElement;
  return outermost;
}

function kindOf(element: Element): AltFacts['kind'] {
  if (element instanceof HTMLImageElement) return 'img';
  if (element instanceof HTMLInputElement && element.type === 'image') return 'button';
  if (element instanceof HTMLAreaElement) return 'area';
  if (element instanceof HTMLObjectElement) return 'object';
  return element instanceof SVGElement ? 'svg' : 'other';
}

function isFocusable(element: Element): boolean {
  if (matches(element, 'a[href], area[href], button:enabled, input:enabled')) return true;
  return !Number.isNaN(Number.parseInt(getAttribute(element, 'tabindex') ?? '', 10));
}

/** What the author says of an element by its attributes, but for its name. */
export function wordOf(element: Element): Omit<WordFacts, 'name' | 'nameFrom'> {
  return {
    kind: kindOf(element),
    role: (getAttribute(element, 'role') ?? '').trim().toLowerCase(),
    isFocusable: isFocusable(element),
    hasGlobalAria: attributeNamesOf(element).some(isGlobalAria),
    alt: getAttribute(element, 'alt'),
  };
}

/** The elements of the same tree that `aria-labelledby` names; each may have a text of any length. */
export function referredBy(element: Element): Element[] {
  const root = rootOf(element) as Document | ShadowRoot;
  return flat(getAttribute(element, 'aria-labelledby') ?? '')
    .split(' ')
    .map((id) => (id === '' ? null : elementById(root, id)))
    .filter((found) => found !== null);
}

/** The name of an image whose `alt` is empty: its full computation would be heavier than labels themselves. */
function nameBesidesAlt(element: Element): Pick<WordFacts, 'name' | 'nameFrom'> {
  const attribute = (of: Element, name: string): string => flat(getAttribute(of, name) ?? '');
  const label = attribute(element, 'aria-label');
  const referred = referredBy(element)
    .map((of) => attribute(of, 'aria-label') || attribute(of, 'alt') || flat(textOf(of)))
    .join('');
  if (referred !== '') return { name: referred, nameFrom: 'aria-labelledby' };
  return label === ''
    ? { name: attribute(element, 'title'), nameFrom: 'title' }
    : { name: label, nameFrom: 'aria-label' };
}

/**
 * Does the author say that it says nothing: an empty alternative, a presentation role (by the rules of
 * the report), or `aria-hidden` on it or around it?
 */
export function isSaidDecorative(element: Element): boolean {
  const speaker = speakerOf(element);
  const facts = { ...wordOf(speaker), ...nameBesidesAlt(speaker) };
  if (isPresentation(facts) || isEmptyAlt(facts)) return true;
  for (const ancestor of composedAncestors(element)) {
    if (getAttribute(ancestor, 'aria-hidden') === 'true') return true;
  }
  return false;
}
