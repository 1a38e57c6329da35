import { requantize, storeTile } from './map';

/**
 * Pointwise convolution (a matrix product) of `count` pixels with bias and ReLU6, from rows of
 * codes into a map, whose rows are `width` pixels and a border of two.
 * @param codes `[pixel / 4][depth / 2][4][2]` int16; of the last four pixels all are read.
 * @param weights `[channels / 8][depth / 2][8][2]` int16, by `packPairs`.
 * @param start `[channels]` int32.
 * @param ratio scale of a sum over scale of an activation.
 * @param target where the first pixel goes, at the begin of a row.
 */
export function pointwisePairs(
  codes: usize,
  count: i32,
  depth: i32,
  weights: usize,
  start: usize,
  ratio: f32,
  channels: i32,
  target: usize,
  width: i32,
): void {
  const panelBytes = <usize>depth * 16;
  const pixelBytes = <usize>channels;
  const ratios = f32x4.splat(ratio);
  for (let channel = 0; channel < channels; channel += 8) {
    const weightsEnd = weights + panelBytes;
    const startA = v128.load(start);
    const startB = v128.load(start, 16);
    let code = codes;
    let next = target;
    let x = 0;
    for (let pixel = 0; pixel < count; pixel += 4) {
      let at = weights;
      let a0 = startA;
      let b0 = startB;
      let a1 = startA;
      let b1 = startB;
      let a2 = startA;
      let b2 = startB;
      let a3 = startA;
      let b3 = startB;
      // Not unrolled: the loads of several steps would come first, in more registers than there are.
      do {
        const weightA = v128.load(at, 0);
        const weightB = v128.load(at, 16);
        let pair = v128.load32_splat(code, 0);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(pair, weightA));
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code, 4);
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(pair, weightA));
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code, 8);
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(pair, weightA));
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(pair, weightB));
        pair = v128.load32_splat(code, 12);
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(pair, weightA));
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(pair, weightB));
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
