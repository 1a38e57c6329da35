import { describe, expect, test } from 'vitest';

import { nodeOf } from '../../../../src/core/saying/taxonomy';
import {
  type Classifier,
  type FeatureMap,
  logitOf,
  meanOf,
} from '../../../../src/core/where/feature-map';
import {
  activationOf,
  centreOf,
  heatOf,
  nodeWeights,
  partOf,
  whereOf,
} from '../../../../src/core/where/where';

const SIDE = 7;

function heatAt(hot: (x: number, y: number) => boolean) {
  const values = Array.from({ length: SIDE * SIDE }, (_, place) =>
    hot(place % SIDE, Math.floor(place / SIDE)) ? 255 : 0,
  );
  return { side: SIDE, values };
}

/** Channel 0 is at the upper left, channel 1 at the lower right. */
const MAP: FeatureMap = {
  side: SIDE,
  channels: 2,
  values: Float32Array.from({ length: SIDE * SIDE * 2 }, (_, index) => {
    const place = Math.floor(index / 2);
    const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
    return index % 2 === 0 ? Number(x < 2 && y < 2) : Number(x > 4 && y > 4);
  }),
};

/** Class 0 is of channel 0, class 1 of channel 1, and all others of neither. */
const CLASSIFIER: Classifier = {
  values: Uint8Array.from({ length: 2 * 1001 }, (_, index) => {
    const [channel, output] = [Math.floor(index / 1001), index % 1001];
    return output === channel + 1 ? 138 : 128;
  }),
  scale: 0.5,
  zeroPoint: 128,
  bias: new Float32Array(1001).fill(0.25),
};

test('a map and the logit are of one sum', () => {
  const weights = Float32Array.of(5, 0);
  const activation = activationOf(MAP, weights);
  const mean = activation.reduce((sum, value) => sum + value, 0) / activation.length;
  expect(logitOf(CLASSIFIER, 0, meanOf(MAP))).toBeCloseTo(mean + 0.25, 6);
});

test('each class is where its features are', () => {
  expect(whereOf(MAP, CLASSIFIER, 0).part).toBe('upper_left');
  expect(whereOf(MAP, CLASSIFIER, 1).part).toBe('lower_right');
  const centre = centreOf(whereOf(MAP, CLASSIFIER, 0));
  expect(centre?.x).toBeCloseTo(1 / 7, 6);
  expect(centre?.y).toBeCloseTo(1 / 7, 6);
});

test('a kind is where its classes are, each by its share', () => {
  const fish = nodeOf('n02512053') ?? -1; // tench, goldfish and others
  const map = { ...MAP, values: MAP.values.map((value, index) => value * (index % 2 ? 100 : 90)) };
  const weights = nodeWeights(map, CLASSIFIER, fish);
  expect(weights[0]).toBeGreaterThan(0.01);
  expect(weights[1]).toBeGreaterThan(weights[0] ?? NaN);
  expect(whereOf(map, CLASSIFIER, fish).part).toBe('lower_right');
});

test('what speaks against a label is not where it is', () => {
  const heat = heatOf(Float32Array.of(-5, 10, 1, 4), 2);
  expect(heat.values).toEqual([0, 255, 0, 102]);
  expect(heatOf(Float32Array.of(-1, -2, 0, -4), 2).values).toEqual([0, 0, 0, 0]);
  expect(partOf(heatOf(Float32Array.of(-1, -2, 0, -4), 2))).toBeNull();
});

describe('the part that is named', () => {
  test.each([
    ['upper_left', (x: number, y: number) => x < 3 && y < 3],
    ['top', (_x: number, y: number) => y < 2],
    ['upper_right', (x: number, y: number) => x > 3 && y < 3],
    ['left', (x: number) => x < 3],
    ['middle', (x: number, y: number) => x > 1 && x < 5 && y > 1 && y < 5],
    ['right', (x: number) => x > 3],
    ['lower_left', (x: number, y: number) => x < 3 && y > 3],
    ['bottom', (_x: number, y: number) => y > 4],
    ['lower_right', (x: number, y: number) => x > 3 && y > 3],
    ['all', () => true],
  ] as const)('%s', (part, hot) => {
    expect(partOf(heatAt(hot))).toBe(part);
  });
});
