import type { ViewportFacts } from './chip-layer';

export function viewport(): ViewportFacts {
  return { width: innerWidth, height: innerHeight, scrollX, scrollY };
}

export function isOnScreen(
  { left, right, top, bottom }: DOMRectReadOnly,
  { width, height }: ViewportFacts,
): boolean {
  return right > 0 && bottom > 0 && left < width && top < height;
}
