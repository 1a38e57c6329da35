import { tileBox, type PlacedSize, type Size } from '../../core/look/painted-area';
import { intersect } from '../card/card-placement';
import { bodyOf, boxOf, documentElementOf, offsetWidthOf } from '../dom';
import type { Picture } from './picture';
import { composedAncestors } from './shadow-roots';

/**
 * Of a file of which a larger share is seen, the whole is read: what is cut away at the edges says more of it.
 * Of 16:9 in a square 0.56 is seen.
 */
const MOST_CUT = 0.55;
/** Parts begin and end at such fractions of a side: of halves, thirds, quarters, sixths and eighths exactly. */
const STEPS = 24;
/** So many elements around an image are looked at. */
const MAX_AROUND = 4;
/** An image that is not larger than what cuts it is only moved out of it for now, as the next slide is. */
const LARGER = 1.25;

/** `object-fit` as the `background-size` that does the same. */
export function sizeOfFit(fit: string, box: Size, natural: Size): string {
  if (fit === 'none') return 'auto';
  if (fit !== 'scale-down') return fit === 'fill' ? '100% 100%' : fit;
  const isLarger = natural.width > box.width || natural.height > box.height;
  return isLarger ? 'contain' : 'auto';
}

const isTransformed = ({ transform, rotate, scale, translate }: CSSStyleDeclaration) =>
  [transform, rotate, scale, translate].some((value) => value !== 'none');

/** What around an image cuts it off; null where something between them moves it in a way of its own. */
function cutsAround(image: Element, style: CSSStyleDeclaration): Element[] | null {
  const cuts: Element[] = [];
  let { position } = style;
  let isMoved = isTransformed(style);
  let looks = 0;
  for (const around of composedAncestors(image)) {
    if (around === image) continue;
    looks += 1;
    if (looks > MAX_AROUND || position === 'fixed') break;
    if (around === bodyOf(document) || around === documentElementOf(document)) break;
    const own = getComputedStyle(around);
    // What is placed absolutely is cut by nothing that it is not placed in.
    if (position === 'absolute' && own.position === 'static' && !isTransformed(own)) continue;
    ({ position } = own);
    const isCut = /hidden|clip/.test(own.overflow) && !/^(inline|contents)$/.test(own.display);
    if (isCut && isMoved) return null;
    if (isCut) cuts.push(around);
    isMoved ||= isTransformed(own);
  }
  return cuts;
}

/** Is nothing turned, mirrored or in perspective? */
function isUpright(image: Element): boolean {
  for (const each of composedAncestors(image)) {
    const { transform, rotate, scale } = getComputedStyle(each);
    if (rotate !== 'none' || scale.includes('-')) return false;
    if (transform === 'none') continue;
    const { is2D, a, b, c, d } = new DOMMatrixReadOnly(transform);
    if (!is2D || b !== 0 || c !== 0 || a <= 0 || d <= 0) return false;
  }
  return true;
}

/** Where an image's file is drawn, also beyond what is seen of it, and what its own box shows; CSS px of the viewport. */
function drawnFile(image: HTMLImageElement, style: CSSStyleDeclaration) {
  const box = boxOf(image);
  const scale = box.width / offsetWidthOf(image);
  const inset = (side: 'Top' | 'Right' | 'Bottom' | 'Left') =>
    parseFloat(style[`border${side}Width`]) + parseFloat(style[`padding${side}`]);
  const [left, top] = [inset('Left'), inset('Top')];
  const inner = {
    width: box.width / scale - left - inset('Right'),
    height: box.height / scale - top - inset('Bottom'),
  };
  const natural = { width: image.naturalWidth, height: image.naturalHeight };
  const size = sizeOfFit(style.objectFit, inner, natural);
  const tile = tileBox(size, style.objectPosition, inner, natural);
  const origin = { x: box.x + left * scale, y: box.y + top * scale };
  return {
    shown: { ...origin, width: inner.width * scale, height: inner.height * scale },
    file: {
      x: origin.x + tile.x * scale,
      y: origin.y + tile.y * scale,
      width: tile.width * scale,
      height: tile.height * scale,
    },
  };
}

/**
 * The part of an image's file that the page shows, as shares of the file, where that is far from the whole:
 * one photo of a contact sheet, the middle of a tall picture in a banner. Null where the file is to be read
 * whole, and where it cannot be told.
 */
export function seenPart({ kind, element }: Picture): PlacedSize | null {
  if (kind !== 'image' || element.naturalWidth === 0) return null;
  const style = getComputedStyle(element);
  const cuts = cutsAround(element, style) ?? [];
  const isFitCut = style.objectFit === 'cover' || style.objectFit === 'none';
  // Nearly all.
  if (cuts.length === 0 && !isFitCut) return null;
  const { shown, file } = drawnFile(element, style);
  let seen = intersect(shown, file);
  for (const cut of cuts) {
    const { x, y, width, height } = boxOf(cut);
    const isWide = shown.width > width * LARGER;
    const isTall = shown.height > height * LARGER;
    seen &&= intersect(seen, {
      ...(isWide ? { x, width } : { x: shown.x, width: shown.width }),
      ...(isTall ? { y, height } : { y: shown.y, height: shown.height }),
    });
  }
  if (seen === null) return null;
  const step = (value: number, whole: number) =>
    Math.min(STEPS, Math.max(0, Math.round((value / whole) * STEPS)));
  const left = step(seen.x - file.x, file.width);
  const top = step(seen.y - file.y, file.height);
  const across = step(seen.x + seen.width - file.x, file.width) - left;
  const down = step(seen.y + seen.height - file.y, file.height) - top;
  const share = (across * down) / STEPS ** 2;
  if (!(share > 0 && share < MOST_CUT) || !isUpright(element)) return null;
  return { x: left / STEPS, y: top / STEPS, width: across / STEPS, height: down / STEPS };
}
