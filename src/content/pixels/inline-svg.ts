import { CodedError } from '../../core/errors';
import { cloneNode, createSvg, elementById, queryAll } from '../dom';

/** What style sheets of the page may give an SVG's shapes; a copy outside the page would lose it. */
const STYLES = [
  'color',
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-dasharray',
  'opacity',
  'display',
  'visibility',
  'stop-color',
  'stop-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'transform',
  'transform-origin',
  'transform-box',
] as const;

/** Beyond this many elements reading each one's style takes longer than anybody waits. */
const MAX_STYLED_ELEMENTS = 3000;

/**
 * An inline SVG as a `data:` address of its own, as it is drawn in the page: with its computed styles,
 * the symbols it uses from elsewhere in the page, and the size of its box.
 * @throws CodedError `image-has-no-size` where neither it nor the page gives it one; `image-not-readable`
 *   where it holds pictures or HTML, which an SVG image doesn't draw
 */
export function inlineSvgAddress(svg: SVGSVGElement): string {
  if (svg.querySelector('foreignObject, image:not([href^="data:"])') !== null) {
    throw new CodedError('image-not-readable', 'The SVG holds other pictures or HTML.');
  }
  const { width, height } = sizeOf(svg);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copyStyles(svg, copy);
  copyUsed(svg, copy);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('x');
  copy.removeAttribute('y');
  copy.style.removeProperty('transform');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
}

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  const { width, height } = svg.getBoundingClientRect();
  if (width > 0 && height > 0) return { width, height };
  const { width: ownWidth, height: ownHeight } = svg.viewBox.baseVal;
  if (ownWidth > 0 && ownHeight > 0) return { width: ownWidth, height: ownHeight };
  throw new CodedError('image-has-no-size', 'The SVG has no size, and the page gives it none.');
}

function copyStyles(from: SVGSVGElement, to: SVGSVGElement): void {
  const originals = [from, ...from.querySelectorAll('*')];
  const copies = [to, ...to.querySelectorAll('*')];
  for (const [index, original] of originals.slice(0, MAX_STYLED_ELEMENTS).entries()) {
    const copy = copies[index];
    if (!(copy instanceof SVGElement)) continue;
    const style = getComputedStyle(original);
    for (const name of STYLES) copy.style.setProperty(name, style.getPropertyValue(name));
  }
}

/** `<use href="#icon">` may point out of the SVG, to a sheet of symbols in the page. */
function copyUsed(from: SVGSVGElement, to: SVGSVGElement): void {
  const root = from.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  const known = new Set<string>();
  const pending = [...from.querySelectorAll('use')];
  for (let use = pending.pop(); use !== undefined; use = pending.pop()) {
    const id = use.href.baseVal.replace(/^#/, '');
    const used = elementById(root, id);
    if (used === null || known.has(id) || from.contains(used)) continue;
    known.add(id);
    pending.push(...queryAll(used, 'use'));
    const defs = createSvg('defs');
    defs.append(cloneNode(used, true));
    to.prepend(defs);
  }
}
