import { paintedArea } from '../../core/look/painted-area';
import { boxOf, isDrawn, matches, zoomOf } from '../dom';
import { cssPictures } from '../find/css-pictures';
import { heldImage } from '../find/held-picture';
import { isOpaque } from '../find/placeholder';
import {
  branchOf,
  isClippedAt,
  isInside,
  isPaintedOver,
  opacityOf,
  passesHits,
} from '../find/paint-order';
import { composedAncestors, elementsAt } from '../find/shadow-roots';
import { isOwn } from '../layer';

/** What is smaller, CSS px, is a badge: it leaves the picture to be seen. */
const MIN_COVER = { width: 100, height: 60 };
/** Edges of what lies exactly over a picture may be off by so much, CSS px. */
const SLACK_PX = 4;
/** Through what is less opaque, pictures are seen. */
const MIN_OPACITY = 0.9;
const MOST = 0.9;
/** Of a photo that is blurred so far, CSS px, colours are left. */
const MIN_BLUR_PX = 8;
/** More pictures one upon the other are not looked at. */
const MAX_PASSED = 20;

/** A picture that hits pass through, which no look at a point finds, and its box in the viewport. */
export interface Passed {
  element: Element;
  box: DOMRectReadOnly;
}

/** Those of these elements that hits pass through, one a step. Reads styles and the layout. */
export function* passedAmong(elements: Iterable<Element>): Generator<undefined, Passed[]> {
  const passed: Passed[] = [];
  for (const element of elements) {
    if (passesHits(element) && isDrawn(element, { visibilityProperty: true })) {
      passed.push({ element, box: boxOf(element) });
    }
    yield;
  }
  return passed;
}

/**
 * Is a point of an element covered: by what floats above the page (a fixed or sticky bar, a dialog, a
 * popover), by another picture, or by a menu that reaches beyond it? Badges, veils and links over the image
 * don't count. The labels lie above everything, so what covers the image must take its label away. Reads the
 * layout: to be called when it is clean.
 * @param passed what else may lie over it
 */
export function isCovered(
  element: Element,
  x: number,
  y: number,
  passed: readonly Passed[] = [],
): boolean {
  const over = passed.filter(({ box }) => isInside(box, x, y)).slice(0, MAX_PASSED);
  if (
    over.some((each) => isPassedOver(each.element, element) && !isClippedAt(each.element, x, y))
  ) {
    return true;
  }
  const isPassed = passesHits(element);
  const around = new Set(composedAncestors(element));
  let isTopmost = true;
  const hits = elementsAt(x, y);
  for (const [place, hit] of hits.entries()) {
    const above: Element[] = [];
    for (const ancestor of composedAncestors(hit)) {
      if (around.has(ancestor)) break;
      above.push(ancestor);
    }
    // Card, labels and details of ours are looked through, with all that is in their roots.
    if (above.some(isOwn)) continue;
    if (above.length === 0) {
      // What is around a picture and yet above it is a part of its own, or the ground before a picture behind it.
      const isBefore = hit !== element && hits.indexOf(element) > place;
      return isBefore && (isFilled(getComputedStyle(hit)) || hasPartOver(hit, boxOf(element)));
    }
    // What hits meet may lie below a picture that they pass through.
    if (isPassed && !isPaintedOver(hit, element)) continue;
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

/** Does a picture that hits pass through hide another? */
function isPassedOver(over: Element, element: Element): boolean {
  return (
    over !== element &&
    hides(over, boxOf(element)) &&
    opacityOf(branchOf(over, element)) >= MIN_OPACITY &&
    isPaintedOver(over, element)
  );
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
  const isOver = isLarge || inside >= MOST * box.width * box.height;
  return isOver && (fills(over) || hasPartOver(over, box));
}

/** Is most of a box under what stands before or after the content of the element? Where, the hit has told. */
function hasPartOver(element: Element, box: DOMRect): boolean {
  return ['::before', '::after'].some((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    if (style.content === 'none' || style.content === 'normal') return false;
    const area = parseFloat(style.width) * parseFloat(style.height) * zoomOf(element) ** 2;
    if (!(area >= MOST * box.width * box.height) || style.visibility !== 'visible') return false;
    return Number(style.opacity) >= MIN_OPACITY && isFilled(style);
  });
}

/** Is nothing seen through its box? */
function fills(element: Element): boolean {
  if (element instanceof HTMLImageElement || element instanceof HTMLCanvasElement) {
    return isOpaque(element);
  }
  if (matches(element, 'iframe, object, embed')) return true;
  if (element instanceof HTMLVideoElement && element.readyState >= 2) return true;
  if (isFilled(getComputedStyle(element))) return true;
  const [picture] = cssPictures(element).pictures;
  if (picture === undefined || picture.layer === null || picture.pseudo !== null) return false;
  const image = heldImage(picture.address);
  if (image === null || !isOpaque(image)) return false;
  const { width, height } = boxOf(element);
  const natural = { width: image.naturalWidth, height: image.naturalHeight };
  return paintedArea(picture.layer, { width, height }, natural) >= MOST * width * height;
}

/** By a colour, a gradient of colours, or a blur of what lies below. */
function isFilled(style: CSSStyleDeclaration): boolean {
  // Through colours that are mixed with it, or cut out, a picture is seen.
  if (style.mixBlendMode !== 'normal' || style.maskImage !== 'none') return false;
  const blur = /blur\(([\d.]+)px/.exec(style.backdropFilter)?.[1];
  if (alphaOf(style.backgroundColor) >= MIN_OPACITY || Number(blur) >= MIN_BLUR_PX) return true;
  const isWhole = /^(auto|cover|100%)/.test(style.backgroundSize);
  // Computed colours that are seen through have their share behind a slash, or as `rgba`.
  return isWhole && /^[a-z-]*gradient\((?!.*(rgba|\/|url\())/.test(style.backgroundImage);
}

/** From 0 to 1, of a computed colour. */
function alphaOf(colour: string): number {
  const alpha =
    /^rgba\(.*,\s*([\d.]+)\)$/.exec(colour)?.[1] ?? /\/\s*([\d.]+)\)$/.exec(colour)?.[1];
  return alpha === undefined ? 1 : Number(alpha);
}
