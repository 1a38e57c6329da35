import { requantize, storeTile } from './map';

/**
 * As `pointwise`, on codes of one byte by dot products of four bytes each.
 * @param codes `[pixel / 4][depth / 4][4][4]`, as the machine's product takes its second operand: uint8, or int8
 *   less 128; of the last four pixels all are read.
 * @param weights `[channels / 8][depth / 4][8][4]` int8, by `packFours`.
 * @param start `[channels]` int32. @param corrections `[pixel]` int32, by `sumPixels`.
 */
export function pointwiseFours(
  codes: usize,
  count: i32,
  depth: i32,
  weights: usize,
  start: usize,
  corrections: usize,
  ratio: f32,
  channels: i32,
  target: usize,
  width: i32,
): void {
  const panelBytes = <usize>depth * 8;
  const pixelBytes = <usize>channels;
  const ratios = f32x4.splat(ratio);
  for (let channel = 0; channel < channels; channel += 8) {
    const weightsEnd = weights + panelBytes;
    const startA = v128.load(start);
    const startB = v128.load(start, 16);
    let code = codes;
    let next = target;
    let correction = corrections;
    let x = 0;
    for (let pixel = 0; pixel < count; pixel += 4) {
      let at = weights;
      const more0 = v128.load32_splat(correction, 0);
      let a0 = i32x4.add(startA, more0);
      let b0 = i32x4.add(startB, more0);
      const more1 = v128.load32_splat(correction, 4);
      let a1 = i32x4.add(startA, more1);
      let b1 = i32x4.add(startB, more1);
      const more2 = v128.load32_splat(correction, 8);
      let a2 = i32x4.add(startA, more2);
      let b2 = i32x4.add(startB, more2);
      const more3 = v128.load32_splat(correction, 12);
      let a3 = i32x4.add(startA, more3);
      let b3 = i32x4.add(startB, more3);
      correction += 16;
      do {
        const weightA = v128.load(at, 0);
        const weightB = v128.load(at, 16);
        let four = v128.load32_splat(code, 0);
        a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a0);
        b0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b0);
        four = v128.load32_splat(code, 4);
        a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a1);
        b1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b1);
        four = v128.load32_splat(code, 8);
        a2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a2);
        b2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b2);
        four = v128.load32_splat(code, 12);
        a3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a3);
        b3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b3);
        code += 16;
        at += 32;
      } while (at < weightsEnd);

      const first = requantize(a0, b0, ratios);
      const second = requantize(a1, b1, ratios);
      const third = requantize(a2, b2, ratios);
      const fourth = requantize(a3, b3, ratios);
      next = storeTile(next, x, count - pixel, width, pixelBytes, first, second, third, fourth);
      for (x += 4; x >= width; x -= width);
    }
    weights = weightsEnd;
    start += 32;
    target += 8;
  }
}

/** Four products of two bytes each, added as this machine adds them, of operands that are the same in all lanes. */
export function fourProducts(first: i32, second: i32): i32 {
  const sums = i32x4.relaxed_dot_i8x16_i7x16_add_s(
    i8x16.splat(<i8>first),
    i8x16.splat(<i8>second),
    i32x4.splat(0),
  );
  return i32x4.extract_lane(sums, 0);
}

/**
 * As `pointwiseFours`, by products of two bytes each, which are added up in 16 bits as long as the
 * weights allow: for processors whose products of four saturate.
 * @param codes `[pixel / 4][depth / 4][4][4]` uint8; of the last four pixels all are read.
 * @param weights, start, rests by `packChains`. @param chain products of four bytes in a chain.
 */
