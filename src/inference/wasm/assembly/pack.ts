/**
 * Brings the stored weights of a pointwise convolution into the order in which it reads them, and
 * takes their zero point off. `depth` is even, `channels` a multiple of 8.
 * @param source `[depth][channels]` uint8.
 * @param target `[channels / 8][depth / 2][8][2]` int16.
 * @param start `[channels]` int32: 32768 times the sum of the weights, modulo 2^32.
 * @returns the largest sum of a channel's weights of one sign, without the sign.
 */
export function packPointwise(
  source: usize,
  depth: i32,
  channels: i32,
  zeroPoint: i32,
  target: usize,
  start: usize,
): i32 {
  const zero = i16x8.splat(<i16>zeroPoint);
  let largest = i32x4.splat(0);
  for (let channel = 0; channel < channels; channel += 8) {
    let from = source + channel;
    let positiveA = i32x4.splat(0);
    let positiveB = i32x4.splat(0);
    let sumA = i32x4.splat(0);
    let sumB = i32x4.splat(0);
    for (let input = 0; input < depth; input += 2) {
      const first = i16x8.sub(v128.load8x8_u(from), zero);
      from += channels;
      const second = i16x8.sub(v128.load8x8_u(from), zero);
      from += channels;
      const pairsA = v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
      const pairsB = v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
      v128.store(target, pairsA, 0);
      v128.store(target, pairsB, 16);
      target += 32;
      positiveA = i32x4.add(positiveA, positiveSums(pairsA));
      positiveB = i32x4.add(positiveB, positiveSums(pairsB));
      sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(pairsA, i16x8.splat(1)));
      sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(pairsB, i16x8.splat(1)));
    }
    v128.store(start, i32x4.shl(sumA, 15), 0);
    v128.store(start, i32x4.shl(sumB, 15), 16);
    start += 32;
    largest = i32x4.max_s(largest, i32x4.max_s(positiveA, i32x4.sub(positiveA, sumA)));
    largest = i32x4.max_s(largest, i32x4.max_s(positiveB, i32x4.sub(positiveB, sumB)));
  }
  return max(
    max(i32x4.extract_lane(largest, 0), i32x4.extract_lane(largest, 1)),
    max(i32x4.extract_lane(largest, 2), i32x4.extract_lane(largest, 3)),
  );
}

/** Of each pair, what is positive, added. */
function positiveSums(pairs: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.max_s(pairs, i16x8.splat(0)), i16x8.splat(1));
}

/**
 * Brings the stored weights of the classifier into the order in which it reads them.
 * @param source `[depth][outputs]` uint8.
 * @param target `[outputs / 16][depth][16]` uint8, zeros before.
 */
export function packDense(source: usize, depth: i32, outputs: i32, target: usize): void {
  const wholeBlocks = outputs & ~15;
  for (let input = 0; input < depth; input++) {
    let to = target + <usize>input * 16;
    for (let output = 0; output < wholeBlocks; output += 16) {
      v128.store(to, v128.load(source + output));
      to += <usize>depth * 16;
    }
    memory.copy(to, source + wholeBlocks, outputs - wholeBlocks);
    source += outputs;
  }
}

/**
 * Stored weights in real units, the channels of a group together.
 * @param source `[taps][channels]` uint8. @param target `[channels / group][taps][group]` f32.
 */
export function packFloats(
  source: usize,
  taps: i32,
  channels: i32,
  group: i32,
  zeroPoint: i32,
  scale: f64,
  target: usize,
): void {
  for (let first = 0; first < channels; first += group) {
    for (let tap = 0; tap < taps; tap++) {
      const from = source + tap * channels + first;
      for (let channel = 0; channel < group; channel++) {
        store<f32>(target, <f32>(scale * <f64>(<i32>load<u8>(from + channel) - zeroPoint)));
        target += 4;
      }
    }
  }
}
