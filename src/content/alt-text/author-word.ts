import type { AltFacts } from '../../core/alt-text/alt-facts';
import { roleOf } from '../../core/alt-text/alt-need-roles';
import {
  isEmptyAlt,
  isGlobalAria,
  isPresentation,
  type WordFacts,
} from '../../core/alt-text/author-word';
import { flat } from '../../core/alt-text/flat';
import { attributeNamesOf, getAttribute, matches } from '../dom';
import { composedAncestors } from '../find/shadow-roots';
import { unnamedControlAround } from './controls';
import { isAriaHidden, isFallbackShown, nameOf, ownSvgName, referredBy } from './name-of';

/** What is in these is told no more: WAI-ARIA 1.2, 5.2.8.5 (presentational children). */
const CLOSED_ROLES = new Set(['img', 'image', 'graphics-symbol']);
const OPEN_ROLES = new Set(['graphics-document', 'graphics-object']);

/**
 * The element that stands for a picture before assistive technology: of the shapes and images inside an
 * SVG the one that has an image role, else one that has a name of its own, else the whole SVG.
 */
export function speakerOf(element: Element): Element {
  if (!(element instanceof SVGElement)) return element;
  let outermost: SVGElement = element;
  let ranked: SVGElement | null = null;
  for (let at: Element | null = element; at instanceof SVGElement; at = at.parentElement) {
    outermost = at;
    const role = roleOf(getAttribute(at, 'role'));
    if (CLOSED_ROLES.has(role)) ranked = at;
    else if (OPEN_ROLES.has(role)) ranked ??= at;
  }
  if (ranked !== null) return ranked;
  return element !== outermost && ownSvgName(element) ? element : outermost;
}

function kindOf(element: Element): AltFacts['kind'] {
  if (element instanceof HTMLImageElement) return 'img';
  if (element instanceof HTMLInputElement && element.type === 'image') return 'button';
  if (element instanceof HTMLAreaElement) return 'area';
  if (element instanceof HTMLObjectElement) return isFallbackShown(element) ? 'other' : 'object';
  return element instanceof SVGElement ? 'svg' : 'other';
}

const FOCUSABLE =
  'a[href], area[href], button:enabled, input:enabled, summary, [contenteditable=""], [contenteditable=true i], [contenteditable=plaintext-only i]';

function isFocusable(element: Element): boolean {
  if (matches(element, FOCUSABLE)) return true;
  return !Number.isNaN(Number.parseInt(getAttribute(element, 'tabindex') ?? '', 10));
}

/** An attribute without a value, or of ids that are nowhere, says nothing. WAI-ARIA 1.2, 8.5 and 6.2.4. */
function hasGlobalAria(element: Element): boolean {
  return attributeNamesOf(element)
    .filter((name) => isGlobalAria(name) && name !== 'aria-hidden')
    .some((name) =>
      name === 'aria-labelledby'
        ? referredBy(element).length > 0
        : flat(getAttribute(element, name) ?? '') !== '',
    );
}

/** What the author says of an element by its attributes, but for its name. */
export function wordOf(element: Element): Omit<WordFacts, 'name' | 'nameFrom'> {
  return {
    kind: kindOf(element),
    role: roleOf(getAttribute(element, 'role')),
    isFocusable: isFocusable(element),
    hasGlobalAria: hasGlobalAria(element),
    alt: getAttribute(element, 'alt'),
  };
}

/**
 * Does the author say that it says nothing: an empty alternative, a presentation role (by the rules of
 * the report), or `aria-hidden` on it or around it? Not where that leaves a control without a name.
 */
export function isSaidDecorative(element: Element): boolean {
  const speaker = speakerOf(element);
  const word = wordOf(speaker);
  const isSilent =
    isPresentation({ ...word, ...NO_NAME }) ||
    (word.kind === 'img' && word.alt === '' && isEmptyAlt({ ...word, ...nameOf(speaker) }));
  if (!isSilent && ![...composedAncestors(element)].some(isAriaHidden)) return false;
  return unnamedControlAround(speaker) === null;
}
const NO_NAME = { name: '', nameFrom: null };
