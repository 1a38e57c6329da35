/** Each compiled kernel against the same thing written plainly, on shapes that do not divide evenly. */
import { beforeEach, describe, expect, test } from 'vitest';

import { seededRandom } from '../../../../scripts/calibration/drawings/random';
import { readKernels } from '../../../../scripts/model/model-in-node';
import { instantiateKernels, type Kernels } from '../../../../src/inference/wasm/kernels';

const PAGE_BYTES = 65_536;

let kernels: Kernels;
let end: number;

beforeEach(async () => {
  kernels = await instantiateKernels(await readKernels());
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
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(0x7b);
  if (values !== undefined) view.set(values);
  end += Math.ceil(view.byteLength / 16) * 16 + 1024;
  return view;
}

function relu6(value: number): number {
  return Math.min(Math.max(value, 0), 6);
}

/** Of a map `[planes][side + 2][side + 2][4]`, where a pixel inside the border has a channel. */
function mapIndex(side: number, y: number, x: number, channel: number): number {
  const plane = Math.floor(channel / 4);
  return ((plane * (side + 2) + y + 1) * (side + 2) + x + 1) * 4 + (channel % 4);
}

function packed(values: Uint8Array, depth: number, channels: number, zeroPoint: number) {
  const weights = take(Int16Array, depth * channels);
  const start = take(Int32Array, channels);
  const source = take(Uint8Array, values.length, values);
  const largest = kernels.packPointwise(
    source.byteOffset,
    depth,
    channels,
    zeroPoint,
    weights.byteOffset,
    start.byteOffset,
  );
  return { weights, start, largest };
}

test('packed weights are the stored ones without their zero point, and the sums are theirs', () => {
  const [depth, channels, zeroPoint] = [8, 16, 111];
  const { between } = seededRandom(1);
  const values = Uint8Array.from({ length: depth * channels }, () => between(0, 256));
  const { weights, start, largest } = packed(values, depth, channels, zeroPoint);
  let expectedLargest = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    const column = Array.from(
      { length: depth },
      (_, input) => (values[input * channels + channel] ?? NaN) - zeroPoint,
    );
    column.forEach((weight, input) => {
      const pair = (Math.floor(channel / 8) * depth) / 2 + Math.floor(input / 2);
      expect(weights[(pair * 8 + (channel % 8)) * 2 + (input % 2)]).toBe(weight);
    });
    const positive = column.reduce((sum, weight) => sum + Math.max(weight, 0), 0);
    const negative = column.reduce((sum, weight) => sum - Math.min(weight, 0), 0);
    expect(start[channel]).toBe((positive - negative) * 32768);
    expectedLargest = Math.max(expectedLargest, positive, negative);
  }
  expect(largest).toBe(expectedLargest);
});

describe.each([
  { side: 5, rows: 3 }, // 15 pixels: three steps of four, and three over
  { side: 7, rows: 7 }, // 49: one over
  { side: 4, rows: 4 },
  { side: 1, rows: 1 },
])('pointwise, $rows rows of $side pixels', ({ side, rows }) => {
  test('gives the exact sums, bias and ReLU6, and leaves all else as it was', () => {
    const [depth, channels, zeroPoint, scale] = [24, 16, 128, 3e-8];
    const { between } = seededRandom(side);
    // The extremes of codes and weights are among them.
    const values = Uint8Array.from({ length: depth * channels }, () =>
      Math.min(255, Math.max(0, between(-72, 328))),
    );
    const { weights, start } = packed(values, depth, channels, zeroPoint);
    const count = rows * side;
    const codes = take(Int16Array, (count + 3) * depth);
    codes.set(
      Int16Array.from({ length: count * depth }, () =>
        Math.min(32767, Math.max(-32768, between(-60000, 60000))),
      ),
    );
    const bias = take(
      Float32Array,
      channels,
      Array.from({ length: channels }, () => between(0, 4)),
    );
    const planeValues = (side + 2) * (side + 2) * 4;
    const map = take(Float32Array, (channels / 4) * planeValues);
    const spare = take(Float32Array, planeValues + 4);
    const before = map.slice();

    kernels.pointwise(
      codes.byteOffset,
      count,
      depth,
      weights.byteOffset,
      start.byteOffset,
      bias.byteOffset,
      scale,
      channels,
      map.byteOffset + mapIndex(side, 0, 0, 0) * 4,
      planeValues * 4,
      side,
      spare.byteOffset,
    );

    const expected = before;
    for (let pixel = 0; pixel < count; pixel += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        for (let input = 0; input < depth; input += 1) {
          const code = (codes[pixel * depth + input] ?? NaN) + 32768;
          sum += code * ((values[input * channels + channel] ?? NaN) - zeroPoint);
        }
        const scaled = Math.fround(Math.fround(sum) * Math.fround(scale));
        expected[mapIndex(side, Math.floor(pixel / side), pixel % side, channel)] = relu6(
          Math.fround(scaled + (bias[channel] ?? NaN)),
        );
      }
    }
    expect(map).toEqual(expected);
    expect(new Set(map).size).toBeGreaterThan(count);
  });
});

