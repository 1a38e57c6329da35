import { bodyOf, boxOf, documentElementOf, isDrawn, matches, positionTo } from '../dom';
import { composedAncestors, composedParent } from './shadow-roots';

/** Of less nothing is seen. */
const MIN_SEEN = 0.05;
/** Where what has no place in the order of its own is drawn: over negative places, below all others. */
const IN_FLOW = -0.5;
const TOP_LAYER = ':modal, :popover-open, :fullscreen';

/** How opaque an element is by itself and all that is given here, from 0 to 1. */
export function opacityOf(elements: Iterable<Element>): number {
  let opacity = 1;
  for (const each of elements) opacity *= Number(getComputedStyle(each).opacity);
  return opacity;
}

/** Those of which nothing is seen: hidden, or faded out by themselves or by what they lie in. */
export function unseenOf(elements: Iterable<Element>): Set<Element> {
  const opacities = new Map<Element, number>();
  const unseen = new Set<Element>();
  for (const element of elements) {
    const chain: Element[] = [];
    let opacity = 1;
    for (const each of composedAncestors(element)) {
      const known = opacities.get(each);
      opacity = known ?? 1;
      if (known !== undefined) break;
      chain.push(each);
    }
    for (const each of chain.reverse()) {
      opacity *= opacityOf([each]);
      opacities.set(each, opacity);
    }
    if (opacity < MIN_SEEN || !isDrawn(element, { visibilityProperty: true })) unseen.add(element);
  }
  return unseen;
}

/** Does a hit go through it to what lies below, by its style or because it is inert? */
export function passesHits(element: Element): boolean {
  return (
    getComputedStyle(element).pointerEvents === 'none' || matches(element, '[inert], [inert] *')
  );
}

export function isInside(
  { left, right, top, bottom }: DOMRectReadOnly,
  x: number,
  y: number,
): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Is a point cut off from the element by a box around it? Viewport px. */
export function isClippedAt(element: Element, x: number, y: number): boolean {
  const roots: (Element | null)[] = [element, bodyOf(document), documentElementOf(document)];
  for (const around of composedAncestors(element)) {
    if (roots.includes(around) || getComputedStyle(around).overflow === 'visible') continue;
    if (!isInside(boxOf(around), x, y)) return true;
  }
  return false;
}

/** The element and what it lies in, innermost first, below what the other lies in as well. */
export function branchOf(element: Element, other: Element): Element[] {
  const shared = new Set(composedAncestors(other));
  const branch: Element[] = [];
  for (const each of composedAncestors(element)) {
    if (shared.has(each)) break;
    branch.push(each);
  }
  return branch;
}

/** @returns null where it has none: `auto`, or where the number does not count */
function zIndexOf(element: Element, { zIndex, position }: CSSStyleDeclaration): number | null {
  if (zIndex === 'auto') return null;
  if (position !== 'static') return Number(zIndex);
  let around = composedParent(element);
  while (around !== null && getComputedStyle(around).display === 'contents') {
    around = composedParent(around);
  }
  const isItem = around !== null && /flex|grid/.test(getComputedStyle(around).display);
  return isItem ? Number(zIndex) : null;
}

/** Do effects make one drawing of all inside? https://drafts.csswg.org/css-position-4/#painting-order */
function hasEffects(style: CSSStyleDeclaration): boolean {
  const { transform, translate, rotate, scale, perspective } = style;
  const { filter, backdropFilter, clipPath, maskImage } = style;
  const effects = [transform, translate, rotate, scale, perspective];
  effects.push(filter, backdropFilter, clipPath, maskImage);
  return (
    effects.some((value) => value !== 'none') ||
    style.opacity !== '1' ||
    style.mixBlendMode !== 'normal' ||
    style.isolation === 'isolate' ||
    /fixed|sticky/.test(style.position) ||
    /paint|layout|strict|content/.test(style.contain) ||
    /transform|opacity|filter|perspective|translate|scale|rotate/.test(style.willChange)
  );
}

/** The place of an element whose content is drawn as one, with it; null for others. */
function levelIfContext(element: Element): number | null {
  const style = getComputedStyle(element);
  return zIndexOf(element, style) ?? (hasEffects(style) ? 0 : null);
}

/** The place of a branch's innermost element among all that is drawn with the branch. */
function levelOf(branch: readonly Element[]): number {
  if (branch.some((each) => matches(each, TOP_LAYER))) return Infinity;
  let level = IN_FLOW;
  for (const each of branch.toReversed()) {
    const held = levelIfContext(each);
    if (held !== null) return held;
    // What is inside may still leave it for a place of its own.
    if (getComputedStyle(each).position !== 'static') level = 0;
  }
  return level;
}

/**
 * Is the first drawn later than the second, so over it where they meet? As styles and the order of the page
 * tell; depth in three dimensions, and floats among lines, make no difference.
 */
export function isPaintedOver(one: Element, other: Element): boolean {
  const [mine, theirs] = [branchOf(one, other), branchOf(other, one)];
  const [level, otherLevel] = [levelOf(mine), levelOf(theirs)];
  const isBehind = (inner: number, around: Element) =>
    inner < IN_FLOW && levelIfContext(around) === null;
  const [outermost, otherOutermost] = [mine.at(-1), theirs.at(-1)];
  if (outermost === undefined) return isBehind(otherLevel, one);
  if (otherOutermost === undefined) return !isBehind(level, other);
  if (level !== otherLevel) return level > otherLevel;
  const position = positionTo(otherOutermost, outermost);
  return (position & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
