/** Each compiled kernel against the same thing written plainly, on shapes that do not divide evenly. */
import { beforeEach, describe, expect, test } from 'vitest';

import { seededRandom } from '../../../../scripts/calibration/drawings/random';
import { openKernels } from '../../../../scripts/model/model-in-node';
import type { Kernels } from '../../../../src/inference/wasm/kernels';
import { requantized } from '../../../fixtures/inference/plain-network';

const PAGE_BYTES = 65_536;
const FILL = 0x7b;

let kernels: Kernels;
let end: number;

beforeEach(async () => {
  kernels = await openKernels();
  kernels.memory.grow(16);
  end = PAGE_BYTES;
});

/** Room in the kernels' memory, filled with what nothing should depend on. */
function take<T extends Float32Array | Int32Array | Int16Array | Uint8Array>(
  make: new (buffer: ArrayBuffer, address: number, length: number) => T,
  length: number,
  values?: ArrayLike<number>,
): T {
  const view = new make(kernels.memory.buffer, end, length);
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(FILL);
  if (values !== undefined) view.set(values);
  end += Math.ceil(view.byteLength / 16) * 16 + 1024;
  return view;
}

function bytes(length: number, whole: (low: number, high: number) => number): Uint8Array {
  // The extremes are among them.
  return Uint8Array.from({ length }, () => Math.min(255, Math.max(0, whole(-40, 295))));
}

/** Of a map `[side + 2][side + 2][channels]`, where a pixel inside the border has a channel. */
function mapIndex(side: number, channels: number, y: number, x: number, channel: number): number {
  return ((y + 1) * (side + 2) + x + 1) * channels + channel;
}

/** A map of bytes with zeros around, and what a step beyond its last pixel reads. */
function mapOf(side: number, channels: number, whole: (low: number, high: number) => number) {
  const map = take(Uint8Array, ((side + 2) * (side + 2) + 3) * channels);
  map.fill(0, 0, (side + 2) * (side + 2) * channels);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      map.set(bytes(channels, whole), mapIndex(side, channels, y, x, 0));
  return map;
}

/** Where a pixel's code is: of four pixels in turn four bytes each. */
function codeIndex(depth: number, codeBytes: number, pixel: number, channel: number): number {
  const inTurn = 4 / codeBytes;
  const tile = Math.floor(pixel / 4) * 4 * depth;
  const turn = Math.floor(channel / inTurn) * 4 + (pixel % 4);
  return tile + turn * inTurn + (channel % inTurn);
}

/** So many pixels as whole tiles have, with what a step of four writes behind them. */
function tiled(pixels: number): number {
  return Math.ceil((pixels + 3) / 4) * 4;
}

describe.each([
  { side: 5, rows: 3 }, // 15 pixels: three steps of four, and three over
  { side: 7, rows: 7 }, // 49: one over
  { side: 4, rows: 4 },
  { side: 1, rows: 1 },
])('pointwise by words, $rows rows of $side pixels', ({ side, rows }) => {
  test('gives the exact sums as bytes, and leaves all else as it was', () => {
    const [depth, channels, zeroPoint, ratio] = [24, 16, 111, Math.fround(6e-4)];
    const { whole } = seededRandom(side);
    const values = bytes(depth * channels, whole);
    const weights = take(Int16Array, values.length);
    const source = take(Uint8Array, values.length, values);
    kernels.packPairs(source.byteOffset, depth, channels, zeroPoint, weights.byteOffset);
    const count = rows * side;
    const codes = take(Int16Array, tiled(count) * depth);
    codes.set(bytes(codes.length, whole));
    const start = take(
      Int32Array,
      channels,
      Array.from({ length: channels }, () => whole(-90_000, 90_000)),
    );
    const map = take(Uint8Array, (side + 2) * (side + 2) * channels);
    const expected = map.slice();

    kernels.pointwisePairs(
      codes.byteOffset,
      count,
      depth,
      weights.byteOffset,
      start.byteOffset,
      ratio,
      channels,
      map.byteOffset + mapIndex(side, channels, 0, 0, 0),
      side,
    );

    for (let pixel = 0; pixel < count; pixel += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = start[channel] ?? NaN;
        for (let input = 0; input < depth; input += 1) {
          const weight = (values[input * channels + channel] ?? NaN) - zeroPoint;
          sum += (codes[codeIndex(depth, 2, pixel, input)] ?? NaN) * weight;
        }
        const [y, x] = [Math.floor(pixel / side), pixel % side];
        expected[mapIndex(side, channels, y, x, channel)] = requantized(sum, ratio);
      }
    }
    expect(map).toEqual(expected);
    expect(new Set(map).size).toBeGreaterThan(4);
  });
});