describe.each([
  { stride: 1, side: 7, windowStart: 0 },
  { stride: 1, side: 4, windowStart: 0 },
  { stride: 2, side: 5, windowStart: 0 },
  { stride: 2, side: 6, windowStart: 1 },
])('depthwise, stride $stride over $side pixels', ({ stride, side, windowStart }) => {
  test('gives the codes of the convolution with zeros around', () => {
    const channels = 8;
    const outputs = Math.ceil(side / stride);
    const { between } = seededRandom(side * stride);
    const planeValues = (side + 2) * (side + 2) * 4;
    const map = take(Float32Array, (channels / 4) * planeValues + 12);
    map.fill(0);
    for (let y = 0; y < side; y += 1)
      for (let x = 0; x < side; x += 1)
        for (let channel = 0; channel < channels; channel += 1)
          map[mapIndex(side, y, x, channel)] = between(0, 6);
    const taps = Float32Array.from({ length: 9 * channels }, () => between(-1, 1)); // [9][channels]
    const weights = take(Float32Array, taps.length);
    taps.forEach((tap, index) => {
      const channel = index % channels;
      weights[(Math.floor(channel / 4) * 9 + Math.floor(index / channels)) * 4 + (channel % 4)] =
        tap;
    });
    const bias = take(Float32Array, channels, [0, 1, 2, 3, -1, -2, 50, -50]);
    const codes = take(Int16Array, (outputs * outputs + 3) * channels);
    const codesPerUnit = 65535 / 6;
    const run = stride === 1 ? kernels.depthwiseStride1 : kernels.depthwiseStride2;
    // In two parts, as a map that does not fit at once.
    for (const [from, to] of [
      [0, 2],
      [2, outputs],
    ] as const) {
      run(
        map.byteOffset + windowStart * (side + 3) * 16,
        planeValues * 4,
        (side + 2) * 16,
        channels / 4,
        from,
        to,
        outputs,
        weights.byteOffset,
        bias.byteOffset,
        codesPerUnit,
        codes.byteOffset + from * outputs * channels * 2,
      );
    }
    const seen = new Set<number>();
    for (let y = 0; y < outputs; y += 1) {
      for (let x = 0; x < outputs; x += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          let sum = bias[channel] ?? NaN;
          for (let tap = 0; tap < 9; tap += 1) {
            const row = y * stride + Math.floor(tap / 3) - 1 + windowStart;
            const column = x * stride + (tap % 3) - 1 + windowStart;
            sum +=
              (map[mapIndex(side, row, column, channel)] ?? NaN) *
              (taps[tap * channels + channel] ?? NaN);
          }
          const code = codes[(y * outputs + x) * channels + channel] ?? NaN;
          const exact = relu6(sum) * codesPerUnit - 32768;
          expect(Math.abs(code - exact)).toBeLessThan(0.51); // floats are summed in another order
          seen.add(code);
        }
      }
    }
    expect(seen).toContain(32767);
    expect(seen).toContain(-32768);
    expect(seen.size).toBeGreaterThan(outputs * outputs);
  });
});

test('the border is zeroed, and nothing else', () => {
  const [side, planes] = [3, 2];
  const map = take(Float32Array, planes * (side + 2) * (side + 2) * 4 + 4);
  map.fill(7);
  kernels.clearBorder(map.byteOffset, planes, side);
  const expected = new Float32Array(map.length);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      for (let channel = 0; channel < planes * 4; channel += 1)
        expected[mapIndex(side, y, x, channel)] = 7;
  expected.fill(7, -4);
  expect(map).toEqual(expected);
});

test('the mean is over the pixels inside the border', () => {
  const [side, planes] = [5, 2];
  const { between } = seededRandom(5);
  const planeValues = (side + 2) * (side + 2) * 4;
  const map = take(Float32Array, planes * planeValues);
  const sums = new Float64Array(planes * 4);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      sums.forEach((sum, channel) => {
        const value = Math.fround(between(0, 6));
        map[mapIndex(side, y, x, channel)] = value;
        sums[channel] = sum + value;
      });
  const embedding = take(Float32Array, planes * 4);
  kernels.mean(
    map.byteOffset + mapIndex(side, 0, 0, 0) * 4,
    planeValues * 4,
    planes,
    side,
    embedding.byteOffset,
  );
  sums.forEach((sum, channel) => {
    expect(embedding[channel]).toBeCloseTo(sum / 25, 5);
  });
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
