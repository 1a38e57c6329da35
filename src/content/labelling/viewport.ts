import { documentElementOf, zoomOf } from '../dom';
import type { ViewportFacts } from './chip-layer';

export function viewport(): ViewportFacts {
  // A page that is written anew has no root for a moment.
  const root = documentElementOf(document) as Element | null;
  const zoom = root === null ? 1 : zoomOf(root);
  return { width: innerWidth, height: innerHeight, scrollX, scrollY, zoom };
}

export function isOnScreen(
  { left, right, top, bottom }: DOMRectReadOnly,
  { width, height }: ViewportFacts,
): boolean {
  return right > 0 && bottom > 0 && left < width && top < height;
}
