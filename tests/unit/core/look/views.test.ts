import { expect, test } from 'vitest';

import type { Raster } from '../../../../src/core/look/raster';
import { cutViews, planViews } from '../../../../src/core/look/views';

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

test('the squares of a picture of the very size are the picture itself, and its mirror image', () => {
  const raster = paint(16, 16, (x, y) => [x * 16, y * 16, (x * y) % 256]);
  const values = cutViews(raster, 16, 3);
  for (let y = 0; y < 16; y += 1) {
    for (let x = 0; x < 16; x += 1) {
      const expected = [x * 16, y * 16, (x * y) % 256];
      expectPixel(pixelOf(values, 16, 1, 15 - x, y), expected);
      expectPixel(pixelOf(values, 16, 2, x, y), expected);
    }
  }
});

test('each view keeps its own part of a wide picture', () => {
  // Red marks what lies outside the centre square, green the frame that the centre crop leaves, white
  // the left half of that frame.
  const raster = paint(128, 64, (x, y) => {
    if (x < 32 || x >= 96) return [255, 0, 0];
    if (x < 36) return [255, 255, 255];
    if (x >= 92 || y < 4 || y >= 60) return [0, 255, 0];
    return [0, 0, 255];
  });
  const size = 56;
  const values = cutViews(raster, size, 3);
  const middle = size / 2;
  for (let view = 0; view < 3; view += 1) {
    expectPixel(pixelOf(values, size, view, middle, middle), [0, 0, 255]);
  }
  const edges = [0, 1, 2].map((view) =>
    [0, size - 1].map((x) => pixelOf(values, size, view, x, middle).map((value) => value > 128)),
  );
  const [blue, green, white] = [
    [false, false, true],
    [false, true, false],
    [true, true, true],
  ];
  expect(edges).toEqual([
    [blue, blue],
    [green, white],
    [white, green],
  ]);
});

test('halving weighs as the Lanczos filter of Pillow does', () => {
  // Pillow 11, by its formula: the centre falls between two pixels, 1/4, 3/4 ... of a step away.
  const weigh = (x: number): number =>
    (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2;
  const weights = [0.25, 0.75, 1.25, 1.75, 2.25, 2.75].map(weigh);
  const total = 2 * weights.reduce((sum, weight) => sum + weight, 0);
  // Sixteen grey pixels, one of which is lighter: output 3 lies between source pixels 6 and 7.
  for (const [steps, weight] of weights.entries()) {
    const raster = paint(16, 16, (x) => (x === 7 + steps ? [150, 150, 150] : [100, 100, 100]));
    const values = cutViews(raster, 8, 3);
    const expected = 100 + (50 * weight) / total;
    expect(pixelOf(values, 8, 2, 3, 4)[0]).toBeCloseTo(expected, 3);
    expect(pixelOf(values, 8, 1, 4, 4)[0]).toBeCloseTo(expected, 3);
  }
});

test('what the filter overshoots at an edge is cut off where bytes end', () => {
  const raster = paint(16, 16, (x) => (x < 8 ? [0, 0, 0] : [255, 255, 255]));
  const values = cutViews(raster, 8, 3);
  expect(Math.max(...values)).toBe(1);
  expect(Math.min(...values)).toBe(-1);
});

test('a fine pattern becomes grey, not a coarse pattern', () => {
  const raster = paint(256, 256, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
  const values = cutViews(raster, 64, 2);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values.subarray(64 * 64 * 3)) expect(Math.abs(value)).toBeLessThan(0.02);
});

test('transparency shows white, and the colour of invisible pixels does not bleed in', () => {
  const raster = paint(20, 20, (x) => (x < 10 ? [0, 0, 0, 0] : [200, 100, 0, 128]));
  const values = cutViews(raster, 10, 3);
  const opacity = 128 / 255;
  expectPixel(pixelOf(values, 10, 2, 0, 5), [255, 255, 255]);
  expectPixel(pixelOf(values, 10, 2, 9, 5), [200 * opacity + 127, 100 * opacity + 127, 127]);
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

test.each([
  [64, 64],
  [65, 64],
  [64, 300],
])('no two views of a %i x %i picture are the same', (width, height) => {
  const crops = planViews(
    paint(width, height, () => ORANGE),
    3,
  );
  expect(new Set(crops.map((crop) => JSON.stringify(crop))).size).toBe(3);
  const [, mirrored, square] = crops;
  expect(mirrored).toEqual({ ...square, left: width / 2 + 32, width: -64 });
});
