import { PIXEL_BYTES, relu6 } from './map';

/** 1.5 * 2^23: a float this large has no digits behind the point, and its low bits are the integer. */
const ROUNDER: f32 = 12582912;
const ROUNDER_BITS: i32 = 0x4b400000;
/** What is taken off a code so that 0..65535 fits into a signed 16-bit integer. */
const CODE_OFFSET: f32 = 32768;

/** ReLU6 of four sums, as 16-bit codes: round(value * codesPerUnit) - 32768, in 32 bits each. */
function encode(sums: v128, codesPerUnit: v128): v128 {
  const rounded = f32x4.add(
    f32x4.mul(relu6(sums), codesPerUnit),
    f32x4.splat(ROUNDER - CODE_OFFSET),
  );
  return i32x4.sub(rounded, i32x4.splat(ROUNDER_BITS));
}

/** Stores four codes of one pixel. */
function storeCodes(target: usize, codes: v128): void {
  v128.store64_lane(target, i16x8.narrow_i32x4_s(codes, codes), 0);
}

/**
 * Depthwise 3x3 convolution with stride 1, bias and ReLU6 of the output rows `firstRow` to
 * `endRow`, from a map into rows of codes, `[pixel][channel]` int16.
 * @param weights `[planes][9][4]` f32. @param bias `[planes][4]` f32.
 * @param map where the window of the first output pixel begins.
 */
export function depthwiseStride1(
  map: usize,
  planeBytes: i32,
  rowBytes: i32,
  planes: i32,
  firstRow: i32,
  endRow: i32,
  width: i32,
  weights: usize,
  bias: usize,
  codesPerUnit: f32,
  codes: usize,
): void {
  const scale = f32x4.splat(codesPerUnit);
  const pixelCodes = <usize>planes * 8;
  for (let plane = 0; plane < planes; plane++) {
    const start = v128.load(bias);
    let rowCodes = codes + <usize>plane * 8;
    for (let y = firstRow; y < endRow; y++) {
      let row = map + <usize>y * rowBytes;
      let target = rowCodes;
      // The last step may compute pixels beyond the row, which the next row overwrites.
      for (let x = 0; x < width; x += 4) {
        let sum0 = start;
        let sum1 = start;
        let sum2 = start;
        let sum3 = start;
        let from = row;
        let taps = weights;
        for (let tapRow = 0; tapRow < 3; tapRow++) {
          const tap0 = v128.load(taps, 0);
          const tap1 = v128.load(taps, 16);
          const tap2 = v128.load(taps, 32);
          let value = v128.load(from, 0);
          sum0 = f32x4.add(sum0, f32x4.mul(value, tap0));
          value = v128.load(from, 16);
          sum0 = f32x4.add(sum0, f32x4.mul(value, tap1));
          sum1 = f32x4.add(sum1, f32x4.mul(value, tap0));
          value = v128.load(from, 32);
          sum0 = f32x4.add(sum0, f32x4.mul(value, tap2));
          sum1 = f32x4.add(sum1, f32x4.mul(value, tap1));
          sum2 = f32x4.add(sum2, f32x4.mul(value, tap0));
          value = v128.load(from, 48);
          sum1 = f32x4.add(sum1, f32x4.mul(value, tap2));
          sum2 = f32x4.add(sum2, f32x4.mul(value, tap1));
          sum3 = f32x4.add(sum3, f32x4.mul(value, tap0));
          value = v128.load(from, 64);
          sum2 = f32x4.add(sum2, f32x4.mul(value, tap2));
          sum3 = f32x4.add(sum3, f32x4.mul(value, tap1));
          value = v128.load(from, 80);
          sum3 = f32x4.add(sum3, f32x4.mul(value, tap2));
          from += rowBytes;
          taps += 48;
        }
        storeCodes(target, encode(sum0, scale));
        target += pixelCodes;
        storeCodes(target, encode(sum1, scale));
        target += pixelCodes;
        storeCodes(target, encode(sum2, scale));
        target += pixelCodes;
        storeCodes(target, encode(sum3, scale));
        target += pixelCodes;
        row += 4 * PIXEL_BYTES;
      }
      rowCodes += <usize>width * pixelCodes;
    }
    map += planeBytes;
    weights += 144;
    bias += 16;
  }
}

/** As `depthwiseStride1`, with stride 2. */
export function depthwiseStride2(
  map: usize,
  planeBytes: i32,
  rowBytes: i32,
  planes: i32,
  firstRow: i32,
  endRow: i32,
  width: i32,
  weights: usize,
  bias: usize,
  codesPerUnit: f32,
  codes: usize,
): void {
  const scale = f32x4.splat(codesPerUnit);
  const pixelCodes = <usize>planes * 8;
  for (let plane = 0; plane < planes; plane++) {
    const start = v128.load(bias);
    let rowCodes = codes + <usize>plane * 8;
    for (let y = firstRow; y < endRow; y++) {
      let row = map + <usize>(2 * y) * rowBytes;
      let target = rowCodes;
      for (let x = 0; x < width; x += 2) {
        let sum0 = start;
        let sum1 = start;
        let from = row;
        let taps = weights;
        for (let tapRow = 0; tapRow < 3; tapRow++) {
          const tap0 = v128.load(taps, 0);
          const tap1 = v128.load(taps, 16);
          const tap2 = v128.load(taps, 32);
          sum0 = f32x4.add(sum0, f32x4.mul(v128.load(from, 0), tap0));
          sum0 = f32x4.add(sum0, f32x4.mul(v128.load(from, 16), tap1));
          const shared = v128.load(from, 32);
          sum0 = f32x4.add(sum0, f32x4.mul(shared, tap2));
          sum1 = f32x4.add(sum1, f32x4.mul(shared, tap0));
          sum1 = f32x4.add(sum1, f32x4.mul(v128.load(from, 48), tap1));
          sum1 = f32x4.add(sum1, f32x4.mul(v128.load(from, 64), tap2));
          from += rowBytes;
          taps += 48;
        }
        storeCodes(target, encode(sum0, scale));
        target += pixelCodes;
        storeCodes(target, encode(sum1, scale));
        target += pixelCodes;
        row += 4 * PIXEL_BYTES;
      }
      rowCodes += <usize>width * pixelCodes;
    }
    map += planeBytes;
    weights += 144;
    bias += 16;
  }
}
