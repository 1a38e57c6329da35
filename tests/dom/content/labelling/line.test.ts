import { expect, test } from 'vitest';

import { createLine, type Line } from '../../../../src/content/labelling/line';
import { trackedImage, type TrackedImage } from '../../../../src/content/labelling/tracked-image';

/** @param seenAt when it was on screen; 0 where it never was */
function imageOf(id: string, seenAt = 0): TrackedImage {
  return { ...trackedImage(id, {} as Element), seenAt };
}

function takeAll(line: Line): string[] {
  const ids: string[] = [];
  for (let image = line.take(); image !== undefined; image = line.take()) ids.push(image.id);
  return ids;
}

test('those that were on screen come first, the last of them before the others; then as they came', () => {
  const line = createLine();
  for (const image of [imageOf('a'), imageOf('b', 1), imageOf('c'), imageOf('d', 2)])
    line.add(image);
  expect(takeAll(line)).toEqual(['d', 'b', 'a', 'c']);
  expect(line.take()).toBeUndefined();
});

test('one that is added twice stands there once, one that went not at all, one that came back once', () => {
  const line = createLine();
  const [a, b, c] = [imageOf('a'), imageOf('b'), imageOf('c', 3)];
  for (const image of [a, b, c, a, c]) line.add(image);
  line.delete(b);
  line.delete(c);
  line.add(c);
  expect(takeAll(line)).toEqual(['c', 'a']);
  line.add(b);
  expect(takeAll(line)).toEqual(['b']);
});

test('what comes and goes a hundred thousand times leaves nothing behind, and keeps its place in the order', () => {
  const line = createLine();
  const [first, restless, last] = [imageOf('first'), imageOf('restless'), imageOf('last')];
  line.add(first);
  for (let turn = 0; turn < 100_000; turn += 1) {
    line.add(restless);
    line.delete(restless);
  }
  line.add(last);
  expect(takeAll(line)).toEqual(['first', 'last']);
});
