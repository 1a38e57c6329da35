import { PIXEL_BYTES, relu6 } from './map';

/** Four channels of one pixel: the exact integer sums to real units, bias, ReLU6. */
function store(target: usize, sums: v128, scale: v128, bias: v128): void {
  v128.store(target, relu6(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), scale), bias)));
}

/**
 * Pointwise convolution (a matrix product) of `count` pixels with bias and ReLU6, from rows of
 * codes into a map, whose rows are `width` pixels and a border of two.
 * @param codes `[pixel][depth]` int16; three pixels behind the last are read too.
 * @param weights `[channels / 8][depth / 2][8][2]` int16.
 * @param start `[channels]` int32: what makes up for the offset in the codes.
 * @param target where the first pixel goes, at the begin of a row.
 * @param spare two planes' room for what is computed for the pixels behind the last.
 */
export function pointwise(
  codes: usize,
  count: i32,
  depth: i32,
  weights: usize,
  start: usize,
  bias: usize,
  scale: f32,
  channels: i32,
  target: usize,
  planeBytes: i32,
  width: i32,
  spare: usize,
): void {
  const codeRowBytes = <usize>depth * 2;
  const panelBytes = <usize>depth * 16;
  const units = f32x4.splat(scale);
  for (let channel = 0; channel < channels; channel += 8) {
    const weightsEnd = weights + panelBytes;
    let row = codes;
    let next = target;
    let x = 0;
    for (let pixel = 0; pixel < count; pixel += 4) {
      let code0 = row;
      let code1 = code0 + codeRowBytes;
      let code2 = code1 + codeRowBytes;
      let code3 = code2 + codeRowBytes;
      row = code3 + codeRowBytes;
      let at = weights;
      const startA = v128.load(start);
      const startB = v128.load(start, 16);
      let a0 = startA;
      let b0 = startB;
      let a1 = startA;
      let b1 = startB;
      let a2 = startA;
      let b2 = startB;
      let a3 = startA;
      let b3 = startB;
      do {
        let weightA = v128.load(at, 0);
        let weightB = v128.load(at, 16);
        let pair = v128.load32_splat(code0, 0);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(pair, weightA));
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code1, 0);
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(pair, weightA));
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code2, 0);
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(pair, weightA));
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code3, 0);
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(pair, weightA));
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(pair, weightB));
        weightA = v128.load(at, 32);
        weightB = v128.load(at, 48);
        pair = v128.load32_splat(code0, 4);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(pair, weightA));
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code1, 4);
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(pair, weightA));
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code2, 4);
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(pair, weightA));
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code3, 4);
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(pair, weightA));
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(pair, weightB));
        weightA = v128.load(at, 64);
        weightB = v128.load(at, 80);
        pair = v128.load32_splat(code0, 8);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(pair, weightA));
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code1, 8);
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(pair, weightA));
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code2, 8);
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(pair, weightA));
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code3, 8);
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(pair, weightA));
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(pair, weightB));
        weightA = v128.load(at, 96);
        weightB = v128.load(at, 112);
        pair = v128.load32_splat(code0, 12);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(pair, weightA));
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code1, 12);
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(pair, weightA));
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code2, 12);
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(pair, weightA));
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code3, 12);
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(pair, weightA));
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(pair, weightB));
        code0 += 16;
        code1 += 16;
        code2 += 16;
        code3 += 16;
        at += 128;
      } while (at < weightsEnd);

      const biasA = v128.load(bias);
      const biasB = v128.load(bias, 16);
      const left = count - pixel;
      store(next, a0, units, biasA);
      store(next + planeBytes, b0, units, biasB);
      next = after(next, ++x, width);
      if (x == width) x = 0;
      const next1 = left > 1 ? next : spare;
      store(next1, a1, units, biasA);
      store(next1 + planeBytes, b1, units, biasB);
      next = after(next, ++x, width);
      if (x == width) x = 0;
      const next2 = left > 2 ? next : spare;
      store(next2, a2, units, biasA);
      store(next2 + planeBytes, b2, units, biasB);
      next = after(next, ++x, width);
      if (x == width) x = 0;
      const next3 = left > 3 ? next : spare;
      store(next3, a3, units, biasA);
      store(next3 + planeBytes, b3, units, biasB);
      next = after(next, ++x, width);
      if (x == width) x = 0;
    }
    weights = weightsEnd;
    start += 32;
    bias += 32;
    target += 2 * <usize>planeBytes;
  }
}

/** Where the next pixel goes: behind this one, or over the border into the next row. */
function after(pixel: usize, x: i32, width: i32): usize {
  return pixel + (x == width ? 3 * PIXEL_BYTES : PIXEL_BYTES);
}
