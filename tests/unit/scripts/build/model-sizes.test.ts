import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { modelSizes } from '../../../../scripts/build/model-sizes';
import { MODEL_INDEX_FILE, type ModelIndex } from '../../../../scripts/model/compiler/model-index';

test('both models are as large as MobileNetV1 is said to be, one byte a parameter but for biases', () => {
  const { accurate, fast } = modelSizes(
    JSON.parse(readFileSync(MODEL_INDEX_FILE, 'utf8')) as ModelIndex,
  );
  // Howard et al. 2017, arXiv:1704.04861, tables 6 and 7: 4.2 and 1.3 million.
  expect(accurate.parameters / 1e6).toBeCloseTo(4.2, 1);
  expect(fast.parameters / 1e6).toBeCloseTo(1.3, 1);
  for (const { bytes, parameters } of [accurate, fast]) {
    expect(bytes).toBeGreaterThan(parameters);
    expect(bytes).toBeLessThan(1.05 * parameters + 50_000);
  }
});
