/** 1.5 * 2^23: a float this large has no digits behind the point, and its low bits are the integer. */
const ROUNDER: f32 = 12582912;
const ROUNDER_BITS: i32 = 0x4b400000;

/** The integers nearest to four floats below 2^22, the even one of two. */
export function nearest(values: v128): v128 {
  return i32x4.sub(f32x4.add(values, f32x4.splat(ROUNDER)), i32x4.splat(ROUNDER_BITS));
}

/** Integers as bytes, cut off at 0 and 255, in the lower half. */
export function narrow(low: v128, high: v128): v128 {
  const words = i16x8.narrow_i32x4_s(low, high);
  return i8x16.narrow_i16x8_u(words, words);
}

/**
 * The one rule by which sums become activations: the sum as a float, times the scales' ratio as a
 * float, to the nearest integer, the even one of two, cut off at 0 and 255, which is ReLU6.
 */
export function requantize(low: v128, high: v128, ratio: v128): v128 {
  return narrow(
    nearest(f32x4.mul(f32x4.convert_i32x4_s(low), ratio)),
    nearest(f32x4.mul(f32x4.convert_i32x4_s(high), ratio)),
  );
}

/** Zeroes the border of a map, `[side + 2][side + 2][channels]` uint8: another map lay there before. */
export function clearBorder(map: usize, channels: i32, side: i32): void {
  const pixelBytes = <usize>channels;
  const rowBytes = <usize>(side + 2) * pixelBytes;
  memory.fill(map, 0, rowBytes + pixelBytes);
  map += rowBytes;
  for (let y = 0; y < side; y++) {
    // The last pixel of this row and, behind it, the first of the next.
    memory.fill(map + rowBytes - pixelBytes, 0, 2 * pixelBytes);
    map += rowBytes;
  }
  memory.fill(map, 0, rowBytes);
}

/** Where the next pixel goes: behind this one, or over the border into the next row. */
function after(pixel: usize, x: i32, width: i32, pixelBytes: usize): usize {
  return pixel + (x == width ? 3 * pixelBytes : pixelBytes);
}

/**
 * Stores eight channels of four pixels, or of the `left` ones that there are, in a map.
 * @param next where the first goes, at `x` in its row.
 * @returns where the pixel behind them goes.
 */
export function storeTile(
  next: usize,
  x: i32,
  left: i32,
  width: i32,
  pixelBytes: usize,
  first: v128,
  second: v128,
  third: v128,
  fourth: v128,
): usize {
  v128.store64_lane(next, first, 0);
  next = after(next, ++x, width, pixelBytes);
  if (x == width) x = 0;
  if (left > 1) v128.store64_lane(next, second, 0);
  next = after(next, ++x, width, pixelBytes);
  if (x == width) x = 0;
  if (left > 2) v128.store64_lane(next, third, 0);
  next = after(next, ++x, width, pixelBytes);
  if (x == width) x = 0;
  if (left > 3) v128.store64_lane(next, fourth, 0);
  return after(next, ++x, width, pixelBytes);
}
