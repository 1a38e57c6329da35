import { isDrawn } from '../dom';
import { composedAncestors } from './shadow-roots';

/** Of less nothing is seen. */
const MIN_SEEN = 0.05;

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

export function isInside(
  { left, right, top, bottom }: DOMRectReadOnly,
  x: number,
  y: number,
): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}
