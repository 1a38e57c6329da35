/** Pixels between the card and the image, and between the card and the viewport's edge. */
const GAP_PX = 8;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Side = 'right' | 'left' | 'below' | 'above' | 'inside';

/** The part of a box inside another; null where they do not meet. */
export function intersect(a: Box, b: Box): Box | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/**
 * Where the card goes: beside the image on the first side with room, always inside the viewport, all in
 * CSS pixels of the same viewport. Where no side has room it lies over the image's lower end corner.
 * `keep` is the side it was on: it stays there while there is room, so that it doesn't jump about in a
 * scroll. Without an anchor it goes to the viewport's upper end corner.
 */
export function placeCard(
  anchor: Box | null,
  card: { width: number; height: number },
  viewport: Box,
  { keep = null, isRtl = false }: { keep?: Side | null; isRtl?: boolean } = {},
): { x: number; y: number; side: Side } {
  const left = viewport.x + GAP_PX;
  const top = viewport.y + GAP_PX;
  const right = Math.max(left, viewport.x + viewport.width - card.width - GAP_PX);
  const bottom = Math.max(top, viewport.y + viewport.height - card.height - GAP_PX);
  const end = isRtl ? left : right;
  if (anchor === null) return { x: end, y: top, side: 'inside' };

  const seen = intersect(anchor, viewport) ?? anchor;
  const spots: Record<Exclude<Side, 'inside'>, { x: number; y: number }> = {
    right: { x: seen.x + seen.width + GAP_PX, y: clamp(seen.y, top, bottom) },
    left: { x: seen.x - card.width - GAP_PX, y: clamp(seen.y, top, bottom) },
    below: {
      x: clamp(isRtl ? seen.x + seen.width - card.width : seen.x, left, right),
      y: seen.y + seen.height + GAP_PX,
    },
    above: {
      x: clamp(isRtl ? seen.x + seen.width - card.width : seen.x, left, right),
      y: seen.y - card.height - GAP_PX,
    },
  };
  const order: Exclude<Side, 'inside'>[] = isRtl
    ? ['left', 'right', 'below', 'above']
    : ['right', 'left', 'below', 'above'];
  if (keep !== null && keep !== 'inside') order.unshift(keep);
  for (const side of order) {
    const { x, y } = spots[side];
    if (x >= left && x <= right && y >= top && y <= bottom) return { x, y, side };
  }
  const over = intersect(anchor, viewport);
  if (over === null) {
    // Scrolled out: the card waits at the edge nearest to the image.
    return { x: clamp(anchor.x, left, right), y: clamp(anchor.y, top, bottom), side: 'inside' };
  }
  return {
    x: clamp(isRtl ? over.x + GAP_PX : over.x + over.width - card.width - GAP_PX, left, right),
    y: clamp(over.y + over.height - card.height - GAP_PX, top, bottom),
    side: 'inside',
  };
}