/** What `packChains` gives, read back lane by lane. */
function chainsOf(depth: number, chain: number, weights: Uint8Array, rests: Uint8Array) {
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
  const restView = new DataView(rests.buffer, rests.byteOffset, rests.byteLength);
  const panelBytes = (depth / 4 / chain) * (32 + 32 * chain);
  const restAt: number[] = [];
  for (let panel = 0, at = 0; panel * panelBytes < weights.length; panel += 1) {
    restAt.push(at);
    at += 4 + restView.getInt32(at, true);
  }
  return {
    /** Of a channel, the chain's begin and weights; `half` is the upper or the lower two of four inputs. */
    lane(channel: number, index: number, half: number) {
      const at =
        Math.floor(channel / 8) * panelBytes +
        index * (32 + 32 * chain) +
        (channel % 8) * 4 +
        half * 2;
      const pairs = Array.from({ length: chain }, (_, step) =>
        [0, 1].map((place) => view.getInt8(at + 32 + step * 32 + place)),
      );
      return { begin: view.getInt16(at, true), pairs };
    },
    /** What is left of four inputs' weights, in rests. */
    restsOf(channel: number, input: number): number[][] {
      const first = restAt[Math.floor(channel / 8)] ?? NaN;
      const found: number[][] = [];
      for (let at = first + 4; at < first + 4 + restView.getInt32(first, true); at += 36) {
        if (restView.getInt32(at, true) !== input) continue;
        found.push(
          [0, 1, 2, 3].map((place) => restView.getInt8(at + 4 + (channel % 8) * 4 + place)),
        );
      }
      return found;
    },
  };
}

function inRange(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

test.each([
  { chain: 8, zeroPoint: 121, spread: 30 }, // as of the real network: few lanes are cut
  { chain: 4, zeroPoint: 0, spread: 400 },
  { chain: 2, zeroPoint: 255, spread: 400 },
])(
  'chains of $chain hold their weights whatever the inputs, zero point $zeroPoint, and the rests what is left',
  ({ chain, zeroPoint, spread }) => {
    const [depth, channels] = [64, 16];
    const { whole } = seededRandom(chain);
    const values = Uint8Array.from({ length: depth * channels }, () =>
      whole(0, 40) === 0
        ? whole(0, 255)
        : Math.min(255, Math.max(0, zeroPoint + whole(-spread, spread))),
    );
    const source = take(Uint8Array, values.length, values);
    const weights = take(Uint8Array, values.length + (depth / 4 / chain) * 2 * 32);
    const start = take(Int32Array, channels);
    const rests = take(Uint8Array, 2 * (4 + 144 * (depth / 4)));
    const end = kernels.packChains(
      ...([source.byteOffset, depth, channels, zeroPoint, chain] as const),
      ...([weights.byteOffset, start.byteOffset, rests.byteOffset] as const),
    );
    expect(end - rests.byteOffset).toBeLessThanOrEqual(rests.length);
    expect(rests.subarray(end - rests.byteOffset).every((byte) => byte === FILL)).toBe(true);
    const packed = chainsOf(depth, chain, weights, rests);
    let cut = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      let begins = 0;
      for (let input = 0; input < depth; input += 2) {
        const step = Math.floor(input / 4) % chain;
        const half = (input % 4) / 2;
        const { begin, pairs } = packed.lane(channel, Math.floor(input / 4 / chain), half);
        const all = pairs.flat();
        const sumOf = (list: number[], sign: number): number =>
          list.reduce((sum, weight) => sum + Math.max(0, sign * weight), 0);
        // With 255 wherever it raises or lowers the sum most.
        expect(inRange(begin + 255 * sumOf(all, 1), -32_768, 32_767)).toBe(true);
        expect(inRange(begin - 255 * sumOf(all, -1), -32_768, 32_767)).toBe(true);
        if (step === 0) begins += begin;
        const rest = packed
          .restsOf(channel, input - half * 2)
          .map((four) => four.slice(half * 2, half * 2 + 2));
        for (const two of [pairs[step] ?? [], ...rest]) {
          expect(255 * sumOf(two, 1)).toBeLessThanOrEqual(32_767);
          expect(255 * sumOf(two, -1)).toBeLessThanOrEqual(32_768);
        }
        [0, 1].forEach((place) => {
          const whole = rest.reduce(
            (sum, two) => sum + (two[place] ?? NaN),
            pairs[step]?.[place] ?? NaN,
          );
          expect(whole).toBe((values[(input + place) * channels + channel] ?? NaN) - zeroPoint);
        });
        cut += rest.length;
      }
      expect(start[channel]).toBe(-begins);
    }
    expect(cut).toBeGreaterThan(0);
  },
);

