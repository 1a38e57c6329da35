import { putNewest } from '../newest';
import type { ViewCount } from '../saying/prediction';
import type { Raster } from './raster';

/**
 * The share of the short side that the centre crop keeps: 224 of 256 px, the crop on which
 * ImageNet models are commonly evaluated.
 */
export const CENTRE_CROP = 0.875;

/** From 0-255 to 0-2. */
const TO_UNIT = 1 / 127.5;

/** Zero crossings of the filter on either side: Lanczos-3. */
export const LOBES = 3;

/**
 * A part of the picture, in pixels of the raster. Edges may fall between pixels, on whole
 * sixteenths: the centre crop keeps eighths of a side, and what it leaves is halved. A mirrored part
 * begins at its right edge and has a negative width.
 */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** For each output sample its first source sample, how many follow, and their weights, `stride` apart. */
export interface Taps {
  first: Int32Array;
  count: Int32Array;
  weights: Float32Array;
  stride: number;
}

function centreSquare(raster: Raster, side: number): Crop {
  return {
    left: (raster.width - side) / 2,
    top: (raster.height - side) / 2,
    width: side,
    height: side,
  };
}

function mirrored({ left, width, ...rows }: Crop): Crop {
  return { ...rows, left: left + width, width: -width };
}

/** The whole picture, squashed to the square: for pictures that have the very size. */
export function wholeCrop({ width, height }: Raster): Crop {
  return { left: 0, top: 0, width, height };
}

/**
 * What the model looks at, in the order in which it is added. 1: the centre crop (87.5 % of the
 * short side). 2: and the plain centre square, mirrored: worth more than the plain one, since it
 * errs otherwise. 3: and the plain centre square. The whole picture squashed to a square is none of
 * them: in pictures that are not square it harms (`npm run calibrate` prints all three).
 * @throws RangeError where the raster's data do not fit its size.
 */
export function planViews(raster: Raster, views: ViewCount): Crop[] {
  const { width, height, data } = raster;
  if (!(width >= 1 && height >= 1) || data.length !== width * height * 4) {
    throw new RangeError(`A ${width} x ${height} raster cannot have ${data.length} values.`);
  }
  const shortSide = Math.min(width, height);
  const square = centreSquare(raster, shortSide);
  return [centreSquare(raster, shortSide * CENTRE_CROP), mirrored(square), square].slice(0, views);
}

/** sin(pi x) / (pi x), exactly 0 at whole numbers other than 0. */
function sinc(x: number): number {
  const whole = Math.round(x);
  if (whole === x) return x === 0 ? 1 : 0;
  const sine = Math.sin(Math.PI * (x - whole));
  return (whole % 2 === 0 ? sine : -sine) / (Math.PI * x);
}

/**
 * The weights of a Lanczos-3 filter that takes `length` source samples from `start` to `outputs`
 * samples; a negative length runs backwards. Its support grows with the reduction, so nothing
 * aliases: Pillow's `LANCZOS` with a `box` (Pillow, src/libImaging/Resample.c, precompute_coeffs).
 * The model was trained on such sharp pictures: of a softer filter's, fewer are named rightly.
 */
function lanczosTaps(size: number, start: number, length: number, outputs: number): Taps {
  const scale = length / outputs;
  const stretch = Math.max(Math.abs(scale), 1);
  const support = LOBES * stretch;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(outputs);
  const count = new Int32Array(outputs);
  const weights = new Float32Array(outputs * stride);
  const raw = new Float64Array(stride);
  for (let output = 0; output < outputs; output += 1) {
    const centre = start + (output + 0.5) * scale;
    const begin = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(size, Math.floor(centre + support + 0.5));
    let total = 0;
    for (let sample = begin; sample < end; sample += 1) {
      const distance = Math.abs(sample + 0.5 - centre) / stretch;
      const weight = distance < LOBES ? sinc(distance) * sinc(distance / LOBES) : 0;
      raw[sample - begin] = weight;
      total += weight;
    }
    let from = begin;
    let to = end;
    // What weighs nothing is not read: where nothing is resized, one sample of seven is left.
    while (to - from > 1 && raw[from - begin] === 0) from += 1;
    while (to - from > 1 && raw[to - 1 - begin] === 0) to -= 1;
    for (let sample = from; sample < to; sample += 1) {
      weights[output * stride + sample - from] = (raw[sample - begin] ?? 0) / total;
    }
    first[output] = from;
    count[output] = to - from;
  }
  return { first, count, weights, stride };
}

/** The pictures of a page have few sizes, and one side in common. */
const MOST_KNOWN_TAPS = 16;
const knownTaps = new Map<string, Taps>();

/** As `lanczosTaps`, which takes a third of the cut's time, made once for the sizes that come again. */
function tapsOf(size: number, start: number, length: number, outputs: number): Taps {
  const key = `${size} ${start} ${length} ${outputs}`;
  const taps = knownTaps.get(key) ?? lanczosTaps(size, start, length, outputs);
  putNewest(knownTaps, key, taps, MOST_KNOWN_TAPS);
  return taps;
}

/** What each row and each column of a square view is resampled from; to be read only. */
export function cropTaps(
  { width, height }: Raster,
  crop: Crop,
  inputSize: number,
): { rows: Taps; columns: Taps } {
  return {
    rows: tapsOf(height, crop.top, crop.height, inputSize),
    columns: tapsOf(width, crop.left, crop.width, inputSize),
  };
}

