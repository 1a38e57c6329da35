import { requantize } from './map';

/**
 * The first convolution: 3x3 with stride 2 over three channels, bias and ReLU6.
 * @param image rows of `[x][3]` int16 with a border; where the window of the first output pixel begins.
 * @param weights `[channels / 8][3][5][8][2]` int16, by `packStem`. @param bias `[channels]` int32.
 * @param ratio scale of a sum over scale of an activation.
 * @param target the first pixel of the output map, inside its border.
 */
export function stem(
  image: usize,
  imageRowBytes: i32,
  side: i32,
  channels: i32,
  weights: usize,
  bias: usize,
  ratio: f32,
  target: usize,
  rowBytes: i32,
): void {
  const ratios = f32x4.splat(ratio);
  const pixelBytes = <usize>channels;
  for (let channel = 0; channel < channels; channel += 8) {
    const startA = v128.load(bias);
    const startB = v128.load(bias, 16);
    for (let y = 0; y < side; y++) {
      let from = image + <usize>(2 * y) * imageRowBytes;
      let to = target + <usize>y * rowBytes;
      for (let x = 0; x < side; x += 4) {
        let a0 = startA;
        let b0 = startB;
        let a1 = startA;
        let b1 = startB;
        let a2 = startA;
        let b2 = startB;
        let a3 = startA;
        let b3 = startB;
        let row = from;
        let at = weights;
        for (let tapRow = 0; tapRow < 3; tapRow++) {
          const rowEnd = row + 20;
          let value = row;
          do {
            const weightA = v128.load(at, 0);
            const weightB = v128.load(at, 16);
            let pair = v128.load32_splat(value, 0);
            a0 = i32x4.add(a0, i32x4.dot_i16x8_s(pair, weightA));
            b0 = i32x4.add(b0, i32x4.dot_i16x8_s(pair, weightB));
            pair = v128.load32_splat(value, 12);
            a1 = i32x4.add(a1, i32x4.dot_i16x8_s(pair, weightA));
            b1 = i32x4.add(b1, i32x4.dot_i16x8_s(pair, weightB));
            pair = v128.load32_splat(value, 24);
            a2 = i32x4.add(a2, i32x4.dot_i16x8_s(pair, weightA));
            b2 = i32x4.add(b2, i32x4.dot_i16x8_s(pair, weightB));
            pair = v128.load32_splat(value, 36);
            a3 = i32x4.add(a3, i32x4.dot_i16x8_s(pair, weightA));
            b3 = i32x4.add(b3, i32x4.dot_i16x8_s(pair, weightB));
            value += 4;
            at += 32;
          } while (value < rowEnd);
          row += imageRowBytes;
        }
        // The last step may write pixels beyond the row: into the border, which is cleared later,
        // and into the next row, which comes later.
        v128.store64_lane(to, requantize(a0, b0, ratios), 0);
        v128.store64_lane(to + pixelBytes, requantize(a1, b1, ratios), 0);
        v128.store64_lane(to + 2 * pixelBytes, requantize(a2, b2, ratios), 0);
        v128.store64_lane(to + 3 * pixelBytes, requantize(a3, b3, ratios), 0);
        from += 48;
        to += 4 * pixelBytes;
      }
    }
    weights += 15 * 32;
    bias += 32;
    target += 8;
  }
}