export function pointwiseChains(
  codes: usize,
  count: i32,
  depth: i32,
  weights: usize,
  chain: i32,
  start: usize,
  rests: usize,
  ratio: f32,
  channels: i32,
  target: usize,
  width: i32,
): void {
  const chainBytes = <usize>chain * 32;
  const panelBytes = <usize>(depth / (4 * chain)) * (32 + chainBytes);
  const pixelBytes = <usize>channels;
  const ratios = f32x4.splat(ratio);
  const ones = i16x8.splat(1);
  for (let channel = 0; channel < channels; channel += 8) {
    const weightsEnd = weights + panelBytes;
    const restsFirst = rests + 4;
    const restsEnd = restsFirst + <usize>load<i32>(rests);
    const startA = v128.load(start);
    const startB = v128.load(start, 16);
    let code = codes;
    let next = target;
    let x = 0;
    for (let pixel = 0; pixel < count; pixel += 4) {
      const tile = code;
      let a0 = startA;
      let b0 = startB;
      let a1 = startA;
      let b1 = startB;
      let a2 = startA;
      let b2 = startB;
      let a3 = startA;
      let b3 = startB;
      let at = weights;
      do {
        const offsetA = v128.load(at, 0);
        const offsetB = v128.load(at, 16);
        let chainA0 = offsetA;
        let chainB0 = offsetB;
        let chainA1 = offsetA;
        let chainB1 = offsetB;
        let chainA2 = offsetA;
        let chainB2 = offsetB;
        let chainA3 = offsetA;
        let chainB3 = offsetB;
        at += 32;
        const chainEnd = at + chainBytes;
        do {
          const weightA = v128.load(at, 0);
          const weightB = v128.load(at, 16);
          let four = v128.load32_splat(code, 0);
          chainA0 = i16x8.add(chainA0, i16x8.relaxed_dot_i8x16_i7x16_s(weightA, four));
          chainB0 = i16x8.add(chainB0, i16x8.relaxed_dot_i8x16_i7x16_s(weightB, four));
          four = v128.load32_splat(code, 4);
          chainA1 = i16x8.add(chainA1, i16x8.relaxed_dot_i8x16_i7x16_s(weightA, four));
          chainB1 = i16x8.add(chainB1, i16x8.relaxed_dot_i8x16_i7x16_s(weightB, four));
          four = v128.load32_splat(code, 8);
          chainA2 = i16x8.add(chainA2, i16x8.relaxed_dot_i8x16_i7x16_s(weightA, four));
          chainB2 = i16x8.add(chainB2, i16x8.relaxed_dot_i8x16_i7x16_s(weightB, four));
          four = v128.load32_splat(code, 12);
          chainA3 = i16x8.add(chainA3, i16x8.relaxed_dot_i8x16_i7x16_s(weightA, four));
          chainB3 = i16x8.add(chainB3, i16x8.relaxed_dot_i8x16_i7x16_s(weightB, four));
          code += 16;
          at += 32;
        } while (at < chainEnd);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(chainA0, ones));
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(chainB0, ones));
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(chainA1, ones));
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(chainB1, ones));
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(chainA2, ones));
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(chainB2, ones));
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(chainA3, ones));
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(chainB3, ones));
      } while (at < weightsEnd);
      for (let rest = restsFirst; rest < restsEnd; rest += 36) {
        const inputs = tile + <usize>load<i32>(rest) * 4;
        const weightA = v128.load(rest, 4);
        const weightB = v128.load(rest, 20);
        let four = v128.load32_splat(inputs, 0);
        a0 = i32x4.add(a0, restProducts(weightA, four));
        b0 = i32x4.add(b0, restProducts(weightB, four));
        four = v128.load32_splat(inputs, 4);
        a1 = i32x4.add(a1, restProducts(weightA, four));
        b1 = i32x4.add(b1, restProducts(weightB, four));
        four = v128.load32_splat(inputs, 8);
        a2 = i32x4.add(a2, restProducts(weightA, four));
        b2 = i32x4.add(b2, restProducts(weightB, four));
        four = v128.load32_splat(inputs, 12);
        a3 = i32x4.add(a3, restProducts(weightA, four));
        b3 = i32x4.add(b3, restProducts(weightB, four));
      }

      const first = requantize(a0, b0, ratios);
      const second = requantize(a1, b1, ratios);
      const third = requantize(a2, b2, ratios);
      const fourth = requantize(a3, b3, ratios);
      next = storeTile(next, x, count - pixel, width, pixelBytes, first, second, third, fourth);
      for (x += 4; x >= width; x -= width);
    }
    weights = weightsEnd;
    rests = restsEnd;
    start += 32;
    target += 8;
  }
}

/** Products of four bytes each, added up. */
function restProducts(weights: v128, fours: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_s(i16x8.relaxed_dot_i8x16_i7x16_s(weights, fours));
}

/** Two products of two bytes each, added as this machine adds them, of operands that are the same in all lanes. */
export function twoProducts(first: i32, second: i32): i32 {
  const sums = i16x8.relaxed_dot_i8x16_i7x16_s(i8x16.splat(<i8>first), i8x16.splat(<i8>second));
  return i16x8.extract_lane_s(sums, 0);
}
