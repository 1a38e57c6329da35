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
 * Some rows of a picture weighed into one, four pixels at a time.
 * @param source the first pixel of the first row, RGBA.
 * @param weights `[count]` f32.
 * @param row `[pixels][4]` f32; up to three more are written.
 */
function weighRows(
  source: usize,
  rowBytes: usize,
  pixels: i32,
  weights: usize,
  count: i32,
  isOpaque: bool,
  row: usize,
): void {
  for (let x = 0; x < pixels; x += 4) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let from = source;
    for (let tap = 0; tap < count; tap++) {
      const weight = v128.load32_splat(weights + ((<usize>tap) << 2));
      const bytes = v128.load(from);
      const low = i16x8.extend_low_i8x16_u(bytes);
      const high = i16x8.extend_high_i8x16_u(bytes);
      a = f32x4.add(a, f32x4.mul(overWhite(i32x4.extend_low_i16x8_u(low), isOpaque), weight));
      b = f32x4.add(b, f32x4.mul(overWhite(i32x4.extend_high_i16x8_u(low), isOpaque), weight));
      c = f32x4.add(c, f32x4.mul(overWhite(i32x4.extend_low_i16x8_u(high), isOpaque), weight));
      d = f32x4.add(d, f32x4.mul(overWhite(i32x4.extend_high_i16x8_u(high), isOpaque), weight));
      from += rowBytes;
    }
    v128.store(row, a, 0);
    v128.store(row, b, 16);
    v128.store(row, c, 32);
    v128.store(row, d, 48);
    row += 64;
    source += 16;
  }
}

/**
 * One square view of a picture, resampled by rows and then by columns.
 * @param picture RGBA, `width` pixels a row; up to three pixels behind the last are read.
 * @param rows of each output row its first source row, how many they are (`[side]` i32 each), and their
 *   weights (`[side][rowStride]` f32), one behind the other. @param columns likewise.
 * @param scratch `[width + 3][4]` f32.
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
  for (let y: usize = 0; y <= last; y += 4) {
    const source = picture + <usize>load<i32>(rows + y) * rowBytes + ((<usize>left) << 2);
    const count = load<i32>(rowCounts + y);
    weighRows(source, rowBytes, pixels, rowWeights, count, isOpaque, scratch);
    rowWeights += (<usize>rowStride) << 2;
    let weights = columnWeights;
    let to = target;
    for (let x: usize = 0; x <= last; x += 4) {
      let from = scratch + ((<usize>(load<i32>(columns + x) - left)) << 4);
      const end = weights + ((<usize>load<i32>(columnCounts + x)) << 2);
      let sum = f32x4.splat(0);
      for (let weight = weights; weight < end; weight += 4) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load32_splat(weight)));
        from += 16;
      }
      const bytes = narrow(nearest(sum), nearest(sum));
      const values = i16x8.sub(i16x8.extend_low_i8x16_u(bytes), zero);
      v128.store32_lane(to, values, 0);
      v128.store16_lane(to, values, 2, 4);
      weights += (<usize>columnStride) << 2;
      to += 6;
    }
    target += targetRowBytes;
  }
}
