import { boxOf, scrollIntoView } from '../dom';
import { createLayer } from '../layer';
import { node } from '../card/nodes';

const SHOWN_MS = 2400;

const STYLES = `
.stage { pointer-events: none; }
.ring { position: fixed; box-sizing: border-box; border: 4px solid #fff; border-radius: 8px;
  outline: 4px solid #3b41c5; animation: ring 800ms ease-in-out 3; }
@keyframes ring { 50% { outline-color: #f0b429; } }
@media (forced-colors: active) { .ring { border-color: Canvas; outline-color: Highlight; } }
@media (prefers-reduced-motion: reduce) { .ring { animation: none; } }
`;

let ringing: AbortController | null = null;

/**
 * Scrolls an element into view and draws a ring around it for a moment, above the page. The ring follows
 * the element while the page scrolls; another one takes its place.
 */
export function ringImage(element: Element, signal: AbortSignal): void {
  ringing?.abort();
  const ending = new AbortController();
  ringing = ending;
  const layer = createLayer('ring', STYLES);
  const ring = node('div', { class: 'ring' });
  layer.stage.append(ring);

  let frame = 0;
  const follow = (): void => {
    const { x, y, width, height } = boxOf(element);
    ring.style.cssText = `left:${x - 6}px;top:${y - 6}px;width:${width + 12}px;height:${height + 12}px`;
    frame = requestAnimationFrame(follow);
  };
  const end = (): void => {
    ending.abort();
  };
  const timer = setTimeout(end, SHOWN_MS);
  signal.addEventListener('abort', end, { signal: ending.signal });
  ending.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    layer.remove();
  });

  scrollIntoView(element, { block: 'center', inline: 'nearest' });
  layer.attach();
  follow();
}
