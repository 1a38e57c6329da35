import { webcrypto } from 'node:crypto';

import { expect, test } from 'vitest';

import {
  type LookContext,
  lookKey,
  pictureHash,
  pictureSize,
} from '../../../../src/core/look/cache-key';
import type { Raster } from '../../../../src/core/look/raster';

const digest = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  webcrypto.subtle.digest('SHA-256', bytes);
const context: LookContext = {
  variant: 'accurate',
  weightsSha256: 'ab'.repeat(32),
  views: 3,
};
const raster = { width: 2, height: 1, data: new Uint8ClampedArray([1, 2, 3, 4, 5, 6, 7, 8]) };

const keyOf = async (picture: Raster, its: LookContext): Promise<string> =>
  lookKey(await pictureHash(picture, digest), its);

test('the same picture has the same key', async () => {
  const copy = { ...raster, data: new Uint8ClampedArray(raster.data) };
  expect(await keyOf(copy, context)).toBe(await keyOf(raster, context));
});

test.each([
  ['a pixel', { ...raster, data: new Uint8ClampedArray([1, 2, 3, 4, 5, 6, 7, 9]) }, context],
  ['the shape', { ...raster, width: 1, height: 2 }, context],
  ['the views', raster, { ...context, views: 1 as const }],
  ['the model', raster, { ...context, weightsSha256: 'cd'.repeat(32) }],
  ['the variant', raster, { ...context, variant: 'fast' as const }],
])('another key with %s changed', async (_what, changedRaster, changedContext) => {
  expect(await keyOf(changedRaster, changedContext)).not.toBe(await keyOf(raster, context));
});

test('a picture is named with its size', async () => {
  expect(pictureSize(await pictureHash(raster, digest))).toEqual({ width: 2, height: 1 });
  expect(() => pictureSize('cat.jpg')).toThrow(RangeError);
});
