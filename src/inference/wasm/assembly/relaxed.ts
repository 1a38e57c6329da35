import { after, requantize } from './map';

/**
 * As `pointwise`, on codes of one byte by dot products of four bytes each.
 * @param codes `[pixel][depth]`, as the machine's product takes its second operand: uint8, or int8 less 128.
 * @param weights `[channels / 8][depth / 4][8][4]` int8, by `packFours`.
 * @param start `[channels]` int32. @param corrections `[pixel]` int32, by `sumPixels`; three behind the last are read.
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
  const codeRowBytes = <usize>depth;
  const panelBytes = <usize>depth * 8;
  const pixelBytes = <usize>channels;
  const ratios = f32x4.splat(ratio);
  for (let channel = 0; channel < channels; channel += 8) {
    const weightsEnd = weights + panelBytes;
    const startA = v128.load(start);
    const startB = v128.load(start, 16);
    let row = codes;
    let next = target;
    let correction = corrections;
    let x = 0;
    for (let pixel = 0; pixel < count; pixel += 4) {
      let code0 = row;
      let code1 = code0 + codeRowBytes;
      let code2 = code1 + codeRowBytes;
      let code3 = code2 + codeRowBytes;
      row = code3 + codeRowBytes;
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
        let weightA = v128.load(at, 0);
        let weightB = v128.load(at, 16);
        let four = v128.load32_splat(code0, 0);
        a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a0);
        b0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b0);
        four = v128.load32_splat(code1, 0);
        a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a1);
        b1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b1);
        four = v128.load32_splat(code2, 0);
        a2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a2);
        b2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b2);
        four = v128.load32_splat(code3, 0);
        a3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a3);
        b3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b3);
        weightA = v128.load(at, 32);
        weightB = v128.load(at, 48);
        four = v128.load32_splat(code0, 4);
        a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a0);
        b0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b0);
        four = v128.load32_splat(code1, 4);
        a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a1);
        b1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b1);
        four = v128.load32_splat(code2, 4);
        a2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a2);
        b2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b2);
        four = v128.load32_splat(code3, 4);
        a3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightA, four, a3);
        b3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(weightB, four, b3);
        code0 += 8;
        code1 += 8;
        code2 += 8;
        code3 += 8;
        at += 64;
      } while (at < weightsEnd);

      const left = count - pixel;
      v128.store64_lane(next, requantize(a0, b0, ratios), 0);
      next = after(next, ++x, width, pixelBytes);
      if (x == width) x = 0;
      if (left > 1) v128.store64_lane(next, requantize(a1, b1, ratios), 0);
      next = after(next, ++x, width, pixelBytes);
      if (x == width) x = 0;
      if (left > 2) v128.store64_lane(next, requantize(a2, b2, ratios), 0);
      next = after(next, ++x, width, pixelBytes);
      if (x == width) x = 0;
      if (left > 3) v128.store64_lane(next, requantize(a3, b3, ratios), 0);
      next = after(next, ++x, width, pixelBytes);
      if (x == width) x = 0;
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
