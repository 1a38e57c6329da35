import { expect, test } from 'vitest';

import { indexAfter, rowPlaces } from '../../../src/ui/row-places';

test('rows stand one under the other', () => {
  const { topOf, indexAt } = rowPlaces(60, -1, 0);
  expect([0, 1, 1999].map(topOf)).toEqual([0, 60, 119_940]);
  expect([0, 59, 60, 119_999].map(indexAt)).toEqual([0, 0, 1, 1999]);
});

test('the details of the open row push down what follows', () => {
  const { topOf, indexAt } = rowPlaces(60, 2, 200);
  expect([1, 2, 3, 4].map(topOf)).toEqual([60, 120, 380, 440]);
  for (const index of [0, 1, 2, 3, 4, 50]) {
    expect(indexAt(topOf(index))).toBe(index);
    expect(indexAt(topOf(index) + 59)).toBe(index);
  }
  expect(indexAt(379)).toBe(2);
});

test('keys go among the rows and stop at the ends', () => {
  const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];
  expect(keys.map((key) => indexAfter(key, 5, 4, 7))).toEqual([6, 4, 7, 1, 0, 7]);
  expect(keys.map((key) => indexAfter(key, 0, 4, 0))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(indexAfter('x', 5, 4, 7)).toBeNull();
});
