import { CodedError } from '../../core/errors';
import {
  attributeNamesOf,
  cloneNode,
  contains,
  createSvg,
  elementById,
  getAttribute,
  parentElementOf,
  queryAll,
  rootOf,
  setAttribute,
} from '../dom';
import { createSlices } from '../turns';

/** What style sheets of the page may give an SVG's shapes, and what is below them inherits. */
const INHERITED = [
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
  'visibility',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
] as const;
/** The same, which nothing inherits: with the value of what has none. */
const OWN = {
  opacity: '1',
  display: 'inline',
  'stop-color': 'rgb(0, 0, 0)',
  'stop-opacity': '1',
  transform: 'none',
  'transform-origin': null,
  'transform-box': null,
} as const;
type StyleName = (typeof INHERITED)[number] | keyof typeof OWN;
const STYLES = [...INHERITED, ...(Object.keys(OWN) as (keyof typeof OWN)[])];

/** A drawing of more elements is drawn by the browser in one long task. */
const MAX_ELEMENTS = 3000;
/** The same of the text that describes it: long paths. */
const MAX_CHARACTERS = 1_000_000;
/** The page's own work goes on after so many milliseconds. */
const SLICE_MS = 8;

/**
 * An inline SVG as a `data:` address of its own, as it is drawn in the page: with its computed styles,
 * the symbols it uses from elsewhere in the page, and the size of its box. Made in slices.
 * @throws CodedError `image-has-no-size` where neither it nor the page gives it one; `image-not-readable`
 *   where it holds pictures or HTML, which an SVG image doesn't draw, or too much to be drawn in a moment
 */
export async function inlineSvgAddress(svg: SVGSVGElement): Promise<string> {
  if (svg.querySelector('foreignObject, image:not([href^="data:"])') !== null) {
    throw new CodedError('image-not-readable', 'The SVG holds other pictures or HTML.');
  }
  const used = usedElements(svg);
  assertSmall([svg, ...used]);
  const { width, height } = sizeOf(svg);
  const copy = cloneNode(svg, true) as SVGSVGElement;
  const definitions = used.map((each) => cloneNode(each, true));
  await copyStyles(svg, copy);
  for (const definition of definitions) {
    const defs = createSvg('defs');
    defs.append(definition);
    copy.prepend(defs);
  }
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('x');
  copy.removeAttribute('y');
  copy.style.removeProperty('transform');
  const text = new XMLSerializer().serializeToString(copy);
  if (text.length > MAX_CHARACTERS) throw tooLarge();
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

function tooLarge(): CodedError {
  return new CodedError('image-not-readable', 'The SVG is too large to be drawn in a moment.');
}

function assertSmall(drawings: readonly Element[]): void {
  let elements = 0;
  for (const drawing of drawings) {
    elements += queryAll(drawing, '*').length;
    if (elements > MAX_ELEMENTS) throw tooLarge();
  }
}

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  const { width, height } = svg.getBoundingClientRect();
  if (width > 0 && height > 0) return { width, height };
  const { width: ownWidth, height: ownHeight } = svg.viewBox.baseVal;
  if (ownWidth > 0 && ownHeight > 0) return { width: ownWidth, height: ownHeight };
  throw new CodedError('image-has-no-size', 'The SVG has no size, and the page gives it none.');
}

/** What a drawing's element looks like, by the name of the style. */
type Styles = Readonly<Record<StyleName, string>>;

function stylesOf(element: Element): Styles {
  const computed = getComputedStyle(element);
  return Object.fromEntries(
    STYLES.map((name) => [name, computed.getPropertyValue(name)]),
  ) as Styles;
}

/**
 * Writes on a copy's elements what the page's styles make of the originals. What a copy comes to by
 * itself is left out: each style that is written costs the browser as much as the shape.
 */
async function copyStyles(from: SVGSVGElement, to: SVGSVGElement): Promise<void> {
  const rest = createSlices(SLICE_MS);
  // Taken at once: the page may go on drawing meanwhile.
  const originals = [from, ...from.querySelectorAll('*')];
  const copies = [to, ...to.querySelectorAll('*')];
  // Its rules may mean something else where the page's are not.
  const hasRules = to.querySelector('style') !== null;
  const known = new Map<Element, Styles>();
  for (const [index, original] of originals.entries()) {
    const copy = copies[index];
    if (!(copy instanceof SVGElement)) continue;
    const styles = stylesOf(original);
    known.set(copy, styles);
    const around = parentElementOf(copy);
    const outer = around === null ? undefined : known.get(around);
    const names = attributeNamesOf(copy);
    const isWhole = outer === undefined || hasRules || names.includes('style');
    const written = isWhole
      ? STYLES
      : STYLES.filter((name) => isToWrite(name, styles, outer, names));
    if (written.length > 0) {
      const text = written.map((name) => `${name}:${styles[name]}`).join(';');
      const own = getAttribute(copy, 'style');
      setAttribute(copy, 'style', own === null ? text : `${own};${text}`);
    }
    await rest();
  }
}

function isToWrite(
  name: StyleName,
  styles: Styles,
  outer: Styles,
  attributes: readonly string[],
): boolean {
  if (attributes.includes(name)) return true;
  if (!(name in OWN)) return styles[name] !== outer[name];
  const initial = OWN[name as keyof typeof OWN];
  // Where nothing is transformed it does not matter from where.
  return initial === null ? styles.transform !== OWN.transform : styles[name] !== initial;
}

/** What `<use href="#icon">` shows that is not in the SVG: a sheet of symbols in the page. */
function usedElements(svg: SVGSVGElement): Element[] {
  const root = rootOf(svg);
  if (!(root instanceof Document || root instanceof ShadowRoot)) return [];
  const found = new Set<Element>();
  const pending = [...svg.querySelectorAll('use')];
  for (let use = pending.pop(); use !== undefined; use = pending.pop()) {
    const used = elementById(root, use.href.baseVal.replace(/^#/, ''));
    if (used === null || found.has(used) || contains(svg, used)) continue;
    found.add(used);
    if (found.size > MAX_ELEMENTS) throw tooLarge();
    for (const inner of queryAll(used, 'use')) pending.push(inner);
  }
  return [...found];
}
