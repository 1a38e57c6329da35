import { boxOf, elementById, getAttribute, localNameOf, query, rootOf } from '../dom';

/** A drawing of more parts than this is none that shows one picture. */
const MAX_CARRIERS = 32;
/** So much of a drawing's box must be the picture: else it is one thing among others in it. */
const LEAST_SHARE = 0.5;

/** Elements of a drawing that show what stands elsewhere, once or as a pattern. */
const CARRIERS = 'use, [fill^="url("]';

/** The id that `#id` or `url("#id")` refers to; empty for what is not in the page. */
function idIn(reference: string): string {
  return /^(?:url\(["']?)?#([^"')]+)/.exec(reference)?.[1] ?? '';
}

/**
 * The image that a drawing shows without having it as a part that is drawn: in a symbol that it uses, or
 * in the pattern that a shape is filled with. Null where none is most of what is seen.
 */
export function borrowedImage(svg: SVGSVGElement): SVGImageElement | null {
  const carriers = svg.querySelectorAll(CARRIERS);
  if (carriers.length === 0 || carriers.length > MAX_CARRIERS) return null;
  const root = rootOf(svg);
  if (!(root instanceof Document || root instanceof ShadowRoot)) return null;
  for (const carrier of carriers) {
    const reference =
      carrier instanceof SVGUseElement ? carrier.href.animVal : getAttribute(carrier, 'fill');
    const id = idIn(reference ?? '');
    const source = id === '' ? null : elementById(root, id);
    if (source === null || carrier instanceof SVGUseElement === (localNameOf(source) === 'pattern'))
      continue;
    const image = source instanceof SVGImageElement ? source : query(source, 'image');
    if (!(image instanceof SVGImageElement && carrier instanceof SVGGraphicsElement)) continue;
    if (shareOf(carrier, svg) >= LEAST_SHARE) return image;
  }
  return null;
}

/**
 * By its box in its own units and their scale: Firefox scales the box of a used symbol on the screen once
 * too often (findings/firefox-symbol-box.sh).
 */
function shareOf(part: SVGGraphicsElement, whole: SVGSVGElement): number {
  const outer = whole.clientWidth * whole.clientHeight || Infinity;
  if (part.viewportElement !== whole) {
    const { width, height } = boxOf(part);
    return (width * height) / outer;
  }
  const { width, height } = part.getBBox();
  const { a, b, c, d } = part.getCTM() ?? new DOMMatrix();
  return (width * height * Math.abs(a * d - b * c)) / outer;
}
