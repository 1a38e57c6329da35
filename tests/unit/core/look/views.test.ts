import { expect, test } from 'vitest';

import type { Raster } from '../../../../src/core/look/raster';
import { cutCrops, cutViews, planViews } from '../../../../src/core/look/views';

type Pixel = readonly [red: number, green: number, blue: number, alpha?: number];

function paint(width: number, height: number, at: (x: number, y: number) => Pixel): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha = 255] = at(x, y);
      data.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** The red, green and blue of a view's pixel, back on 0-255. */
function pixelOf(values: Float32Array, size: number, view: number, x: number, y: number): number[] {
  const start = ((view * size + y) * size + x) * 3;
  return Array.from(values.subarray(start, start + 3), (value) => (value + 1) * 127.5);
}

function expectPixel(
  actual: number[],
  expected: readonly (number | undefined)[],
  digits = 3,
): void {
  expect(actual).toHaveLength(3);
  actual.forEach((value, channel) => {
    expect(value).toBeCloseTo(expected[channel] ?? Number.NaN, digits);
  });
}

const ORANGE: Pixel = [250, 120, 10];

test.each([1, 2, 3] as const)(
  '%i views of a plain picture are plain squares in [-1, 1]',
  (views) => {
    const values = cutViews(
      paint(341, 256, () => ORANGE),
      224,
      views,
    );
    expect(values).toHaveLength(views * 224 * 224 * 3);
    for (let view = 0; view < views; view += 1) {
      for (const [x, y] of [
        [0, 0],
        [223, 0],
        [111, 111],
        [223, 223],
      ] as const) {
        expectPixel(pixelOf(values, 224, view, x, y), ORANGE, 2);
      }
    }
  },
);

test('black is -1 and white is 1', () => {
  expect(
    cutViews(
      paint(8, 8, () => [0, 0, 0]),
      4,
      1,
    )[0],
  ).toBeCloseTo(-1, 5);
  expect(
    cutViews(
      paint(8, 8, () => [255, 255, 255]),
      4,
      1,
    )[0],
  ).toBeCloseTo(1, 5);
});

test('the plain square of a picture of the very size is the picture itself', () => {
  const raster = paint(16, 16, (x, y) => [x * 16, y * 16, (x * y) % 256]);
  const values = cutViews(raster, 16, 3);
  for (let y = 0; y < 16; y += 1) {
    for (let x = 0; x < 16; x += 1) {
      const expected = [x * 16, y * 16, (x * y) % 256];
      expectPixel(pixelOf(values, 16, 1, x, y), expected);
      expectPixel(pixelOf(values, 16, 2, x, y), expected);
    }
  }
});

test('each view keeps its own part of a wide picture', () => {
  // Red marks what lies outside the centre square, green the frame that the centre crop leaves.
  const raster = paint(64, 32, (x, y) => {
    if (x < 16 || x >= 48) return [255, 0, 0];
    if (x < 18 || x >= 46 || y < 2 || y >= 30) return [0, 255, 0];
    return [0, 0, 255];
  });
  const size = 28;
  const values = cutViews(raster, size, 3);
  const middle = size / 2;
  for (let view = 0; view < 3; view += 1) {
    expectPixel(pixelOf(values, size, view, middle, middle), [0, 0, 255]);
  }
  expectPixel(pixelOf(values, size, 0, 0, middle), [0, 0, 255]);
  expectPixel(pixelOf(values, size, 1, 0, middle), [255, 0, 0]);
  const [red = Number.NaN, green = Number.NaN] = pixelOf(values, size, 2, 0, middle);
  expect(green).toBeGreaterThan(200);
  expect(red).toBeLessThan(40);
});

test('halving averages as the triangle filter of Pillow does', () => {
  // By Pillow's formula a reduction by 2 has the weights 1/8, 3/8, 3/8, 1/8: 255 / 8 = 31.875.
  const raster = paint(8, 8, (x) => (x < 4 ? [0, 0, 0] : [255, 255, 255]));
  const values = cutViews(raster, 4, 2);
  const row = [0, 1, 2, 3].map((x) => pixelOf(values, 4, 1, x, 2)[0] ?? Number.NaN);
  [0, 31.875, 223.125, 255].forEach((expected, x) => {
    expect(row[x]).toBeCloseTo(expected, 3);
  });
});

test('a fine pattern becomes grey, not a coarse pattern', () => {
  const raster = paint(256, 256, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
  const values = cutViews(raster, 64, 2);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values.subarray(64 * 64 * 3)) expect(Math.abs(value)).toBeLessThan(0.02);
});

test('transparency shows white, and the colour of invisible pixels does not bleed in', () => {
  const raster = paint(20, 20, (x) => (x < 10 ? [0, 0, 0, 0] : [200, 100, 0, 128]));
  const values = cutViews(raster, 10, 2);
  const opacity = 128 / 255;
  expectPixel(pixelOf(values, 10, 1, 1, 5), [255, 255, 255]);
  expectPixel(pixelOf(values, 10, 1, 8, 5), [200 * opacity + 127, 100 * opacity + 127, 127]);
});

test.each([
  [1, 1],
  [1, 300],
  [1024, 2],
  [3, 5],
])('a %i x %i picture gives finite values', (width, height) => {
  const values = cutViews(
    paint(width, height, () => ORANGE),
    224,
    3,
  );
  expect(values).toHaveLength(3 * 224 * 224 * 3);
  expect(values.every((value) => value >= -1.0001 && value <= 1.0001)).toBe(true);
  expectPixel(pixelOf(values, 224, 1, 223, 223), ORANGE, 2);
});

test('mirrored pictures give mirrored views', () => {
  const noise = (x: number, y: number): Pixel => {
    const value = (x * 7919 + y * 104_729) % 256;
    return [value, value, value];
  };
  const plain = cutViews(paint(97, 61, noise), 32, 3);
  const mirrored = cutViews(
    paint(97, 61, (x, y) => noise(96 - x, y)),
    32,
    3,
  );
  for (let view = 0; view < 3; view += 1) {
    for (let x = 0; x < 32; x += 1) {
      expectPixel(pixelOf(mirrored, 32, view, 31 - x, 10), pixelOf(plain, 32, view, x, 10), 2);
    }
  }
});

test.each([
  [{ width: 0, height: 4, data: new Uint8ClampedArray(0) }],
  [{ width: 2, height: 2, data: new Uint8ClampedArray(15) }],
])('data that do not fit the size are refused', (raster) => {
  expect(() => cutViews(raster, 224, 1)).toThrow(RangeError);
});

test('a square picture squashed is its centre square: one crop for both views', () => {
  const square = paint(64, 64, (x, y) => [x * 4, y * 4, (x * y) % 256]);
  const { crops, cropOfView } = planViews(square, 3);
  expect(crops).toHaveLength(2);
  expect(cropOfView).toEqual([0, 1, 1]);
  const cut = cutCrops(square, 32, crops);
  const values = 32 * 32 * 3;
  expect(cut).toHaveLength(2 * values);
  const views = cutViews(square, 32, 3);
  expect(views.subarray(0, 2 * values)).toEqual(cut);
  expect(views.subarray(2 * values)).toEqual(cut.subarray(values));
});

test('no two views of another picture are the same', () => {
  for (const [width, height] of [
    [65, 64],
    [64, 300],
  ] as const) {
    const { crops, cropOfView } = planViews(
      paint(width, height, () => ORANGE),
      3,
    );
    expect(crops).toHaveLength(3);
    expect(cropOfView).toEqual([0, 1, 2]);
  }
});
