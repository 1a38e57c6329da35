import type { CpuDevice } from '../../core/engine-status';
import type { RelaxedKernels } from './kernels';

/**
 * How pointwise sums are computed. All ways give the same integers; which is quickest, and which are
 * right at all, depends on the processor.
 * - `unsigned-bytes`: products of four bytes, where the second operand counts as uint8 (x86 with VNNI);
 * - `signed-bytes`: the same, where it counts as int8 (ARM);
 * - `byte-pairs`: products of two bytes, of which four saturate at 16 bits (x86 without VNNI), so that the
 *   weights must not let two do so;
 * - `words`: products of two 16-bit integers, on every machine.
 */
export type InnerLoop = 'unsigned-bytes' | 'signed-bytes' | 'byte-pairs' | 'words';

export interface InnerLoopChoice {
  loop: InnerLoop;
  /** Why, for the engine's status. */
  device: CpuDevice;
}

/** Bytes whose four products neither saturate nor are alike in the two readings, but where both agree. */
const OPERANDS: readonly (readonly [first: number, second: number])[] = [
  [127, 255],
  [-128, 255],
  [-128, 128],
  [127, 127],
  [-1, 1],
];

/** The largest of which two products never saturate, where the second operand counts as uint8; two that show the reading. */
const PAIR_OPERANDS: readonly (readonly [first: number, second: number])[] = [
  [64, 255],
  [-64, 255],
  [127, 127],
  [-128, 127],
  [-1, 128],
];

function signed(byte: number): number {
  return (byte << 24) >> 24;
}

/**
 * Tells by a few products how this machine multiplies bytes: the relaxed instruction leaves open whether
 * the second operand has a sign and whether pairs saturate at 16 bits.
 * @param relaxed null where the browser does not compile it
 */
export function chooseInnerLoop(relaxed: RelaxedKernels | null): InnerLoopChoice {
  if (relaxed === null) return { loop: 'words', device: 'simd-no-relaxed' };
  const areAll = (read: (second: number) => number): boolean =>
    OPERANDS.every(
      ([first, second]) => relaxed.fourProducts(first, second) === 4 * first * read(second),
    );
  if (areAll((second) => second)) return { loop: 'unsigned-bytes', device: 'simd-uint8' };
  if (areAll(signed)) return { loop: 'signed-bytes', device: 'simd-int8' };
  const arePairs = PAIR_OPERANDS.every(
    ([first, second]) => relaxed.twoProducts(first, second) === 2 * first * second,
  );
  if (arePairs) return { loop: 'byte-pairs', device: 'simd-pairs' };
  return { loop: 'words', device: 'simd-inexact' };
}
