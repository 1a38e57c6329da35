import { append, createHtml, createSvg, setAttribute } from '../dom';

type Child = Node | string | null;

/**
 * An element of the card. Nodes are built one by one, never from markup: pages with Trusted Types or a
 * strict CSP allow nothing else.
 */
export function node<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = createHtml(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  append(element, ...children.filter((child) => child !== null));
  return element;
}

/** A button that calls back when a person presses it, by pointer or keyboard; a script's press is none. */
export function button(
  label: string,
  className: string,
  onPress: (button: HTMLButtonElement) => void,
): HTMLButtonElement {
  const element = node('button', { type: 'button', class: className }, label);
  element.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) onPress(element);
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
