import { requantize } from './map';

/** Adds two taps of four channels each. */
function tap(sums: v128, values: v128, weights: v128): v128 {
  return i32x4.add(sums, i32x4.dot_i16x8_s(values, weights));
}

/** Stores the codes of eight channels of one pixel: four bytes of each four pixels in turn. */
function storeCodes(target: usize, bytes: v128, flips: v128, isWide: bool): void {
  if (isWide) {
    const words = i16x8.extend_low_i8x16_u(bytes);
    v128.store32_lane(target, words, 0, 0);
    v128.store32_lane(target, words, 1, 16);
    v128.store32_lane(target, words, 2, 32);
    v128.store32_lane(target, words, 3, 48);
  } else {
    const codes = v128.xor(bytes, flips);
    v128.store32_lane(target, codes, 0, 0);
    v128.store32_lane(target, codes, 1, 16);
  }
}

/** Where the codes of a pixel begin. */
function codesOf(codes: usize, pixel: i32, pixelCodeBytes: usize): usize {
  return codes + <usize>(pixel >> 2) * 4 * pixelCodeBytes + <usize>((pixel & 3) << 2);
}

/**
 * Depthwise 3x3 convolution with stride 1, bias and ReLU6 of the output rows `firstRow` to
 * `endRow`, from a map into codes: of four pixels in turn four bytes each, `[pixel / 4][channel / n][4][n]`,
 * where n is 4 for bytes and 2 for int16.
 * @param map where the window of the first output pixel begins; three pixels behind the last are read.
 * @param weights `[channels / 8][3]`, by `packDepthwise`. @param bias `[channels]` int32.
 * @param ratio scale of a sum over scale of an activation.
 * @param flip what codes of a byte are combined with by exclusive or.
 * @param isWide are codes int16? Else they are bytes.
 */
