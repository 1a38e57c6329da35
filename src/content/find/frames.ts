import type { ViewportRect } from '../../messages/protocol';
import { boxOf, clientLeftOf, clientTopOf, documentOf, viewOf } from '../dom';

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

/** Where a frame's own viewport begins in the viewport around it, CSS pixels. */
export function frameOrigin(frame: Element): { x: number; y: number } {
  const { left, top } = boxOf(frame);
  const { paddingLeft, paddingTop } = getComputedStyle(frame);
  return {
    x: left + clientLeftOf(frame) + parseFloat(paddingLeft),
    y: top + clientTopOf(frame) + parseFloat(paddingTop),
  };
}

/** An element's box in CSS pixels of the topmost reachable viewport. */
export function boxInTop(element: Element): ViewportRect {
  let { x, y } = boxOf(element);
  const { width, height } = boxOf(element);
  for (const frame of documentOf(element) === document ? reachableFrames() : []) {
    const origin = frameOrigin(frame);
    x += origin.x;
    y += origin.y;
  }
  return { x, y, width, height };
}
