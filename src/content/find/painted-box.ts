import type { ViewportRect } from '../../messages/protocol';
import {
  bodyOf,
  boxOf,
  clientHeightOf,
  clientLeftOf,
  clientTopOf,
  clientWidthOf,
  documentElementOf,
  zoomOf,
} from '../dom';
import type { CssPicture } from './css-pictures';
import { boxInTop } from './frames';
import { heldSize } from './held-picture';
import type { PictureOnPage } from './picture';
import { composedAncestors } from './shadow-roots';

/** Below the baseline a line reaches about so far, in font sizes. */
const DESCENT = 0.22;

function hasNoBackground({ backgroundImage, backgroundColor }: CSSStyleDeclaration): boolean {
  return backgroundImage === 'none' && backgroundColor === 'rgba(0, 0, 0, 0)';
}

/**
 * Is the background of this element drawn on the whole canvas? The root's is, and the body's where the
 * root has none (https://www.w3.org/TR/css-backgrounds-3/#special-backgrounds).
 */
export function isOnCanvas(element: Element): boolean {
  const root = documentElementOf(document);
  if (element !== bodyOf(document)) return element === root;
  const around = getComputedStyle(root);
  const isContained = around.contain !== 'none' || getComputedStyle(element).contain !== 'none';
  return hasNoBackground(around) && !isContained;
}

/** The element whose padding box is what an absolute box inside `element` is placed by; null: the page. */
function containingElement(element: Element): Element | null {
  for (const ancestor of composedAncestors(element)) {
    const { position, transform, filter, contain } = getComputedStyle(ancestor);
    if (position !== 'static' || transform !== 'none' || filter !== 'none') return ancestor;
    if (/paint|layout|strict|content/.test(contain)) return ancestor;
  }
  return null;
}

/** @returns null where it is as large as what is in it */
function borderSize(style: CSSStyleDeclaration): { width: number; height: number } | null {
  const width = parseFloat(style.width);
  const height = parseFloat(style.height);
  if (!(width >= 0 && height >= 0)) return null;
  if (style.boxSizing === 'border-box') return { width, height };
  const sum = (...values: string[]) => values.reduce((all, value) => all + parseFloat(value), 0);
  const { paddingLeft, paddingRight, borderLeftWidth, borderRightWidth } = style;
  const { paddingTop, paddingBottom, borderTopWidth, borderBottomWidth } = style;
  return {
    width: width + sum(paddingLeft, paddingRight, borderLeftWidth, borderRightWidth),
    height: height + sum(paddingTop, paddingBottom, borderTopWidth, borderBottomWidth),
  };
}

/** Where a part that is out of the lines is; as far as no transform turns what is around. */
function placedBox(
  element: Element,
  style: CSSStyleDeclaration,
  size: { width: number; height: number },
): ViewportRect {
  const zoom = zoomOf(element);
  const container = style.position === 'fixed' ? null : containingElement(element);
  const place = { x: parseFloat(style.left), y: parseFloat(style.top) };
  const margins = { x: parseFloat(style.marginLeft), y: parseFloat(style.marginTop) };
  let origin = { x: 0, y: 0 };
  if (container !== null) {
    const { x, y } = boxOf(container);
    origin = { x: x + clientLeftOf(container) * zoom, y: y + clientTopOf(container) * zoom };
  } else if (style.position !== 'fixed') origin = { x: -scrollX, y: -scrollY };
  return {
    x: origin.x + (place.x + margins.x) * zoom,
    y: origin.y + (place.y + margins.y) * zoom,
    width: size.width * zoom,
    height: size.height * zoom,
  };
}

/** Where what stands before or after the content of an element is drawn; null where its own box tells. */
function boxOfPart({ element, address, pseudo }: CssPicture): ViewportRect | null {
  if (pseudo === null) return null;
  const style = getComputedStyle(element, pseudo);
  const size = borderSize(style) ?? heldSize(address);
  if (size === null) return null;
  if (/^(absolute|fixed)$/.test(style.position)) return placedBox(element, style, size);
  const around = boxOf(element);
  const zoom = zoomOf(element);
  const [width, height] = [size.width * zoom, size.height * zoom];
  if (width <= around.width + 1 && height <= around.height + 1) return null;
  const isAfter = pseudo === '::after';
  const isAtRight = isAfter !== (style.direction === 'rtl');
  // What stands in a line stands on its baseline, however low the line is.
  const isInLine = style.display.startsWith('inline') && style.float === 'none';
  const descent = isInLine ? parseFloat(style.fontSize) * DESCENT * zoom : 0;
  return {
    x: isAtRight ? around.right - width : around.x,
    y: isInLine || isAfter ? around.bottom - descent - height : around.y,
    ...{ width, height },
  };
}

/** Where the picture of the canvas is placed; as far as the page reaches where it is repeated. */
function boxOfCanvas({ element, layer }: CssPicture): ViewportRect {
  const root = documentElementOf(document);
  const [width, height] = [clientWidthOf(root), clientHeightOf(root)];
  if (getComputedStyle(element).backgroundAttachment.includes('fixed')) {
    return { x: 0, y: 0, width, height };
  }
  // Not the canvas is what it is placed by, but the root's box.
  if (layer?.repeat === 'no-repeat') return boxOf(root);
  const { left, top, right, bottom } = boxOf(root);
  const [x, y] = [Math.min(left, 0), Math.min(top, 0)];
  return { x, y, width: Math.max(right, width) - x, height: Math.max(bottom, height) - y };
}

/** Is the picture drawn wherever the page has nothing else? */
export function isCanvasPicture(picture: PictureOnPage): boolean {
  if (picture.kind !== 'css') return false;
  return picture.pseudo === null && picture.layer !== null && isOnCanvas(picture.element);
}

/**
 * Where a picture is drawn that is not where its element is, CSS px of the viewport; null for all others.
 * Of parts in lines it is an estimate.
 */
export function paintedBox(picture: PictureOnPage): ViewportRect | null {
  if (picture.kind !== 'css') return null;
  return isCanvasPicture(picture) ? boxOfCanvas(picture) : boxOfPart(picture);
}

/** The box around what is seen of a picture, CSS px of the topmost reachable viewport. */
export function pictureInTop(picture: PictureOnPage): ViewportRect {
  return boxInTop(picture.element, paintedBox(picture) ?? boxOf(picture.element));
}
