/**
 * Brings the stored weights of a pointwise convolution into the order in which 16-bit products read
 * them, and takes their zero point off. `depth` is even, `channels` a multiple of 8.
 * @param source `[depth][channels]` uint8.
 * @param target `[channels / 8][depth / 2][8][2]` int16.
 */
export function packPairs(
  source: usize,
  depth: i32,
  channels: i32,
  zeroPoint: i32,
  target: usize,
): void {
  const zero = i16x8.splat(<i16>zeroPoint);
  for (let channel = 0; channel < channels; channel += 8) {
    let from = source + channel;
    for (let input = 0; input < depth; input += 2) {
      const first = i16x8.sub(v128.load8x8_u(from), zero);
      from += channels;
      const second = i16x8.sub(v128.load8x8_u(from), zero);
      from += channels;
      v128.store(target, v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11), 0);
      v128.store(target, v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15), 16);
      target += 32;
    }
  }
}

/**
 * Brings the stored weights of a pointwise convolution into the order in which 8-bit products read
 * them, less 128. `depth` is a multiple of 4, `channels` of 8.
 * @param source `[depth][channels]` uint8.
 * @param target `[channels / 8][depth / 4][8][4]` int8.
 * @param sums `[channels]` int32: of the weights less 128.
 */
export function packFours(
  source: usize,
  depth: i32,
  channels: i32,
  target: usize,
  sums: usize,
): void {
  const flip = i8x16.splat(-128);
  for (let channel = 0; channel < channels; channel += 8) {
    let from = source + channel;
    let sumA = i32x4.splat(0);
    let sumB = i32x4.splat(0);
    for (let input = 0; input < depth; input += 4) {
      const first = v128.load64_zero(from);
      from += channels;
      const second = v128.load64_zero(from);
      from += channels;
      const third = v128.load64_zero(from);
      from += channels;
      const fourth = v128.load64_zero(from);
      from += channels;
      const upper = interleave(first, second);
      const lower = interleave(third, fourth);
      const foursA = v128.xor(v128.shuffle<i16>(upper, lower, 0, 8, 1, 9, 2, 10, 3, 11), flip);
      const foursB = v128.xor(v128.shuffle<i16>(upper, lower, 4, 12, 5, 13, 6, 14, 7, 15), flip);
      v128.store(target, foursA, 0);
      v128.store(target, foursB, 16);
      target += 32;
      sumA = i32x4.add(sumA, sumsOfFours(foursA));
      sumB = i32x4.add(sumB, sumsOfFours(foursB));
    }
    v128.store(sums, sumA, 0);
    v128.store(sums, sumB, 16);
    sums += 32;
  }
}

/** The lower bytes of two, in turn. */
function interleave(even: v128, odd: v128): v128 {
  return v128.shuffle<i8>(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function sumsOfFours(values: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_s(values));
}

/**
 * What the sums of each pixel's channels make up for in 8-bit products: `factor` times the sum.
 * @param codes `[pixel / 4][depth / 4][4][4]` bytes, combined with `flip` by exclusive or.
 * @param corrections `[count]` int32, and up to three more.
 */
export function sumPixels(
  codes: usize,
  count: i32,
  depth: i32,
  flip: i32,
  factor: i32,
  corrections: usize,
): void {
  const flips = i8x16.splat(<i8>flip);
  const factors = i32x4.splat(factor);
  for (let pixel = 0; pixel < count; pixel += 4) {
    let sums = i32x4.splat(0);
    for (const end = codes + 4 * <usize>depth; codes < end; codes += 16) {
      const bytes = v128.xor(v128.load(codes), flips);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
    }
    v128.store(corrections, i32x4.mul(sums, factors));
    corrections += 16;
  }
}

/**
 * Brings the stored weights of a depthwise 3x3 convolution into the order in which it reads them, and
 * takes their zero point off.
 * @param source `[3][3][channels]` uint8.
 * @param target `[channels / 8][3]` of: the upper two taps of the column in turn `[8][2]`, the lowest
 *   and a zero `[8][2]`; int16.
 */
export function packDepthwise(source: usize, channels: i32, zeroPoint: i32, target: usize): void {
  const zero = i16x8.splat(<i16>zeroPoint);
  const none = i16x8.splat(0);
  const row: usize = 3 * <usize>channels;
  for (let channel = 0; channel < channels; channel += 8) {
    let from = source + channel;
    for (let column = 0; column < 3; column++) {
      const upper = i16x8.sub(v128.load8x8_u(from), zero);
      const middle = i16x8.sub(v128.load8x8_u(from + row), zero);
      const lower = i16x8.sub(v128.load8x8_u(from + 2 * row), zero);
      v128.store(target, v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11), 0);
      v128.store(target, v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15), 16);
      v128.store(target, v128.shuffle<i16>(lower, none, 0, 8, 1, 9, 2, 10, 3, 11), 32);
      v128.store(target, v128.shuffle<i16>(lower, none, 4, 12, 5, 13, 6, 14, 7, 15), 48);
      target += 64;
      from += channels;
    }
  }
}

/**
 * Brings the stored weights of the stem into the order in which it reads them, and takes their zero
 * point off: of each row of nine taps five pairs, the last with a zero.
 * @param source `[3][9][channels]` uint8. @param target `[channels / 8][3][5][8][2]` int16.
 */
export function packStem(source: usize, channels: i32, zeroPoint: i32, target: usize): void {
  const zero = i16x8.splat(<i16>zeroPoint);
  for (let channel = 0; channel < channels; channel += 8) {
    let from = source + channel;
    for (let row = 0; row < 3; row++) {
      for (let pair = 0; pair < 5; pair++) {
        const first = i16x8.sub(v128.load8x8_u(from), zero);
        from += channels;
        let second = i16x8.splat(0);
        if (pair < 4) {
          second = i16x8.sub(v128.load8x8_u(from), zero);
          from += channels;
        }
        v128.store(target, v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11), 0);
        v128.store(target, v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15), 16);
        target += 32;
      }
    }
  }
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
