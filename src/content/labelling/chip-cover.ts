import { matches } from '../dom';
import { composedAncestors, elementsAt } from '../find/shadow-roots';
import { isOwn } from '../layer';

/**
 * Does something that floats above the page (a fixed or sticky bar, a dialog, a popover) cover this
 * point of an element? Overlays within the page, like a link over the image, don't count. The labels lie
 * above everything, so what covers the image must take its label away. Reads the layout: to be called
 * when it is clean.
 */
export function isCovered(element: Element, x: number, y: number): boolean {
  // Card, labels and details of ours are looked through, with all that is in their roots.
  const hit = elementsAt(x, y).find((at) => ![...composedAncestors(at)].some(isOwn));
  if (hit === undefined) return false;
  const around = new Set(composedAncestors(element));
  for (const ancestor of composedAncestors(hit)) {
    if (around.has(ancestor)) return false;
    if (
      matches(ancestor, ':modal, :popover-open, :fullscreen') ||
      /fixed|sticky/.test(getComputedStyle(ancestor).position)
    ) {
      return true;
    }
  }
  return false;
}
