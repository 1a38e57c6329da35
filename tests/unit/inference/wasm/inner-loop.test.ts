import { expect, test } from 'vitest';

import { chooseInnerLoop } from '../../../../src/inference/wasm/inner-loop';
import { MACHINES, relaxedOn } from '../../../fixtures/inference/byte-products';

const memory = { buffer: new ArrayBuffer(0) };

test.each([
  ['unsigned', 'unsigned-bytes', 'exact with uint8'],
  ['signed', 'signed-bytes', 'exact with int8'],
  ['saturating', 'words', 'products of bytes are not exact'],
] as const)('a machine whose products are %s computes by %s', (machine, loop, reason) => {
  expect(chooseInnerLoop(relaxedOn(MACHINES[machine], memory))).toEqual({ loop, reason });
});

test('what no machine gives, and a browser without the instruction, end in words', () => {
  const strange = relaxedOn((first, second) => (first[0] ?? 0) + (second[0] ?? 0), memory);
  expect(chooseInnerLoop(strange).loop).toBe('words');
  expect(chooseInnerLoop(null)).toEqual({ loop: 'words', reason: 'no relaxed SIMD' });
});
