import { narrow, nearest } from './map';

/** The byte that the model takes for zero. */
const ZERO: i16 = 128;

/** One pixel's four channels over white; what is in the fourth lane means nothing. */
function overWhite(channels: v128, isOpaque: bool): v128 {
  const values = f32x4.convert_i32x4_u(channels);
  if (isOpaque) return values;
  const alpha = v128.shuffle<i32>(values, values, 3, 3, 3, 3);
  const full = f32x4.splat(255);
  return f32x4.add(f32x4.mul(values, f32x4.div(alpha, full)), f32x4.sub(full, alpha));
}

/**
 * Brings pixels of a row from bytes into floats, four at a time.
 * @param source RGBA. @param target `[pixels][3]` f32; up to three pixels more are written.
 */
function spreadRow(source: usize, pixels: i32, isOpaque: bool, target: usize): void {
  for (let x = 0; x < pixels; x += 4) {
    const bytes = v128.load(source);
    const low = i16x8.extend_low_i8x16_u(bytes);
    const high = i16x8.extend_high_i8x16_u(bytes);
    const a = overWhite(i32x4.extend_low_i16x8_u(low), isOpaque);
    const b = overWhite(i32x4.extend_high_i16x8_u(low), isOpaque);
    const c = overWhite(i32x4.extend_low_i16x8_u(high), isOpaque);
    const d = overWhite(i32x4.extend_high_i16x8_u(high), isOpaque);
    v128.store(target, v128.shuffle<i32>(a, b, 0, 1, 2, 4), 0);
    v128.store(target, v128.shuffle<i32>(b, c, 1, 2, 4, 5), 16);
    v128.store(target, v128.shuffle<i32>(c, d, 2, 4, 5, 6), 32);
    source += 16;
    target += 48;
  }
}

/**
 * Some rows weighed into one, sixteen values at a time.
 * @param ring rows of f32, `rowBytes` apart: row `y` is at `y & mask`. @param weights `[count]` f32.
 * @param row `[values]` f32; up to fifteen more are written.
 */
function weighRows(
  ring: usize,
  mask: i32,
  rowBytes: usize,
  first: i32,
  count: i32,
  weights: usize,
  values: i32,
  row: usize,
): void {
  const end = (<usize>values) << 2;
  for (let at: usize = 0; at < end; at += 64) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let tap = 0; tap < count; tap++) {
      const weight = v128.load32_splat(weights + ((<usize>tap) << 2));
      const from = ring + <usize>((first + tap) & mask) * rowBytes + at;
      a = f32x4.add(a, f32x4.mul(v128.load(from, 0), weight));
      b = f32x4.add(b, f32x4.mul(v128.load(from, 16), weight));
      c = f32x4.add(c, f32x4.mul(v128.load(from, 32), weight));
      d = f32x4.add(d, f32x4.mul(v128.load(from, 48), weight));
    }
    v128.store(row + at, a, 0);
    v128.store(row + at, b, 16);
    v128.store(row + at, c, 32);
    v128.store(row + at, d, 48);
  }
}

/**
 * One square view of a picture, resampled by rows and then by columns.
 * @param picture RGBA, `width` pixels a row; up to three pixels behind the last are read.
 * @param rows of each output row its first source row, how many they are (`[side]` i32 each), and their
 *   weights (`[side][rowStride]` f32), one behind the other. @param columns likewise.
 * @param scratch rows of f32, `scratchRowBytes` apart, which hold `width` pixels of three values and
 *   fifteen values more: one, and a ring of as many as are weighed together. @param mask of the ring.
 * @param target rows of `[x][3]` int16: the nearest byte, less 128.
 */
export function cutView(
  picture: usize,
  width: i32,
  isOpaque: bool,
  rows: usize,
  rowStride: i32,
  columns: usize,
  columnStride: i32,
  side: i32,
  scratch: usize,
  scratchRowBytes: usize,
  mask: i32,
  target: usize,
  targetRowBytes: i32,
): void {
  const listBytes = (<usize>side) << 2;
  const rowCounts = rows + listBytes;
  let rowWeights = rowCounts + listBytes;
  const columnCounts = columns + listBytes;
  const columnWeights = columnCounts + listBytes;
  const last = listBytes - 4;
  // Mirrored views begin on the right.
  let left = load<i32>(columns);
  let right = left;
  for (let x: usize = 0; x <= last; x += 4) {
    const first = load<i32>(columns + x);
    left = min(left, first);
    right = max(right, first + load<i32>(columnCounts + x));
  }
  const pixels = right - left;
  const rowBytes = (<usize>width) << 2;
  const zero = i16x8.splat(ZERO);
  const source = picture + ((<usize>left) << 2);
  const ring = scratch + scratchRowBytes;
  let next = 0;
  for (let y: usize = 0; y <= last; y += 4) {
    const first = load<i32>(rows + y);
    const count = load<i32>(rowCounts + y);
    // Each row is spread once: several rows of the view are weighed from it.
    for (next = max(next, first); next < first + count; next++) {
      const place = ring + <usize>(next & mask) * scratchRowBytes;
      spreadRow(source + <usize>next * rowBytes, pixels, isOpaque, place);
    }
    weighRows(ring, mask, scratchRowBytes, first, count, rowWeights, 3 * pixels, scratch);
    rowWeights += (<usize>rowStride) << 2;
    let weights = columnWeights;
    let to = target;
    for (let x: usize = 0; x <= last; x += 4) {
      let from = scratch + <usize>(load<i32>(columns + x) - left) * 12;
      const end = weights + ((<usize>load<i32>(columnCounts + x)) << 2);
      let sum = f32x4.splat(0);
      for (let weight = weights; weight < end; weight += 4) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load32_splat(weight)));
        from += 12;
      }
      const integers = nearest(sum);
      const bytes = narrow(integers, integers);
      const values = i16x8.sub(i16x8.extend_low_i8x16_u(bytes), zero);
      v128.store32_lane(to, values, 0);
      v128.store16_lane(to, values, 2, 4);
      weights += (<usize>columnStride) << 2;
      to += 6;
    }
    target += targetRowBytes;
  }
}
