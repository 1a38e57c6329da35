import { expect, test } from 'vitest';

import { chipPlace } from '../../../../src/content/labelling/chip-placement';

function rect(left: number, top: number, width: number, height: number) {
  return { left, top, width, height, right: left + width, bottom: top + height };
}

const image = rect(100, 200, 300, 150);

test('inside the upper start corner, in both directions of writing', () => {
  expect(chipPlace(image, image, 900, false)).toEqual({
    x: 106,
    y: 206,
    maxWidth: 288,
    isSeen: true,
  });
  expect(chipPlace(image, image, 900, true)).toEqual({
    x: 394,
    y: 206,
    maxWidth: 288,
    isSeen: true,
  });
});

test('a corner that is clipped away has no chip', () => {
  // Scrolled up and to the side inside a container.
  expect(chipPlace(image, rect(100, 260, 300, 90), 900, false).isSeen).toBe(false);
  expect(chipPlace(image, rect(180, 200, 220, 150), 900, false).isSeen).toBe(false);
  expect(chipPlace(image, rect(180, 200, 220, 150), 900, true).isSeen).toBe(true);
  expect(chipPlace(image, rect(0, 0, 0, 0), 900, false).isSeen).toBe(false);
});

test('a chip is no wider than what is seen of the image, and needs room for a word', () => {
  expect(chipPlace(image, rect(100, 200, 120, 150), 900, false).maxWidth).toBe(108);
  expect(chipPlace(image, rect(100, 200, 50, 150), 900, false).isSeen).toBe(false);
});

test('a picture taller than most of the screen keeps its chip in view', () => {
  const tall = rect(100, -500, 600, 1500);
  const place = chipPlace(tall, rect(100, 0, 600, 900), 900, false);
  expect(place).toMatchObject({ y: 6, isSeen: true });
  // Until its end: the chip never leaves the picture.
  const end = chipPlace(rect(100, -1490, 600, 1500), rect(100, 0, 600, 10), 900, false);
  expect(end.isSeen).toBe(false);
});
