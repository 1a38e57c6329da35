import { paintedArea } from '../../core/look/painted-area';
import { boxOf, matches } from '../dom';
import { cssPictures } from '../find/css-pictures';
import { heldImage } from '../find/held-picture';
import { isOpaque } from '../find/placeholder';
import { composedAncestors, elementsAt } from '../find/shadow-roots';
import { isOwn } from '../layer';

/** What is smaller, CSS px, is a badge: it leaves the picture to be seen. */
const MIN_COVER = { width: 100, height: 60 };
/** Edges of what lies exactly over a picture may be off by so much, CSS px. */
const SLACK_PX = 4;
/** Through what is less opaque, pictures are seen. */
const MIN_OPACITY = 0.9;
const MOST = 0.9;

/**
 * Is a point of an element covered: by what floats above the page (a fixed or sticky bar, a dialog, a
 * popover), by another picture, or by a menu that reaches beyond it? Badges, veils and links over the image
 * don't count. The labels lie above everything, so what covers the image must take its label away. Reads the
 * layout: to be called when it is clean.
 */
export function isCovered(element: Element, x: number, y: number): boolean {
  const around = new Set(composedAncestors(element));
  let isTopmost = true;
  for (const hit of elementsAt(x, y)) {
    const above: Element[] = [];
    for (const ancestor of composedAncestors(hit)) {
      if (around.has(ancestor)) break;
      above.push(ancestor);
    }
    // Card, labels and details of ours are looked through, with all that is in their roots.
    if (above.some(isOwn)) continue;
    if (above.length === 0) return false;
    if (isTopmost && above.some(isFloating)) return true;
    isTopmost = false;
    if (hides(hit, boxOf(element)) && opacityOf(above) >= MIN_OPACITY) return true;
  }
  return false;
}

function isFloating(element: Element): boolean {
  return (
    matches(element, ':modal, :popover-open, :fullscreen') ||
    /fixed|sticky/.test(getComputedStyle(element).position)
  );
}

/** Of an element with all that it lies in. */
function opacityOf(elements: readonly Element[]): number {
  return elements.reduce((all, each) => all * Number(getComputedStyle(each).opacity), 1);
}

/** Does it cover most of the box, or, as a menu does, a large part and what is beside it? */
function hides(over: Element, box: DOMRect): boolean {
  const { left, right, top, bottom, width, height } = boxOf(over);
  const isBeyond =
    left < box.left - SLACK_PX ||
    right > box.right + SLACK_PX ||
    top < box.top - SLACK_PX ||
    bottom > box.bottom + SLACK_PX;
  const isLarge = isBeyond && width >= MIN_COVER.width && height >= MIN_COVER.height;
  const inside =
    Math.max(0, Math.min(right, box.right) - Math.max(left, box.left)) *
    Math.max(0, Math.min(bottom, box.bottom) - Math.max(top, box.top));
  return (isLarge || inside >= MOST * box.width * box.height) && fills(over);
}

/** Is nothing seen through its box? */
function fills(element: Element): boolean {
  if (element instanceof HTMLImageElement) return isOpaque(element);
  if (element instanceof HTMLVideoElement) return element.readyState >= 2;
  if (alphaOf(getComputedStyle(element).backgroundColor) >= MIN_OPACITY) return true;
  const [picture] = cssPictures(element).pictures;
  if (picture === undefined || picture.layer === null || picture.pseudo !== null) return false;
  const image = heldImage(picture.address);
  if (image === null || !isOpaque(image)) return false;
  const { width, height } = boxOf(element);
  const natural = { width: image.naturalWidth, height: image.naturalHeight };
  return paintedArea(picture.layer, { width, height }, natural) >= MOST * width * height;
}

/** From 0 to 1, of a computed colour. */
function alphaOf(colour: string): number {
  const alpha =
    /^rgba\(.*,\s*([\d.]+)\)$/.exec(colour)?.[1] ?? /\/\s*([\d.]+)\)$/.exec(colour)?.[1];
  return alpha === undefined ? 1 : Number(alpha);
}