export function depthwiseStride1(
  map: usize,
  rowBytes: usize,
  channels: i32,
  firstRow: i32,
  endRow: i32,
  width: i32,
  weights: usize,
  bias: usize,
  ratio: f32,
  flip: i32,
  isWide: bool,
  codes: usize,
): void {
  const ratios = f32x4.splat(ratio);
  const flips = i8x16.splat(<i8>flip);
  const pixelBytes = <usize>channels;
  const pixelCodeBytes = pixelBytes << (isWide ? 1 : 0);
  const twoRows: usize = rowBytes << 1;
  for (let y = firstRow; y < endRow; y++) {
    let tile = map + <usize>y * rowBytes;
    let pixel = (y - firstRow) * width;
    // The last step may compute pixels beyond the row, which the next row overwrites.
    for (let x = 0; x < width; x += 4) {
      let column = tile;
      let taps = weights;
      let start = bias;
      let to0 = codesOf(codes, pixel, pixelCodeBytes);
      let to1 = codesOf(codes, pixel + 1, pixelCodeBytes);
      let to2 = codesOf(codes, pixel + 2, pixelCodeBytes);
      let to3 = codesOf(codes, pixel + 3, pixelCodeBytes);
      for (const end = column + pixelBytes; column < end; column += 8) {
        let from = column;
        let low0 = v128.load(start, 0);
        let high0 = v128.load(start, 16);
        let low1 = v128.load(start, 0);
        let high1 = v128.load(start, 16);
        let low2 = v128.load(start, 0);
        let high2 = v128.load(start, 16);
        let low3 = v128.load(start, 0);
        let high3 = v128.load(start, 16);
        let upper = v128.load8x8_u(from);
        let middle = v128.load8x8_u(from + rowBytes);
        let lower = v128.load8x8_u(from + twoRows);
        let pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        let pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        let singlesLow = i32x4.extend_low_i16x8_u(lower);
        let singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low0 = tap(low0, pairsLow, v128.load(taps, 0));
        high0 = tap(high0, pairsHigh, v128.load(taps, 16));
        low0 = tap(low0, singlesLow, v128.load(taps, 32));
        high0 = tap(high0, singlesHigh, v128.load(taps, 48));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low0 = tap(low0, pairsLow, v128.load(taps, 64));
        high0 = tap(high0, pairsHigh, v128.load(taps, 80));
        low0 = tap(low0, singlesLow, v128.load(taps, 96));
        high0 = tap(high0, singlesHigh, v128.load(taps, 112));
        low1 = tap(low1, pairsLow, v128.load(taps, 0));
        high1 = tap(high1, pairsHigh, v128.load(taps, 16));
        low1 = tap(low1, singlesLow, v128.load(taps, 32));
        high1 = tap(high1, singlesHigh, v128.load(taps, 48));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low0 = tap(low0, pairsLow, v128.load(taps, 128));
        high0 = tap(high0, pairsHigh, v128.load(taps, 144));
        low0 = tap(low0, singlesLow, v128.load(taps, 160));
        high0 = tap(high0, singlesHigh, v128.load(taps, 176));
        low1 = tap(low1, pairsLow, v128.load(taps, 64));
        high1 = tap(high1, pairsHigh, v128.load(taps, 80));
        low1 = tap(low1, singlesLow, v128.load(taps, 96));
        high1 = tap(high1, singlesHigh, v128.load(taps, 112));
        low2 = tap(low2, pairsLow, v128.load(taps, 0));
        high2 = tap(high2, pairsHigh, v128.load(taps, 16));
        low2 = tap(low2, singlesLow, v128.load(taps, 32));
        high2 = tap(high2, singlesHigh, v128.load(taps, 48));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low1 = tap(low1, pairsLow, v128.load(taps, 128));
        high1 = tap(high1, pairsHigh, v128.load(taps, 144));
        low1 = tap(low1, singlesLow, v128.load(taps, 160));
        high1 = tap(high1, singlesHigh, v128.load(taps, 176));
        low2 = tap(low2, pairsLow, v128.load(taps, 64));
        high2 = tap(high2, pairsHigh, v128.load(taps, 80));
        low2 = tap(low2, singlesLow, v128.load(taps, 96));
        high2 = tap(high2, singlesHigh, v128.load(taps, 112));
        low3 = tap(low3, pairsLow, v128.load(taps, 0));
        high3 = tap(high3, pairsHigh, v128.load(taps, 16));
        low3 = tap(low3, singlesLow, v128.load(taps, 32));
        high3 = tap(high3, singlesHigh, v128.load(taps, 48));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low2 = tap(low2, pairsLow, v128.load(taps, 128));
        high2 = tap(high2, pairsHigh, v128.load(taps, 144));
        low2 = tap(low2, singlesLow, v128.load(taps, 160));
        high2 = tap(high2, singlesHigh, v128.load(taps, 176));
        low3 = tap(low3, pairsLow, v128.load(taps, 64));
        high3 = tap(high3, pairsHigh, v128.load(taps, 80));
        low3 = tap(low3, singlesLow, v128.load(taps, 96));
        high3 = tap(high3, singlesHigh, v128.load(taps, 112));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low3 = tap(low3, pairsLow, v128.load(taps, 128));
        high3 = tap(high3, pairsHigh, v128.load(taps, 144));
        low3 = tap(low3, singlesLow, v128.load(taps, 160));
        high3 = tap(high3, singlesHigh, v128.load(taps, 176));
        storeCodes(to0, requantize(low0, high0, ratios), flips, isWide);
        storeCodes(to1, requantize(low1, high1, ratios), flips, isWide);
        storeCodes(to2, requantize(low2, high2, ratios), flips, isWide);
        storeCodes(to3, requantize(low3, high3, ratios), flips, isWide);
        taps += 192;
        start += 32;
        to0 += isWide ? 64 : 32;
        to1 += isWide ? 64 : 32;
        to2 += isWide ? 64 : 32;
        to3 += isWide ? 64 : 32;
      }
      tile += 4 * pixelBytes;
      pixel += 4;
    }
  }
}