describe.each([
  { stride: 1, side: 7, windowStart: 0 },
  { stride: 1, side: 4, windowStart: 0 },
  { stride: 2, side: 5, windowStart: 0 },
  { stride: 2, side: 6, windowStart: 1 },
])('depthwise, stride $stride over $side pixels', ({ stride, side, windowStart }) => {
  test.each([
    { codeBytes: 1, flip: 0 },
    { codeBytes: 1, flip: 128 },
    { codeBytes: 2, flip: 0 },
  ])('gives codes of $codeBytes bytes, flip $flip, with zeros around', ({ codeBytes, flip }) => {
    const [channels, zeroPoint, ratio] = [16, 130, Math.fround(0.004)];
    const outputs = Math.ceil(side / stride);
    const { whole } = seededRandom(side * stride);
    const map = mapOf(side, channels, whole);
    const taps = bytes(9 * channels, whole);
    const source = take(Uint8Array, taps.length, taps);
    const weights = take(Int16Array, 24 * channels);
    kernels.packDepthwise(source.byteOffset, channels, zeroPoint, weights.byteOffset);
    const bias = take(
      Int32Array,
      channels,
      Array.from({ length: channels }, () => whole(-9000, 60_000)),
    );
    const make = codeBytes === 1 ? Uint8Array : Int16Array;
    const run = stride === 1 ? kernels.depthwiseStride1 : kernels.depthwiseStride2;
    const found: number[] = [];
    // In two parts, as a map that does not fit at once.
    for (const [from, to] of [
      [0, 2],
      [2, outputs],
    ] as const) {
      const pixels = (to - from) * outputs;
      const codes = take<Uint8Array | Int16Array>(make, tiled(pixels) * channels);
      run(
        map.byteOffset + windowStart * (side + 3) * channels,
        (side + 2) * channels,
        channels,
        from,
        to,
        outputs,
        weights.byteOffset,
        bias.byteOffset,
        ratio,
        flip,
        codeBytes === 2 ? 1 : 0,
        codes.byteOffset,
      );
      for (let pixel = 0; pixel < pixels; pixel += 1) {
        for (let channel = 0; channel < channels; channel += 1)
          found.push(codes[codeIndex(channels, codeBytes, pixel, channel)] ?? NaN);
      }
    }
    const expected: number[] = [];
    for (let y = 0; y < outputs; y += 1) {
      for (let x = 0; x < outputs; x += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          let sum = bias[channel] ?? NaN;
          for (let tap = 0; tap < 9; tap += 1) {
            const row = y * stride + Math.floor(tap / 3) - 1 + windowStart;
            const column = x * stride + (tap % 3) - 1 + windowStart;
            const weight = (taps[tap * channels + channel] ?? NaN) - zeroPoint;
            sum += (map[mapIndex(side, channels, row, column, channel)] ?? NaN) * weight;
          }
          expected.push(requantized(sum, ratio) ^ flip);
        }
      }
    }
    expect(found).toEqual(expected);
    expect(new Set(expected).size).toBeGreaterThan(outputs * outputs);
  });
});

