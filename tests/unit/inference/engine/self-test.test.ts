import { expect, test } from 'vitest';

import { cutCrops } from '../../../../src/core/look/views';
import {
  isSelfTestPassed,
  selfTestDifference,
  selfTestInput,
} from '../../../../src/inference/engine/self-test';

test('the model sees coarse noise, the same whatever its input size, within [-1, 1]', () => {
  const { raster, crop } = selfTestInput(224);
  const input = cutCrops(raster, 224, [crop]);
  expect(input).toHaveLength(224 * 224 * 3);
  expect(input[0]).toBe(-1);
  [1, 2, 3, 1000, 150_527].forEach((i) => {
    expect(input[i]).toBeCloseTo(((i * 7919) % 255) / 127.5 - 1, 6);
  });
  const small = selfTestInput(160);
  expect(cutCrops(small.raster, 160, [small.crop])).toEqual(input.slice(0, 160 * 160 * 3));
});

test.each([
  ['zeros', new Float32Array(1001)],
  ['NaN', new Float32Array(1001).fill(Number.NaN)],
  ['nothing', new Float32Array(0)],
])('%s fail on every backend', (_name, logits) => {
  for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) {
    const difference = selfTestDifference(
      { logits: [logits], embeddings: [] },
      backend,
      'accurate',
    );
    expect(isSelfTestPassed(difference, backend)).toBe(false);
  }
});

test('a GPU may be off by what 16 bits make, wasm may not', () => {
  expect(isSelfTestPassed(0.1, 'webgpu')).toBe(true);
  expect(isSelfTestPassed(0.01, 'wasm')).toBe(false);
  expect(isSelfTestPassed(1, 'webgl')).toBe(false);
});
