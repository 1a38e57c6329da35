import { intersect, type Box } from '../card/card-placement';
import { CodedError } from '../../core/errors';
import { paintedArea } from '../../core/look/painted-area';
import type { ViewportRect } from '../../messages/protocol';
import {
  boxOf,
  childNodesOf,
  contains,
  createRange,
  documentElementOf,
  documentOf,
  matches,
} from '../dom';
import { isOwnIn } from '../layer';
import { composedAncestors, elementsAt } from '../find/shadow-roots';
import {
  isTopReachable,
  isUprightInTop,
  lieOfFrame,
  reachableFrames,
  topReachableWindow,
} from '../find/frames';
import type { CssPicture } from '../find/css-pictures';
import { heldSize } from '../find/held-picture';
import { isCanvasPicture, paintedBox, pictureInTop } from '../find/painted-box';
import { passesHits } from '../find/paint-order';
import type { PictureOnPage } from '../find/picture';

/** The picture is looked at through a grid of this many points a side. */
const GRID = 6;
/** Less of the picture than this, in area, would show something else than the picture. */
const MIN_VISIBLE_SHARE = 0.6;
/** A caption or a badge may lie over the picture; more than this share of it covered is too much. */
const MAX_COVERED_SHARE = 0.15;

/** A background that leaves more of its box empty is not what a look at the box shows. */
const MIN_FILLED_SHARE = 0.3;

/** In CSS pixels of the tab's viewport, of the part that a pinch zoom shows. */
export interface ScreenArea {
  rect: ViewportRect;
  viewport: { width: number; height: number };
}

/**
 * Where the visible part of a picture is on the screen, for the rung `screen`.
 * @throws CodedError `screen-not-available` in a frame of another origin, or in one that is not upright;
 *   `image-not-on-screen` when it is scrolled out, clipped or covered
 */
export function screenArea(picture: PictureOnPage): ScreenArea {
  if (!isTopReachable()) {
    throw new CodedError('screen-not-available', 'The image is in a frame of another site.');
  }
  if (!isUprightInTop()) {
    throw new CodedError(
      'screen-not-available',
      'A frame around the image is turned or has depth.',
    );
  }
  if (picture.kind === 'css' && fillsLittle(picture)) {
    throw new CodedError('image-not-on-screen', 'It fills too little of its box.');
  }
  const view = topReachableWindow();
  const zoom = view.visualViewport;
  const viewport: Box = {
    x: zoom?.offsetLeft ?? 0,
    y: zoom?.offsetTop ?? 0,
    width: zoom?.width ?? view.innerWidth,
    height: zoom?.height ?? view.innerHeight,
  };
  const box = pictureInTop(picture);
  const visible = intersect(box, viewport);
  if (visible === null) throw new CodedError('image-not-on-screen', 'Scrolled out of view.');

  const points = gridOf(visible);
  const views = points.map((point) => viewAt(picture, point));
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

/** Is most of the box of a background empty, as far as the size of its picture is known? */
function fillsLittle(picture: CssPicture): boolean {
  if (picture.layer?.repeat !== 'no-repeat') return false;
  const natural = heldSize(picture.address);
  if (natural === null) return false;
  const { width, height } = paintedBox(picture) ?? boxOf(picture.element);
  return paintedArea(picture.layer, { width, height }, natural) < MIN_FILLED_SHARE * width * height;
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

/** Is the picture what is seen at this point of the top viewport? */
function viewAt(
  picture: PictureOnPage,
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
  const { element, kind } = picture;
  let stack = elementsAt(atX, atY);
  if (kind === 'css') {
    // What is inside the element lies over what its styles show; words leave it to be seen.
    const inside = stack.filter((hit) => hit !== element && contains(element, hit));
    if (inside.some(paintsBox)) return 'covered';
    stack = stack.filter((hit) => !inside.includes(hit));
    if (isCanvasPicture(picture)) {
      stack = stack.map((hit) => (hit === documentElementOf(document) ? element : hit));
    }
  }
  return viewInDocument(element, stack, atX, atY);
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

const REPLACED = 'img, canvas, video, iframe, object, embed, input, select, textarea, button';
/** Parts of a drawing that hold others, and paint nothing. */
const HOLDERS = 'svg, g, a, switch, foreignObject, defs, symbol, title, desc';

/** Does this element draw something at the point, or is it a transparent overlay? */
function paintsAt(element: Element, x: number, y: number): boolean {
  if (paintsBox(element)) return true;
  const hasText = [...childNodesOf(element)].some(
    (node) => node instanceof Text && hasTextAt(node, x, y),
  );
  return hasText && isSeen(element);
}

/** Does it fill its box, words aside? */
function paintsBox(element: Element): boolean {
  // Card and labels are hidden while the screen is read.
  if (!isSeen(element) || isOwnIn(documentOf(element), element)) return false;
  if (matches(element, REPLACED)) return true;
  if (element instanceof SVGElement && !matches(element, HOLDERS)) return paintsShape(element);
  const { backgroundImage, backgroundColor } = getComputedStyle(element);
  return backgroundImage !== 'none' || !isTransparent(backgroundColor);
}

/** A spot that is there to be pressed has neither. */
function paintsShape(shape: SVGElement): boolean {
  if (matches(shape, 'image, use')) return true;
  const { fill, fillOpacity, stroke, strokeOpacity } = getComputedStyle(shape);
  return [
    [fill, fillOpacity],
    [stroke, strokeOpacity],
  ].some(([paint = 'none', opacity]) => {
    return paint !== 'none' && !isTransparent(paint) && Number(opacity) >= 0.05;
  });
}

function isSeen(element: Element): boolean {
  const { visibility, opacity } = getComputedStyle(element);
  return visibility === 'visible' && Number(opacity) >= 0.05;
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
