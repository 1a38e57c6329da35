import { expect, test } from 'vitest';

import { calibrationOf, classProbabilities } from '../../../../src/core/saying/calibration';
import { CLASS_COUNT, MODEL_VARIANTS } from '../../../../src/core/saying/prediction';

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

function logits(parts: Record<number, number>): Float32Array {
  const result = new Float32Array(CLASS_COUNT + 1);
  for (const [output, value] of Object.entries(parts)) result[Number(output)] = value;
  return result;
}

test('shifts outputs by the background and leaves it out', () => {
  const probabilities = classProbabilities([logits({ 0: 50, 8: 9 })], 1);
  expect(probabilities).toHaveLength(CLASS_COUNT);
  expect(probabilities.indexOf(Math.max(...probabilities))).toBe(7);
  expect(sum(probabilities)).toBeCloseTo(1, 10);
  expect(probabilities[7]).toBeCloseTo(Math.exp(9) / (Math.exp(9) + 999), 10);
});

test('divides by the temperature', () => {
  const probabilities = classProbabilities([logits({ 8: 4.5 })], 0.5);
  expect(probabilities[7]).toBeCloseTo(Math.exp(9) / (Math.exp(9) + 999), 10);
});

test('is the softmax of the mean over views', () => {
  const [first, second] = [logits({ 8: 9 }), logits({ 8: 3, 9: 9 })];
  const mean = classProbabilities([first, second], 0.5);
  const single = classProbabilities([logits({ 8: 6, 9: 4.5 })], 0.5);
  expect(mean).toEqual(single);
  expect(sum(mean)).toBeCloseTo(1, 10);
});

test('survives logits that would overflow', () => {
  expect(classProbabilities([logits({ 8: 5000 })], 0.5)[7]).toBe(1);
});

test('throws without a view', () => {
  expect(() => classProbabilities([], 1)).toThrow(RangeError);
});

test('has sane constants for every model and number of views', () => {
  for (const variant of MODEL_VARIANTS) {
    for (const views of [1, 2, 3]) {
      const { temperature, truthModel, leastTruth, photoModel } = calibrationOf(variant, views);
      expect(temperature).toBeGreaterThan(0.3);
      expect(temperature).toBeLessThan(1.5);
      expect(leastTruth).toBeGreaterThanOrEqual(0.6);
      expect(leastTruth).toBeLessThan(1);
      // Mass speaks for a node, and one distinct rival; that it is precise and loud features against it.
      expect(truthModel.odds).toBeGreaterThan(0);
      expect(truthModel.rival).toBeGreaterThan(0);
      expect(truthModel.precise).toBeLessThan(0);
      expect(truthModel.loudness).toBeLessThan(0);
      // Texture speaks for a photo; a small palette and sleeping features against it.
      expect(photoModel.texture).toBeGreaterThan(0);
      expect(photoModel.palette).toBeLessThan(0);
      expect(photoModel.asleep).toBeLessThan(0);
    }
  }
});
