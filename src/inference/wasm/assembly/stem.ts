import { relu6 } from './map';

/**
 * The first convolution: 3x3 with stride 2 over three channels, bias and ReLU6.
 * @param image rows of `[x][3]` f32 with a border; where the window of the first output pixel begins.
 * @param weights `[channels / 8][27][8]` f32. @param bias `[channels]` f32.
 * @param target the first pixel of the output map, inside its border.
 */
export function stem(
  image: usize,
  imageRowBytes: i32,
  side: i32,
  channels: i32,
  weights: usize,
  bias: usize,
  target: usize,
  planeBytes: i32,
  rowBytes: i32,
): void {
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
          const rowEnd = row + 36;
          let value = row;
          do {
            const weightA = v128.load(at, 0);
            const weightB = v128.load(at, 16);
            let splat = v128.load32_splat(value, 0);
            a0 = f32x4.add(a0, f32x4.mul(splat, weightA));
            b0 = f32x4.add(b0, f32x4.mul(splat, weightB));
            splat = v128.load32_splat(value, 24);
            a1 = f32x4.add(a1, f32x4.mul(splat, weightA));
            b1 = f32x4.add(b1, f32x4.mul(splat, weightB));
            splat = v128.load32_splat(value, 48);
            a2 = f32x4.add(a2, f32x4.mul(splat, weightA));
            b2 = f32x4.add(b2, f32x4.mul(splat, weightB));
            splat = v128.load32_splat(value, 72);
            a3 = f32x4.add(a3, f32x4.mul(splat, weightA));
            b3 = f32x4.add(b3, f32x4.mul(splat, weightB));
            value += 4;
            at += 32;
          } while (value < rowEnd);
          row += imageRowBytes;
        }
        // The last step may write pixels beyond the row: into the border, which is cleared later,
        // and into the next row, which comes later.
        v128.store(to, relu6(a0), 0);
        v128.store(to, relu6(a1), 16);
        v128.store(to, relu6(a2), 32);
        v128.store(to, relu6(a3), 48);
        const toB = to + planeBytes;
        v128.store(toB, relu6(b0), 0);
        v128.store(toB, relu6(b1), 16);
        v128.store(toB, relu6(b2), 32);
        v128.store(toB, relu6(b3), 48);
        from += 96;
        to += 64;
      }
    }
    weights += 27 * 32;
    bias += 32;
    target += 2 * <usize>planeBytes;
  }
}
