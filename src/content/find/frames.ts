import type { ViewportRect } from '../../messages/protocol';
import { boxOf, documentOf, offsetHeightOf, offsetWidthOf, viewOf, zoomOf } from '../dom';
import { composedAncestors } from './shadow-roots';

/** The frame element of a window, or null at the top and where the parent is of another origin. */
function frameOf(view: Window): Element | null {
  try {
    return view.frameElement;
  } catch {
    return null;
  }
}

/** The frames around this document, innermost first, as far as they may be reached. */
export function reachableFrames(): Element[] {
  const frames: Element[] = [];
  for (let frame = frameOf(window); frame !== null;) {
    frames.push(frame);
    const view = viewOf(documentOf(frame));
    frame = view === null ? null : frameOf(view);
  }
  return frames;
}

/** The topmost window that this script may reach: the same origin all the way. */
export function topReachableWindow(): Window & typeof globalThis {
  const outermost = reachableFrames().at(-1);
  return (outermost === undefined ? null : viewOf(documentOf(outermost))) ?? window;
}

/** Is the whole way up to the tab's own page reachable? */
export function isTopReachable(): boolean {
  return topReachableWindow() === window.top;
}

/** How a frame's own viewport lies in the viewport around it. */
interface FrameLie {
  /** From CSS pixels of the frame's viewport to those of the one around it. */
  matrix: DOMMatrix;
  /** Upright and known to the pixel: not rotated, not skewed, without depth. */
  isExact: boolean;
}

/** CSS `rotate` and `scale` hold numbers only where they act in the plane. */
const IN_PLANE = /^[-\d.]+(deg)?( [-\d.]+)?$/;

/**
 * What the transforms of an element and of all around it do, places left out; null where that is not
 * told: in depth, and along a path. What SVG does by its `viewBox` is not in it.
 */
function toldTransform(element: Element): DOMMatrix | null {
  const whole = new DOMMatrix();
  for (const ancestor of composedAncestors(element)) {
    const { display, transform, rotate, scale, offsetPath } = getComputedStyle(ancestor);
    // Boxes within lines are not transformed, whatever is told of them; frames are.
    if (ancestor !== element && /^(inline|contents)$/.test(display)) continue;
    const parts = [rotate, scale].filter((value) => value !== 'none');
    if (offsetPath !== 'none' || !parts.every((value) => IN_PLANE.test(value))) return null;
    const turn = rotate === 'none' ? '' : `rotate(${rotate})`;
    const stretch = scale === 'none' ? '' : `scale(${scale.replace(' ', ',')})`;
    const own = `${turn} ${stretch} ${transform === 'none' ? '' : transform}`.trim();
    if (own !== '') whole.preMultiplySelf(new DOMMatrix(own));
  }
  const { is2D, a, b, c, d } = whole;
  if (!is2D) return null;
  const zoom = zoomOf(element);
  return new DOMMatrix([a * zoom, b * zoom, c * zoom, d * zoom, 0, 0]);
}

/** The size of the box around a box of this size, once it is transformed. */
function spanOf({ a, b, c, d }: DOMMatrix, width: number, height: number): [number, number] {
  return [Math.abs(a) * width + Math.abs(c) * height, Math.abs(b) * width + Math.abs(d) * height];
}

/** Sizes that are told in whole pixels are off by half a one. */
function isNear(told: number, measured: number): boolean {
  return Math.abs(told - measured) <= 1 + measured / 100;
}

/** Where a frame's viewport is, and how it is turned and stretched there. */
export function lieOfFrame(frame: Element): FrameLie {
  const box = boxOf(frame);
  let [width, height] = [offsetWidthOf(frame as HTMLElement), offsetHeightOf(frame as HTMLElement)];
  const told = toldTransform(frame);
  const [toldWidth, toldHeight] = told === null ? [0, 0] : spanOf(told, width, height);
  const isTold = isNear(toldWidth, box.width) && isNear(toldHeight, box.height);
  const measured = new DOMMatrix([
    box.width / (width || 1),
    0,
    0,
    box.height / (height || 1),
    0,
    0,
  ]);
  // What was measured holds where nothing turns it: only what is told tells mirrored from not.
  const linear = told !== null && isTold ? told : measured;
  const isUpright = told !== null && Math.abs(told.b) + Math.abs(told.c) < 1e-6;
  const isExact = isUpright && (isTold || (told.a > 0 && told.d > 0));
  if (isExact) [width, height] = [box.width / Math.abs(linear.a), box.height / Math.abs(linear.d)];
  const style = getComputedStyle(frame);
  // A transform in the plane leaves the middle of a box in the middle of the box around.
  const matrix = new DOMMatrix([1, 0, 0, 1, box.x + box.width / 2, box.y + box.height / 2])
    .multiplySelf(linear)
    .translateSelf(
      parseFloat(style.borderLeftWidth) + parseFloat(style.paddingLeft) - width / 2,
      parseFloat(style.borderTopWidth) + parseFloat(style.paddingTop) - height / 2,
    );
  return { matrix, isExact };
}

/** Are all frames around this document upright, so that what is in them is where `boxInTop` says? */
export function isUprightInTop(): boolean {
  return reachableFrames().every((frame) => lieOfFrame(frame).isExact);
}

/** The box around an element in CSS pixels of the topmost reachable viewport. */
export function boxInTop(element: Element): ViewportRect {
  let { x, y, width, height } = boxOf(element);
  for (const frame of documentOf(element) === document ? reachableFrames() : []) {
    const { matrix } = lieOfFrame(frame);
    const middle = matrix.transformPoint({ x: x + width / 2, y: y + height / 2 });
    [width, height] = spanOf(matrix, width, height);
    [x, y] = [middle.x - width / 2, middle.y - height / 2];
  }
  return { x, y, width, height };
}
