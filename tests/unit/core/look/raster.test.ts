import { expect, test } from 'vitest';

import { travelSize } from '../../../../src/core/look/raster';

test.each([
  [299, 299, 299, 299],
  [400, 300, 400, 300], // hardly larger
  [320, 323, 320, 323],
  [324, 324, 299, 299],
  [1200, 300, 1024, 256],
  [4000, 3000, 399, 299],
  [3000, 4000, 299, 399],
  [100, 80, 100, 80], // never enlarged
  [8000, 800, 1024, 102], // a ribbon is held by its long side
  [5000, 1, 1024, 1],
])('%i x %i travels as %i x %i', (width, height, expectedWidth, expectedHeight) => {
  expect(travelSize(width, height)).toEqual({ width: expectedWidth, height: expectedHeight });
});
