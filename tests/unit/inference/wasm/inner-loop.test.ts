import { expect, test } from 'vitest';

import { chooseInnerLoop } from '../../../../src/inference/wasm/inner-loop';
import { MACHINES, relaxedOn } from '../../../fixtures/inference/byte-products';

const memory = { buffer: new ArrayBuffer(0) };

test.each([
  ['unsigned', 'unsigned-bytes', 'simd-uint8'],
  ['signed', 'signed-bytes', 'simd-int8'],
  ['saturating', 'words', 'simd-inexact'],
] as const)('a machine whose products are %s computes by %s', (machine, loop, device) => {
  expect(chooseInnerLoop(relaxedOn(MACHINES[machine], memory))).toEqual({ loop, device });
});

test('what no machine gives, and a browser without the instruction, end in words', () => {
  const strange = relaxedOn((first, second) => (first[0] ?? 0) + (second[0] ?? 0), memory);
  expect(chooseInnerLoop(strange).loop).toBe('words');
  expect(chooseInnerLoop(null)).toEqual({ loop: 'words', device: 'simd-no-relaxed' });
});
