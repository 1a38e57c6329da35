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
  // In an XML document plain createElement makes no HTML element.
  const element = document.createElementNS('http://www.w3.org/1999/xhtml', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element as HTMLElementTagNameMap[K];
}

/** A button that calls back when it is pressed, by pointer or keyboard. */
export function button(
  label: string,
  className: string,
  onPress: (button: HTMLButtonElement) => void,
): HTMLButtonElement {
  const element = node('button', { type: 'button', class: className }, label);
  element.addEventListener('click', () => {
    onPress(element);
  });
  return element;
}

/** A line drawing on a 16 px grid, in the colour of the text around it; decoration only. */
export function drawing(className: string, path: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
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
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
