import { expect, test } from 'vitest';

import { modelInputOf } from '../../../../src/core/own-models/model-input';
import {
  isDistribution,
  type OwnModel,
  probabilitiesOf,
  speaksOn,
} from '../../../../src/core/own-models/own-model';

function raster(width: number, height: number, colourAt: (x: number, y: number) => number[]) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colourAt(x, y), (y * width + x) * 4);
  }
  return { width, height, data };
}

const square = { width: 2, height: 2, channels: 3 } as const;

test.each([
  ['teachable', (value: number) => value / 127 - 1],
  ['signed', (value: number) => value / 127.5 - 1],
  ['unit', (value: number) => value / 255],
] as const)('colours, %s', (range, expected) => {
  const values = modelInputOf(
    raster(2, 2, () => [0, 100, 255, 255]),
    { ...square, range },
  );
  expect(values).toHaveLength(12);
  [0, 100, 255].forEach((value, channel) => {
    expect(values[9 + channel]).toBeCloseTo(expected(value), 5);
  });
});

test('the middle square, as Teachable Machine crops', () => {
  // Only the middle four columns of eight are white.
  const wide = raster(8, 4, (x) => (x >= 2 && x < 6 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
  const values = modelInputOf(wide, { ...square, range: 'unit' });
  expect([...values]).toEqual(Array(12).fill(1));
});

test('bilinear between the middles of pixels', () => {
  const two = raster(2, 2, (x) => [x * 200, 0, 0, 255]);
  const values = modelInputOf(two, { width: 4, height: 4, channels: 3, range: 'unit' });
  const row = [0, 1, 2, 3].map((x) => Math.round((values[x * 3] ?? 0) * 255));
  expect(row).toEqual([0, 50, 150, 200]);
});

test('grey is weighed as in Teachable Machine; what is seen through is white', () => {
  const grey = { width: 1, height: 1, channels: 1, range: 'unit' } as const;
  const red = modelInputOf(
    raster(1, 1, () => [255, 0, 0, 255]),
    grey,
  );
  expect(red[0]).toBeCloseTo(0.2989, 4);
  const clear = modelInputOf(
    raster(1, 1, () => [0, 0, 0, 0]),
    grey,
  );
  expect(clear[0]).toBeCloseTo(0.9999, 3);
});

test('probabilities: as they come, or by a softmax; never of what is no number', () => {
  expect(probabilitiesOf(Float32Array.of(0.25, 0.75), true)).toEqual(Float32Array.of(0.25, 0.75));
  const soft = probabilitiesOf(Float32Array.of(1000, 1000), false);
  expect(soft).toEqual(Float32Array.of(0.5, 0.5));
  expect(probabilitiesOf(Float32Array.of(NaN, 1), true)).toBeNull();
  expect(probabilitiesOf(Float32Array.of(Infinity, 1), false)).toBeNull();
  expect(isDistribution(Float32Array.of(0.2, 0.8))).toBe(true);
  expect(isDistribution(Float32Array.of(0.9, 0.9))).toBe(false);
  expect(isDistribution(Float32Array.of(-0.5, 1.5))).toBe(false);
});

test('a model speaks on its sites, where it is on and there', () => {
  const model: OwnModel = {
    ...{ id: 'm00000001', name: 'Mine', format: 'layers-model', labels: ['a', 'b'] },
    ...{ input: { ...square, range: 'unit' }, isProbability: true, bytes: 1, addedAt: 1 },
    ...{ isOn: true, sites: [], isInstead: false, deletedAt: null },
  };
  const only = { ...model, sites: ['https://a.example'] };
  expect(speaksOn(model, null)).toBe(true);
  expect(speaksOn(only, 'https://a.example')).toBe(true);
  expect(speaksOn(only, 'https://b.example')).toBe(false);
  expect(speaksOn(only, null)).toBe(false);
  expect(speaksOn({ ...model, isOn: false }, null)).toBe(false);
  expect(speaksOn({ ...model, deletedAt: 5 }, null)).toBe(false);
});