/** As `depthwiseStride1`, with stride 2. */
export function depthwiseStride2(
  map: usize,
  rowBytes: usize,
  channels: i32,
  firstRow: i32,
  endRow: i32,
  width: i32,
  weights: usize,
  bias: usize,
  ratio: f32,
  flip: i32,
  isWide: bool,
  codes: usize,
): void {
  const ratios = f32x4.splat(ratio);
  const flips = i8x16.splat(<i8>flip);
  const pixelBytes = <usize>channels;
  const pixelCodeBytes = pixelBytes << (isWide ? 1 : 0);
  const twoRows: usize = rowBytes << 1;
  for (let y = firstRow; y < endRow; y++) {
    let tile = map + <usize>(2 * y) * rowBytes;
    let pixel = (y - firstRow) * width;
    // The last step may compute pixels beyond the row, which the next row overwrites.
    for (let x = 0; x < width; x += 2) {
      let column = tile;
      let taps = weights;
      let start = bias;
      let to0 = codesOf(codes, pixel, pixelCodeBytes);
      let to1 = codesOf(codes, pixel + 1, pixelCodeBytes);
      for (const end = column + pixelBytes; column < end; column += 8) {
        let from = column;
        let low0 = v128.load(start, 0);
        let high0 = v128.load(start, 16);
        let low1 = v128.load(start, 0);
        let high1 = v128.load(start, 16);
        let upper = v128.load8x8_u(from);
        let middle = v128.load8x8_u(from + rowBytes);
        let lower = v128.load8x8_u(from + twoRows);
        let pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        let pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        let singlesLow = i32x4.extend_low_i16x8_u(lower);
        let singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low0 = tap(low0, pairsLow, v128.load(taps, 0));
        high0 = tap(high0, pairsHigh, v128.load(taps, 16));
        low0 = tap(low0, singlesLow, v128.load(taps, 32));
        high0 = tap(high0, singlesHigh, v128.load(taps, 48));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low0 = tap(low0, pairsLow, v128.load(taps, 64));
        high0 = tap(high0, pairsHigh, v128.load(taps, 80));
        low0 = tap(low0, singlesLow, v128.load(taps, 96));
        high0 = tap(high0, singlesHigh, v128.load(taps, 112));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low0 = tap(low0, pairsLow, v128.load(taps, 128));
        high0 = tap(high0, pairsHigh, v128.load(taps, 144));
        low0 = tap(low0, singlesLow, v128.load(taps, 160));
        high0 = tap(high0, singlesHigh, v128.load(taps, 176));
        low1 = tap(low1, pairsLow, v128.load(taps, 0));
        high1 = tap(high1, pairsHigh, v128.load(taps, 16));
        low1 = tap(low1, singlesLow, v128.load(taps, 32));
        high1 = tap(high1, singlesHigh, v128.load(taps, 48));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low1 = tap(low1, pairsLow, v128.load(taps, 64));
        high1 = tap(high1, pairsHigh, v128.load(taps, 80));
        low1 = tap(low1, singlesLow, v128.load(taps, 96));
        high1 = tap(high1, singlesHigh, v128.load(taps, 112));
        from += pixelBytes;
        upper = v128.load8x8_u(from);
        middle = v128.load8x8_u(from + rowBytes);
        lower = v128.load8x8_u(from + twoRows);
        pairsLow = v128.shuffle<i16>(upper, middle, 0, 8, 1, 9, 2, 10, 3, 11);
        pairsHigh = v128.shuffle<i16>(upper, middle, 4, 12, 5, 13, 6, 14, 7, 15);
        singlesLow = i32x4.extend_low_i16x8_u(lower);
        singlesHigh = i32x4.extend_high_i16x8_u(lower);
        low1 = tap(low1, pairsLow, v128.load(taps, 128));
        high1 = tap(high1, pairsHigh, v128.load(taps, 144));
        low1 = tap(low1, singlesLow, v128.load(taps, 160));
        high1 = tap(high1, singlesHigh, v128.load(taps, 176));
        storeCodes(to0, requantize(low0, high0, ratios), flips, isWide);
        storeCodes(to1, requantize(low1, high1, ratios), flips, isWide);
        taps += 192;
        start += 32;
        to0 += isWide ? 64 : 32;
        to1 += isWide ? 64 : 32;
      }
      tile += 4 * pixelBytes;
      pixel += 2;
    }
  }
}