test('sums of pixels make up for what 8-bit products leave out', () => {
  const [depth, count, factor] = [40, 7, -17];
  const { whole } = seededRandom(40);
  for (const flip of [0, 128]) {
    const values = bytes(depth * tiled(count), whole);
    const codes = take(
      Uint8Array,
      values.length,
      values.map((value) => value ^ flip),
    );
    const corrections = take(Int32Array, tiled(count));
    kernels.sumPixels(codes.byteOffset, count, depth, flip, factor, corrections.byteOffset);
    for (let pixel = 0; pixel < count; pixel += 1) {
      let sum = 0;
      for (let input = 0; input < depth; input += 1)
        sum += values[codeIndex(depth, 1, pixel, input)] ?? NaN;
      expect(corrections[pixel]).toBe(factor * sum);
    }
  }
});

test('the border is zeroed, and nothing else', () => {
  const [side, channels] = [3, 8];
  const map = take(Uint8Array, (side + 2) * (side + 2) * channels + 16);
  map.fill(7);
  kernels.clearBorder(map.byteOffset, channels, side);
  const expected = new Uint8Array(map.length);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      for (let channel = 0; channel < channels; channel += 1)
        expected[mapIndex(side, channels, y, x, channel)] = 7;
  expected.fill(7, -16);
  expect(map).toEqual(expected);
});

test('the mean is over the pixels inside the border, in real units', () => {
  const [side, channels, scale] = [5, 16, 0.0235];
  const { whole } = seededRandom(5);
  const map = mapOf(side, channels, whole);
  const embedding = take(Float32Array, channels);
  const first = map.byteOffset + mapIndex(side, channels, 0, 0, 0);
  kernels.mean(first, channels, side, scale, embedding.byteOffset);
  for (let channel = 0; channel < channels; channel += 1) {
    let sum = 0;
    for (let y = 0; y < side; y += 1)
      for (let x = 0; x < side; x += 1) sum += map[mapIndex(side, channels, y, x, channel)] ?? NaN;
    expect(embedding[channel]).toBeCloseTo((sum * scale) / 25, 5);
  }
});

test('the classifier takes a number of classes that does not divide by its step', () => {
  const [depth, classes, zeroPoint, scale] = [40, 21, 100, 0.01];
  const { between } = seededRandom(21);
  const values = Uint8Array.from({ length: depth * classes }, () => between(0, 256));
  const source = take(Uint8Array, values.length, values);
  const weights = take(Uint8Array, depth * 32);
  kernels.packDense(source.byteOffset, depth, classes, weights.byteOffset);
  const embedding = take(
    Float32Array,
    depth,
    Array.from({ length: depth }, () => between(0, 6)),
  );
  const bias = take(
    Float32Array,
    32,
    Array.from({ length: 32 }, () => between(0, 1)),
  );
  const logits = take(Float32Array, 32);
  kernels.dense(
    embedding.byteOffset,
    depth,
    weights.byteOffset,
    zeroPoint,
    scale,
    bias.byteOffset,
    classes,
    logits.byteOffset,
  );
  for (let output = 0; output < classes; output += 1) {
    const sum = embedding.reduce(
      (total, value, input) =>
        total + value * scale * ((values[input * classes + output] ?? NaN) - zeroPoint),
      bias[output] ?? NaN,
    );
    expect(logits[output]).toBeCloseTo(sum, 3);
  }
});
