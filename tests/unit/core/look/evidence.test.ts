import { expect, test } from 'vitest';

import {
  logOdds,
  photoEvidence,
  photoScore,
  pixelEvidence,
} from '../../../../src/core/look/evidence';
import { countPixels } from '../../../../src/core/look/pixel-counts';
import type { Raster } from '../../../../src/core/look/raster';

type Colour = readonly [red: number, green: number, blue: number, alpha?: number];

function raster(width: number, height: number, colourAt: (x: number, y: number) => Colour): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha = 255] = colourAt(x, y);
      data.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

const flat = raster(16, 16, () => [40, 80, 120]);
const checks = raster(16, 16, (x, y) => ((x + y) % 2 ? [0, 0, 0] : [255, 255, 255]));
const shaded = raster(16, 16, (x, y) => [x * 8, y * 8, 100]);

test('a flat picture has no texture, and its one colour is a palette', () => {
  expect(photoEvidence(pixelEvidence(countPixels(flat)), [])).toEqual({
    texture: 0,
    softness: 0,
    palette: 1,
    asleep: 0,
  });
});

test('outlines are edges, shading is texture', () => {
  expect(photoEvidence(pixelEvidence(countPixels(checks)), [])).toMatchObject({
    texture: 0,
    softness: 0,
  });
  expect(photoEvidence(pixelEvidence(countPixels(shaded)), [])).toMatchObject({
    texture: 1,
    softness: 1,
  });
});

test('a textured thing before a plain backdrop keeps its softness', () => {
  const product = raster(32, 32, (x, y) =>
    x >= 12 && x < 20 && y >= 12 && y < 20 ? [(x * 15) % 256, (y * 9) % 256, 90] : [255, 255, 255],
  );
  const { texture, softness } = photoEvidence(pixelEvidence(countPixels(product)), []);
  expect(texture).toBeLessThan(0.2);
  expect(softness).toBeGreaterThan(0.7);
});

test('two colours are a palette, many shades are not', () => {
  expect(photoEvidence(pixelEvidence(countPixels(checks)), []).palette).toBe(1);
  expect(photoEvidence(pixelEvidence(countPixels(shaded)), []).palette).toBeLessThan(0.4);
});

test('what is transparent counts as white', () => {
  const clear = raster(8, 8, (x) => (x < 4 ? [0, 0, 0, 0] : [255, 255, 255]));
  expect(photoEvidence(pixelEvidence(countPixels(clear)), [])).toMatchObject({
    softness: 0,
    palette: 1,
  });
});

test('sleeping features are counted over all views', () => {
  const views = [Float32Array.of(0, 0.01, 2, 3), Float32Array.of(1, 1, 1, 0)];
  expect(photoEvidence(pixelEvidence(countPixels(flat)), views).asleep).toBe(3 / 8);
});

test('log odds stay finite', () => {
  expect(logOdds(0.5)).toBe(0);
  expect(logOdds(0)).toBeCloseTo(-Math.log(999));
  expect(logOdds(1)).toBeCloseTo(Math.log(999));
});

test('the score is linear in log odds', () => {
  const model = { bias: 1, texture: 2, softness: 0, palette: -1, asleep: 0 };
  const evidence = { texture: 0.5, softness: 0.9, palette: 0.8, asleep: 0.2 };
  expect(photoScore(evidence, model)).toBeCloseTo(1 - Math.log(4));
});
