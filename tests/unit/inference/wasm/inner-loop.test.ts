import { expect, test } from 'vitest';

import { chooseInnerLoop } from '../../../../src/inference/wasm/inner-loop';
import { MACHINES, relaxedOn } from '../../../fixtures/inference/byte-products';

const INEXACT = { loop: 'words', device: 'simd-inexact' };
const memory = { buffer: new ArrayBuffer(0) };

test.each([
  ['unsigned', 'unsigned-bytes', 'simd-uint8'],
  ['signed', 'signed-bytes', 'simd-int8'],
  ['saturating', 'byte-pairs', 'simd-pairs'],
] as const)('a machine whose products are %s computes by %s', (machine, loop, device) => {
  expect(chooseInnerLoop(relaxedOn(MACHINES[machine], memory))).toEqual({ loop, device });
});

test('what no machine gives, and a browser without the instruction, end in words', () => {
  const strange = (first: readonly number[], second: readonly number[]): number =>
    (first[0] ?? 0) + (second[0] ?? 0);
  const { fours } = MACHINES.saturating;
  for (const machine of [
    { fours: strange, twos: strange },
    { fours, twos: strange },
    // Signed, and saturating: no processor that is known.
    { fours, twos: MACHINES.signed.twos },
  ]) {
    expect(chooseInnerLoop(relaxedOn(machine, memory))).toEqual(INEXACT);
  }
  // One that is strange in pairs alone is not slowed down by it.
  expect(
    chooseInnerLoop(relaxedOn({ fours: MACHINES.unsigned.fours, twos: strange }, memory)),
  ).toEqual({ loop: 'unsigned-bytes', device: 'simd-uint8' });
  expect(chooseInnerLoop(null)).toEqual({ loop: 'words', device: 'simd-no-relaxed' });
});
