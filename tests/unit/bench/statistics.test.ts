import { describe, expect, test } from 'vitest';

import { mean, median, pairedRatio, quantile, rotated, summarize } from '../../../bench/statistics';

describe('quantiles', () => {
  // R: quantile(c(1, 2, 4, 8), c(0, .25, .5, .75, 1))
  test('are those of R’s type 7, whatever the order', () => {
    const samples = [8, 1, 4, 2];
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(samples, share))).toEqual([
      1, 1.75, 3, 5, 8,
    ]);
    expect(samples).toEqual([8, 1, 4, 2]);
  });

  test('the median of an odd number is the middle one, the mean follows an outlier', () => {
    expect(median([100, 1, 2])).toBe(2);
    expect(mean([100, 1, 1])).toBe(34);
  });

  test('without samples there is no figure', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(() => summarize([])).toThrow(RangeError);
  });

  test('a summary keeps its samples in the order measured', () => {
    expect(summarize([3, 1, 2])).toEqual({ samples: [3, 1, 2], median: 2, q1: 1.5, q3: 2.5 });
  });
});

describe('ratios of rounds', () => {
  test('a slow while that slows both down does not move them', () => {
    const base = [[10, 10, 12], [100, 110, 90], [10]];
    const other = [[20, 20, 26], [200, 220, 180], [20]];
    expect(pairedRatio(other, base)).toMatchObject({ median: 2, q1: 2, q3: 2 });
  });

  test('rounds that are no pairs are refused', () => {
    expect(() => pairedRatio([[1]], [[1], [2]])).toThrow(RangeError);
  });
});

test('each contender begins as often as the others', () => {
  const orders = [0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''));
  expect(orders).toEqual(['abc', 'bca', 'cab', 'abc']);
  expect(rotated([], 3)).toEqual([]);
});
