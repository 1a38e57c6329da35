/** Cutting and counting on the kernels against the same in plain code, on pictures of many shapes. */
import { beforeEach, expect, test } from 'vitest';

import { seededRandom } from '../../../../scripts/calibration/drawings/random';
import { openKernels } from '../../../../scripts/model/model-in-node';
import { countPixels } from '../../../../src/core/look/pixel-counts';
import type { Raster } from '../../../../src/core/look/raster';
import { cutCrops, planViews, wholeCrop } from '../../../../src/core/look/views';
import {
  type KernelPictures,
  openKernelPictures,
} from '../../../../src/inference/wasm/view-cutter';
import type { Kernels } from '../../../../src/inference/wasm/kernels';

const SIDE = 28;
const PLACE = { address: 1024, rowBytes: (SIDE + 2) * 6 };
const START = 16_384;

let kernels: Kernels;
let pictures: KernelPictures;

beforeEach(async () => {
  kernels = await openKernels();
  pictures = openKernelPictures(kernels, START);
});

/** Shading, grain and a few flat patches, so that all that is counted occurs. */
function picture(width: number, height: number, isOpaque = true): Raster {
  const { whole } = seededRandom(width * 1000 + height);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const grain = x % 7 < 2 ? 0 : whole(0, y % 3 === 0 ? 60 : 6);
    const alpha = isOpaque ? 255 : whole(0, 255);
    data.set([(x * 3 + grain) % 256, (y * 2 + grain) % 256, grain, alpha], pixel * 4);
  }
  return { width, height, data };
}

const SHAPES: [width: number, height: number][] = [
  [1, 1],
  [1, 9],
  [9, 1],
  [5, 4],
  [33, 47],
  [64, 64],
  [97, 30],
  [341, 256],
  [1024, 21],
];

test.each(SHAPES)('counts in %i x %i pixels what plain code counts', (width, height) => {
  const raster = picture(width, height);
  expect(pictures.count(raster)).toEqual(countPixels(raster));
});

test('counts what is seen through over white', () => {
  const raster = picture(20, 20, false);
  expect(pictures.count(raster)).toEqual(countPixels(raster));
});

test('a difference at the border of flat and edge falls on the same side', () => {
  const values = [0, 2, 5, 29, 54, 54];
  const data = new Uint8ClampedArray(values.flatMap((value) => [0, 0, value, 255]));
  const raster = { width: values.length, height: 1, data };
  // Differences of 2, 3, 24, 25 and 0.
  expect(pictures.count(raster)).toMatchObject({ uneven: 3, edges: 1 });
  expect(countPixels(raster)).toMatchObject({ uneven: 3, edges: 1 });
});

test.each([true, false])('cuts views as plain code does, opaque: %s', (isOpaque) => {
  for (const [width, height] of SHAPES) {
    const raster = picture(width, height, isOpaque);
    const crops = [...planViews(raster, 3), wholeCrop(raster)];
    const expected = cutCrops(raster, SIDE, crops);
    crops.forEach((crop, view) => {
      const bytes = (SIDE + 1) * PLACE.rowBytes;
      new Int16Array(kernels.memory.buffer, PLACE.address - 6, bytes / 2).fill(777);
      pictures.cut(raster, crop, SIDE, PLACE);
      let difference = 0;
      for (let y = 0; y < SIDE; y += 1) {
        const row = new Int16Array(
          kernels.memory.buffer,
          PLACE.address + y * PLACE.rowBytes,
          PLACE.rowBytes / 2,
        );
        for (let value = 0; value < SIDE * 3; value += 1) {
          const plain = expected[(view * SIDE + y) * SIDE * 3 + value] ?? NaN;
          const exact = (plain + 1) * 127.5 - 128;
          difference = Math.max(difference, Math.abs((row[value] ?? NaN) - exact));
        }
        // What lies between two rows is the image's border.
        expect([...row.subarray(SIDE * 3)]).toEqual(Array.from({ length: 6 }, () => 777));
      }
      // The nearest byte, but for floats that are summed in another order.
      expect(difference).toBeLessThan(0.5001);
    });
  }
});

test('a picture beyond the memory makes it grow', () => {
  const raster = picture(700, 700);
  const before = kernels.memory.buffer.byteLength;
  expect(before).toBeLessThan(raster.data.length);
  expect(pictures.count(raster)).toEqual(countPixels(raster));
  expect(kernels.memory.buffer.byteLength).toBeGreaterThan(raster.data.length);
});
