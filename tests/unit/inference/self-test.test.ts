import { expect, test } from 'vitest';

import {
  isSelfTestPassed,
  selfTestDifference,
  selfTestInput,
} from '../../../src/inference/self-test';

test('the input is deterministic, of the right size and within [-1, 1]', () => {
  const input = selfTestInput(224);
  expect(input).toHaveLength(224 * 224 * 3);
  expect(input[0]).toBe(-1);
  expect(input[1]).toBeCloseTo(((7919 % 255) - 127.5) / 127.5, 6);
  expect(Math.min(...input.subarray(0, 1000))).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...input.subarray(0, 1000))).toBeLessThanOrEqual(1);
  expect(selfTestInput(160)).toEqual(input.slice(0, 160 * 160 * 3));
});

test.each([
  ['zeros', new Float32Array(1001)],
  ['NaN', new Float32Array(1001).fill(Number.NaN)],
  ['nothing', new Float32Array(0)],
])('%s fail on every backend', (_name, logits) => {
  const difference = selfTestDifference({ logits: [logits], embeddings: [] }, 'accurate');
  expect(isSelfTestPassed(difference, 'wasm')).toBe(false);
  expect(isSelfTestPassed(difference, 'webgl')).toBe(false);
});

test('a GPU may be off by what 16 bits make, wasm may not', () => {
  expect(isSelfTestPassed(0.1, 'webgpu')).toBe(true);
  expect(isSelfTestPassed(0.1, 'wasm')).toBe(false);
  expect(isSelfTestPassed(1, 'webgl')).toBe(false);
});
