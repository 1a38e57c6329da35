import { describe, expect, test } from 'vitest';

import { intersect, placeCard, type Box } from '../../../../src/content/card/card-placement';

const VIEWPORT: Box = { x: 0, y: 0, width: 1000, height: 700 };
const CARD = { width: 320, height: 300 };
const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

describe('beside the image, on the first side with room', () => {
  test.each([
    ['right', box(100, 50, 200, 200), { x: 308, y: 50 }],
    ['left', box(700, 50, 200, 200), { x: 372, y: 50 }],
    ['below', box(100, 50, 850, 200), { x: 100, y: 258 }],
    ['above', box(100, 400, 850, 250), { x: 100, y: 92 }],
  ])('%s', (side, anchor, spot) => {
    expect(placeCard(anchor, CARD, VIEWPORT)).toEqual({ ...spot, side });
  });

  test('right to left: the left side first', () => {
    const anchor = box(400, 50, 200, 200);
    expect(placeCard(anchor, CARD, VIEWPORT, { isRtl: true })).toMatchObject({ side: 'left' });
    expect(placeCard(anchor, CARD, VIEWPORT)).toMatchObject({ side: 'right' });
  });

  test('it keeps its side while there is room', () => {
    const anchor = box(400, 50, 200, 200);
    expect(placeCard(anchor, CARD, VIEWPORT, { keep: 'left' }).side).toBe('left');
    expect(placeCard(box(100, 50, 200, 200), CARD, VIEWPORT, { keep: 'left' }).side).toBe('right');
  });
});

test.each([
  ['an image as large as the viewport', box(0, 0, 1000, 700)],
  ['an image beyond the viewport on all sides', box(-500, -500, 3000, 3000)],
  ['an image scrolled out above', box(100, -900, 200, 200)],
  ['an image scrolled out to the right', box(3000, 100, 200, 200)],
  ['a point in the corner', box(999, 699, 0, 0)],
  ['no image', null],
])('always inside the viewport: %s', (_, anchor) => {
  const { x, y } = placeCard(anchor, CARD, VIEWPORT);
  expect(x).toBeGreaterThanOrEqual(8);
  expect(y).toBeGreaterThanOrEqual(8);
  expect(x + CARD.width).toBeLessThanOrEqual(992);
  expect(y + CARD.height).toBeLessThanOrEqual(692);
});

test('a viewport smaller than the card shows its beginning', () => {
  const tiny = box(0, 0, 200, 150);
  expect(placeCard(box(10, 10, 50, 50), CARD, tiny)).toMatchObject({ x: 8, y: 8 });
});

test('in a pinch zoom it stays in the part that is seen', () => {
  const { x, y } = placeCard(null, { width: 100, height: 100 }, box(300, 200, 400, 300));
  expect({ x, y }).toEqual({ x: 592, y: 208 });
});

test('intersect', () => {
  expect(intersect(box(0, 0, 10, 10), box(5, 6, 10, 10))).toEqual(box(5, 6, 5, 4));
  expect(intersect(box(0, 0, 10, 10), box(10, 0, 10, 10))).toBeNull();
});
