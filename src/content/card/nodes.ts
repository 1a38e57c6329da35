import { append, createHtml, createSvg, localNameOf, setAttribute } from '../dom';
import { createPressGuard } from './press-guard';

type Child = Node | string | null;

/** Named by their content, which is none that every tool counts. */
const NAMED: ReadonlySet<string> = new Set(['button', 'h2', 'h3']);

/**
 * Has an element say a text by generated content, which is drawn and read out but found by no search,
 * selection or copying of the page's; where elements get their name from what they say, with that name.
 */
export function write(element: Element, words: string): void {
  setAttribute(element, 'data-text', words);
  if (NAMED.has(localNameOf(element))) setAttribute(element, 'aria-label', words);
}

/** What `write` writes, drawn; for every style sheet with texts. */
export const TEXT_STYLES = '[data-text]::before { content: attr(data-text); }';

/**
 * An element of the card, with one text at most. Nodes are built one by one, never from markup: pages with Trusted Types or a
 * strict CSP allow nothing else.
 */
export function node<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = createHtml(tag);
  for (const child of children) {
    if (typeof child === 'string') write(element, child);
    else if (child !== null) append(element, child);
  }
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  return element;
}

/**
 * A button that calls back when a person presses it, by pointer or keyboard, having seen it for a moment;
 * a script's press is none.
 */
export function button(label: string, className: string, onPress: () => void): HTMLButtonElement {
  const element = node('button', { type: 'button', class: className }, label);
  const isSeen = createPressGuard(element);
  element.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted && isSeen()) onPress();
  });
  return element;
}

/** A line drawing on a 16 px grid, in the colour of the text around it; decoration only. */
export function drawing(className: string, path: string): SVGSVGElement {
  const svg = createSvg('svg');
  for (const [name, value] of Object.entries({
    class: className,
    viewBox: '0 0 16 16',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.6',
    'stroke-linecap': 'round',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(name, value);
  }
  const line = createSvg('path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
