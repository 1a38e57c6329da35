/**
 * The mean of each channel over a map, in real units, `[channels]` f32.
 * @param map its first pixel, inside the border; `[side][side + 2][channels]` uint8.
 * @param scale of an activation.
 */
export function mean(map: usize, channels: i32, side: i32, scale: f32, embedding: usize): void {
  const share = f32x4.splat(scale / <f32>(side * side));
  const pixelBytes = <usize>channels;
  for (let channel = 0; channel < channels; channel += 8) {
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    let at = map;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const values = v128.load8x8_u(at);
        low = i32x4.add(low, i32x4.extend_low_i16x8_u(values));
        high = i32x4.add(high, i32x4.extend_high_i16x8_u(values));
        at += pixelBytes;
      }
      at += 2 * pixelBytes;
    }
    v128.store(embedding, f32x4.mul(f32x4.convert_i32x4_s(low), share), 0);
    v128.store(embedding, f32x4.mul(f32x4.convert_i32x4_s(high), share), 16);
    embedding += 32;
    map += 8;
  }
}

/**
 * The classifier: `outputs` sums over `depth` inputs, with bias.
 * @param weights `[outputs / 16][depth][16]` uint8. @param bias `[outputs]` f32, `outputs` rounded up to 16.
 */
export function dense(
  embedding: usize,
  depth: i32,
  weights: usize,
  zeroPoint: i32,
  scale: f32,
  bias: usize,
  outputs: i32,
  logits: usize,
): void {
  const zero = i16x8.splat(<i16>zeroPoint);
  const units = f32x4.splat(scale);
  const end = embedding + <usize>depth * 4;
  for (let output = 0; output < outputs; output += 16) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    for (let at = embedding; at < end; at += 4) {
      const value = v128.load32_splat(at);
      const bytes = v128.load(weights);
      const low = i16x8.sub(i16x8.extend_low_i8x16_u(bytes), zero);
      const high = i16x8.sub(i16x8.extend_high_i8x16_u(bytes), zero);
      sum0 = f32x4.add(
        sum0,
        f32x4.mul(value, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(low))),
      );
      sum1 = f32x4.add(
        sum1,
        f32x4.mul(value, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(low))),
      );
      sum2 = f32x4.add(
        sum2,
        f32x4.mul(value, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(high))),
      );
      sum3 = f32x4.add(
        sum3,
        f32x4.mul(value, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(high))),
      );
      weights += 16;
    }
    v128.store(logits, f32x4.add(f32x4.mul(sum0, units), v128.load(bias, 0)), 0);
    v128.store(logits, f32x4.add(f32x4.mul(sum1, units), v128.load(bias, 16)), 16);
    v128.store(logits, f32x4.add(f32x4.mul(sum2, units), v128.load(bias, 32)), 32);
    v128.store(logits, f32x4.add(f32x4.mul(sum3, units), v128.load(bias, 48)), 48);
    logits += 64;
    bias += 64;
  }
}
