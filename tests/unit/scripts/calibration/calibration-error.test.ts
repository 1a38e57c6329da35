import { expect, test } from 'vitest';

import {
  calibrationErrorOf,
  errorByChance,
} from '../../../../scripts/calibration/calibration-error';
import { seededRandom } from '../../../../scripts/calibration/drawings/random';

test('what is right as often as is stated has no error, what is not has the difference', () => {
  const of = (probability: number, right: number, all: number) =>
    Array.from({ length: all }, (_, place) => ({ probability, isRight: place < right }));
  expect(calibrationErrorOf([...of(0.75, 3, 4), ...of(0.25, 1, 4)])).toBeCloseTo(0, 10);
  expect(calibrationErrorOf(of(0.95, 0, 10))).toBeCloseTo(0.95, 10);
  expect(calibrationErrorOf([...of(0.75, 2, 4), ...of(0.25, 2, 4)])).toBeCloseTo(0.25, 10);
  expect(calibrationErrorOf([])).toBe(0);
});

test('bins may begin where nothing is less sure', () => {
  const stated = [
    { probability: 0.91, isRight: true },
    { probability: 0.99, isRight: false },
  ];
  // In one bin the two make up for each other.
  expect(calibrationErrorOf(stated)).toBeCloseTo(0.45, 10);
  expect(calibrationErrorOf(stated, 0.8)).toBeCloseTo((0.09 + 0.99) / 2, 10);
});

test('chance alone makes an error, less of more, and no more than is seen of what is true to the letter', () => {
  const random = seededRandom(7);
  const drawn = (count: number) =>
    Array.from({ length: count }, () => {
      const probability = random.between(0.3, 1);
      return { probability, isRight: random.between(0, 1) < probability };
    });
  const few = drawn(200);
  const [ofFew, ofMany] = [errorByChance(few), errorByChance(drawn(3200))];
  expect(ofFew.mean).toBeGreaterThan(0.03);
  expect(ofMany.mean).toBeLessThan(ofFew.mean / 3);
  expect(ofFew.most).toBeGreaterThan(ofFew.mean);
  expect(calibrationErrorOf(few)).toBeLessThan(ofFew.most);
});
