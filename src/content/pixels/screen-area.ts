import { intersect, type Box } from '../card/card-placement';
import { CodedError } from '../../core/errors';
import type { ViewportRect } from '../../messages/protocol';
import { childNodesOf, contains, createRange, documentOf, matches } from '../dom';
import { isOwnIn } from '../layer';
import { composedAncestors, elementsAt } from '../find/shadow-roots';
import {
  boxInTop,
  isTopReachable,
  isUprightInTop,
  lieOfFrame,
  reachableFrames,
  topReachableWindow,
} from '../find/frames';

/** The picture is looked at through a grid of this many points a side. */
const GRID = 6;
/** Less of the picture than this, in area, would show something else than the picture. */
const MIN_VISIBLE_SHARE = 0.6;
/** A caption or a badge may lie over the picture; more than this share of it covered is too much. */
const MAX_COVERED_SHARE = 0.15;

/** In CSS pixels of the tab's viewport, of the part that a pinch zoom shows. */
export interface ScreenArea {
  rect: ViewportRect;
  viewport: { width: number; height: number };
}

/**
 * Where the visible part of an element is on the screen, for the rung `screen`.
 * @throws CodedError `screen-not-available` in a frame of another origin, or in one that is not upright;
 *   `image-not-on-screen` when it is scrolled out, clipped or covered
 */
export function screenArea(element: Element): ScreenArea {
  if (!isTopReachable()) {
    throw new CodedError('screen-not-available', 'The image is in a frame of another site.');
  }
  if (!isUprightInTop()) {
    throw new CodedError(
      'screen-not-available',
      'A frame around the image is turned or has depth.',
    );
  }
  const view = topReachableWindow();
  const zoom = view.visualViewport;
  const viewport: Box = {
    x: zoom?.offsetLeft ?? 0,
    y: zoom?.offsetTop ?? 0,
    width: zoom?.width ?? view.innerWidth,
    height: zoom?.height ?? view.innerHeight,
  };
  const box = boxInTop(element);
  const visible = intersect(box, viewport);
  if (visible === null) throw new CodedError('image-not-on-screen', 'Scrolled out of view.');

  const points = gridOf(visible);
  const views = points.map((point) => viewAt(element, point));
  const shownShare =
    (visible.width * visible.height * views.filter((seen) => seen !== 'clipped').length) /
    (box.width * box.height * points.length);
  if (shownShare < MIN_VISIBLE_SHARE) {
    throw new CodedError('image-not-on-screen', 'Most of it is scrolled or clipped away.');
  }
  const coveredShare = views.filter((seen) => seen === 'covered').length / points.length;
  if (coveredShare > MAX_COVERED_SHARE) {
    throw new CodedError('image-not-on-screen', 'Something else covers it.');
  }
  const scale = zoom?.scale ?? 1;
  return {
    rect: {
      x: (visible.x - viewport.x) * scale,
      y: (visible.y - viewport.y) * scale,
      width: visible.width * scale,
      height: visible.height * scale,
    },
    viewport: { width: view.innerWidth, height: view.innerHeight },
  };
}

function gridOf({ x, y, width, height }: Box): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = [];
  for (let row = 0; row < GRID; row += 1) {
    for (let column = 0; column < GRID; column += 1) {
      points.push({
        x: x + ((column + 0.5) / GRID) * width,
        y: y + ((row + 0.5) / GRID) * height,
      });
    }
  }
  return points;
}

/** Is the element what is seen at this point of the top viewport? */
function viewAt(
  element: Element,
  { x, y }: { x: number; y: number },
): 'seen' | 'covered' | 'clipped' {
  // From the outermost frame inwards: nothing may lie over any of them there.
  const frames = reachableFrames().reverse();
  let [atX, atY] = [x, y];
  for (const frame of frames) {
    const seen = viewInDocument(frame, elementsAt(atX, atY, documentOf(frame)), atX, atY);
    if (seen !== 'seen') return seen;
    const inside = lieOfFrame(frame).matrix.inverse().transformPoint({ x: atX, y: atY });
    [atX, atY] = [inside.x, inside.y];
  }
  return viewInDocument(element, elementsAt(atX, atY), atX, atY);
}

function viewInDocument(
  element: Element,
  stack: readonly Element[],
  x: number,
  y: number,
): 'seen' | 'covered' | 'clipped' {
  const family = new Set<Element>(composedAncestors(element));
  for (const hit of stack) {
    if (hit === element || contains(element, hit)) return 'seen';
    // An image without pointer events is not hit itself, but what it lies in is.
    if (family.has(hit)) return passesHits(element) ? 'seen' : 'clipped';
    if (paintsAt(hit, x, y)) return 'covered';
  }
  return 'clipped';
}

function passesHits(element: Element): boolean {
  return getComputedStyle(element).pointerEvents === 'none';
}

const REPLACED =
  'img, svg, svg *, canvas, video, iframe, object, embed, input, select, textarea, button';

/** Does this element draw something at the point, or is it a transparent overlay? */
function paintsAt(element: Element, x: number, y: number): boolean {
  const style = getComputedStyle(element);
  if (style.visibility !== 'visible' || Number(style.opacity) < 0.05) return false;
  // Card and labels are hidden while the screen is read.
  if (isOwnIn(documentOf(element), element)) return false;
  if (matches(element, REPLACED)) return true;
  if (style.backgroundImage !== 'none' || !isTransparent(style.backgroundColor)) return true;
  return [...childNodesOf(element)].some((node) => node instanceof Text && hasTextAt(node, x, y));
}

function isTransparent(colour: string): boolean {
  const alpha =
    /^rgba\(.*,\s*([\d.]+)\)$/.exec(colour)?.[1] ?? /\/\s*([\d.]+)\)$/.exec(colour)?.[1];
  return alpha !== undefined && Number(alpha) < 0.05;
}

function hasTextAt(text: Text, x: number, y: number): boolean {
  if (text.data.trim() === '') return false;
  const range = createRange(document);
  range.selectNodeContents(text);
  return [...range.getClientRects()].some(
    ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
  );
}
