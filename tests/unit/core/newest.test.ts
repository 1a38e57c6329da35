import { expect, test } from 'vitest';

import { putNewest } from '../../../src/core/newest';

test('the newest stay, and what is put again is new again', () => {
  const map = new Map<string, number>();
  expect(putNewest(map, 'a', 1, 2)).toBeUndefined();
  expect(putNewest(map, 'b', 2, 2)).toBeUndefined();
  expect(putNewest(map, 'a', 3, 2)).toBeUndefined();
  expect(putNewest(map, 'c', 4, 2)).toBe('b');
  expect([...map]).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
});