/** The picture over white as interleaved RGB, 0-255, `width * height * 3`. */
function overWhite(raster: Raster): Float32Array {
  const { data } = raster;
  const pixels = raster.width * raster.height;
  const rgb = new Float32Array(pixels * 3);
  for (let pixel = 0, source = 0, target = 0; pixel < pixels; pixel += 1) {
    const alpha = data[source + 3] ?? 255;
    if (alpha === 255) {
      rgb[target] = data[source] ?? 0;
      rgb[target + 1] = data[source + 1] ?? 0;
      rgb[target + 2] = data[source + 2] ?? 0;
    } else {
      const opacity = alpha / 255;
      const white = 255 - alpha;
      rgb[target] = (data[source] ?? 0) * opacity + white;
      rgb[target + 1] = (data[source + 1] ?? 0) * opacity + white;
      rgb[target + 2] = (data[source + 2] ?? 0) * opacity + white;
    }
    source += 4;
    target += 3;
  }
  return rgb;
}

/** The crop's rows at the height of the model's input, still as wide as the picture: `inputSize * width * 3`. */
function resampleRows(
  rgb: Float32Array,
  raster: Raster,
  { top, height }: Crop,
  inputSize: number,
): Float32Array {
  const taps = tapsOf(raster.height, top, height, inputSize);
  const rowValues = raster.width * 3;
  const output = new Float32Array(inputSize * rowValues);
  for (let y = 0; y < inputSize; y += 1) {
    const target = y * rowValues;
    const count = taps.count[y] ?? 0;
    if (count === 1) {
      const source = (taps.first[y] ?? 0) * rowValues;
      output.set(rgb.subarray(source, source + rowValues), target);
      continue;
    }
    // Two source rows at a time: most pictures need two or three.
    for (let tap = 0; tap < count; tap += 2) {
      const upper = ((taps.first[y] ?? 0) + tap) * rowValues;
      const lower = tap + 1 < count ? upper + rowValues : upper;
      const upperWeight = taps.weights[y * taps.stride + tap] ?? 0;
      const lowerWeight = tap + 1 < count ? (taps.weights[y * taps.stride + tap + 1] ?? 0) : 0;
      for (let value = 0; value < rowValues; value += 1) {
        output[target + value] =
          (output[target + value] ?? 0) +
          (rgb[upper + value] ?? 0) * upperWeight +
          (rgb[lower + value] ?? 0) * lowerWeight;
      }
    }
  }
  return output;
}

/** In [-1, 1]. The filter's negative lobes overshoot at edges: what no byte can hold is cut off. */
function toUnit(channel: number): number {
  return Math.min(1, Math.max(-1, channel * TO_UNIT - 1));
}

/** Writes one view, `inputSize * inputSize * 3` values in [-1, 1], into `output` at `offset`. */
function resampleColumns(
  rows: Float32Array,
  raster: Raster,
  { left, width }: Crop,
  inputSize: number,
  output: Float32Array,
  offset: number,
): void {
  const taps = tapsOf(raster.width, left, width, inputSize);
  const rowValues = raster.width * 3;
  let target = offset;
  for (let rowStart = 0; rowStart < rows.length; rowStart += rowValues) {
    for (let x = 0, tap = 0; x < inputSize; x += 1, tap += taps.stride) {
      let source = rowStart + (taps.first[x] ?? 0) * 3;
      let weight = taps.weights[tap] ?? 0;
      let red = (rows[source] ?? 0) * weight;
      let green = (rows[source + 1] ?? 0) * weight;
      let blue = (rows[source + 2] ?? 0) * weight;
      for (let end = tap + (taps.count[x] ?? 0), next = tap + 1; next < end; next += 1) {
        source += 3;
        weight = taps.weights[next] ?? 0;
        red += (rows[source] ?? 0) * weight;
        green += (rows[source + 1] ?? 0) * weight;
        blue += (rows[source + 2] ?? 0) * weight;
      }
      output[target] = toUnit(red);
      output[target + 1] = toUnit(green);
      output[target + 2] = toUnit(blue);
      target += 3;
    }
  }
}

/**
 * Square RGB pictures cut from one raster, each resampled once, straight from the raster.
 * @param inputSize side of the square in pixels, as the model wants it.
 * @returns `[crops, inputSize, inputSize, 3]`, values in [-1, 1]; transparency shows white.
 */
export function cutCrops(raster: Raster, inputSize: number, crops: readonly Crop[]): Float32Array {
  const viewValues = inputSize * inputSize * 3;
  const output = new Float32Array(crops.length * viewValues);
  const rgb = overWhite(raster);
  // A square and its mirror image have their rows in common.
  const rowsOf = new Map<string, Float32Array>();
  crops.forEach((crop, index) => {
    const key = `${crop.top} ${crop.height}`;
    const rows = rowsOf.get(key) ?? resampleRows(rgb, raster, crop, inputSize);
    rowsOf.set(key, rows);
    resampleColumns(rows, raster, crop, inputSize, output, index * viewValues);
  });
  return output;
}

/**
 * The views of `planViews` as the model takes them, one after the other.
 * @param inputSize side of the square in pixels.
 * @returns `[views, inputSize, inputSize, 3]`, values in [-1, 1]; transparency shows white.
 * @throws RangeError where the raster's data do not fit its size.
 */
export function cutViews(raster: Raster, inputSize: number, views: ViewCount): Float32Array {
  return cutCrops(raster, inputSize, planViews(raster, views));
}
