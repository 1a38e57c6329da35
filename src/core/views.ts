import type { ViewCount } from './prediction';
import type { Raster } from './raster';

/**
 * The share of the short side that the centre crop keeps: 224 of 256 px, the crop on which
 * ImageNet models are commonly evaluated.
 */
const CENTRE_CROP = 0.875;

/** A part of the picture, in pixels of the raster; edges may fall between pixels. */
interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** For each output sample its first source sample, how many follow, and their weights, `stride` apart. */
interface Taps {
  first: Int32Array;
  count: Int32Array;
  weights: Float32Array;
  stride: number;
}

function centreSquare(raster: Raster, side: number): Window {
  return {
    left: (raster.width - side) / 2,
    top: (raster.height - side) / 2,
    width: side,
    height: side,
  };
}

/** The views in the order in which they are added: centre crop, the whole picture squashed, the plain centre square. */
function viewWindows(raster: Raster, views: ViewCount): Window[] {
  const shortSide = Math.min(raster.width, raster.height);
  return [
    centreSquare(raster, shortSide * CENTRE_CROP),
    { left: 0, top: 0, width: raster.width, height: raster.height },
    centreSquare(raster, shortSide),
  ].slice(0, views);
}

/**
 * The weights of a triangle filter that takes `length` source samples from `start` to `outputs`
 * samples. Its support grows with the reduction, so nothing aliases: Pillow's `BILINEAR` with a
 * `box`, and `antialias=True` elsewhere (Pillow, src/libImaging/Resample.c, precompute_coeffs).
 */
function triangleTaps(size: number, start: number, length: number, outputs: number): Taps {
  const scale = length / outputs;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(outputs);
  const count = new Int32Array(outputs);
  const weights = new Float32Array(outputs * stride);
  for (let output = 0; output < outputs; output += 1) {
    const centre = start + (output + 0.5) * scale;
    const from = Math.max(0, Math.floor(centre - support + 0.5));
    const to = Math.min(size, Math.floor(centre + support + 0.5));
    let total = 0;
    for (let sample = from; sample < to; sample += 1) {
      total += Math.max(0, 1 - Math.abs(sample + 0.5 - centre) / support);
    }
    for (let sample = from; sample < to; sample += 1) {
      const weight = Math.max(0, 1 - Math.abs(sample + 0.5 - centre) / support);
      weights[output * stride + sample - from] = weight / total;
    }
    first[output] = from;
    count[output] = to - from;
  }
  return { first, count, weights, stride };
}

/** The picture over white as interleaved RGB, 0-255, `width * height * 3`. */
function overWhite(raster: Raster): Float32Array {
  const { data } = raster;
  const pixels = raster.width * raster.height;
  const rgb = new Float32Array(pixels * 3);
  for (let pixel = 0, source = 0, target = 0; pixel < pixels; pixel += 1) {
    const alpha = data[source + 3] ?? 255;
    const opacity = alpha / 255;
    const white = 255 - alpha;
    rgb[target] = (data[source] ?? 0) * opacity + white;
    rgb[target + 1] = (data[source + 1] ?? 0) * opacity + white;
    rgb[target + 2] = (data[source + 2] ?? 0) * opacity + white;
    source += 4;
    target += 3;
  }
  return rgb;
}

/** Writes one view, `inputSize * inputSize * 3` values in [-1, 1], into `output` at `offset`. */
function resample(
  rgb: Float32Array,
  raster: Raster,
  window: Window,
  inputSize: number,
  output: Float32Array,
  offset: number,
): void {
  const columns = triangleTaps(raster.width, window.left, window.width, inputSize);
  const rows = triangleTaps(raster.height, window.top, window.height, inputSize);
  const firstRow = rows.first[0] ?? 0;
  const lastRow = (rows.first[inputSize - 1] ?? 0) + (rows.count[inputSize - 1] ?? 0);
  const rowValues = inputSize * 3;

  // Across first, and only the rows that the window needs.
  const narrowed = new Float32Array((lastRow - firstRow) * rowValues);
  for (let y = firstRow, target = 0; y < lastRow; y += 1) {
    const rowStart = y * raster.width;
    for (let x = 0; x < inputSize; x += 1) {
      let source = (rowStart + (columns.first[x] ?? 0)) * 3;
      const from = x * columns.stride;
      const to = from + (columns.count[x] ?? 0);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = from; tap < to; tap += 1) {
        const weight = columns.weights[tap] ?? 0;
        red += (rgb[source] ?? 0) * weight;
        green += (rgb[source + 1] ?? 0) * weight;
        blue += (rgb[source + 2] ?? 0) * weight;
        source += 3;
      }
      narrowed[target] = red;
      narrowed[target + 1] = green;
      narrowed[target + 2] = blue;
      target += 3;
    }
  }

  for (let y = 0; y < inputSize; y += 1) {
    const target = offset + y * rowValues;
    const base = ((rows.first[y] ?? 0) - firstRow) * rowValues;
    const taps = rows.count[y] ?? 0;
    for (let value = 0; value < rowValues; value += 1) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1) {
        const weight = rows.weights[y * rows.stride + tap] ?? 0;
        sum += (narrowed[base + tap * rowValues + value] ?? 0) * weight;
      }
      output[target + value] = sum / 127.5 - 1;
    }
  }
}

/**
 * What the model looks at: `views` square RGB pictures cut from one raster, each resampled once,
 * straight from the raster. 1: the centre crop (87.5 % of the short side). 2: and the whole
 * picture, squashed to the square. 3: and the plain centre square.
 * @param inputSize side of the square in pixels, as the model wants it.
 * @returns `[views, inputSize, inputSize, 3]`, values in [-1, 1]; transparency shows white.
 * @throws RangeError where the raster's data do not fit its size.
 */
export function cutViews(raster: Raster, inputSize: number, views: ViewCount): Float32Array {
  const { width, height, data } = raster;
  if (!(width >= 1 && height >= 1) || data.length !== width * height * 4) {
    throw new RangeError(`A ${width} x ${height} raster cannot have ${data.length} values.`);
  }
  const viewValues = inputSize * inputSize * 3;
  const output = new Float32Array(views * viewValues);
  const rgb = overWhite(raster);
  viewWindows(raster, views).forEach((window, index) => {
    resample(rgb, raster, window, inputSize, output, index * viewValues);
  });
  return output;
}
