import { beforeAll, describe, expect, test } from 'vitest';

import { varint, writeOnnxModel } from '../../../bench/onnx-model';
import type { MobileNetV1 } from '../../../scripts/model/compiler/mobilenet-v1';

type Message = Map<number, (bigint | Uint8Array)[]>;

/** Reads protobuf's wire format on its own: https://protobuf.dev/programming-guides/encoding/ */
function parse(bytes: Uint8Array): Message {
  const fields: Message = new Map();
  let at = 0;
  const readVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(readVarint());
    const kind = tag & 7;
    let value: bigint | Uint8Array;
    if (kind === 0) value = readVarint();
    else if (kind === 2) {
      const length = Number(readVarint());
      value = bytes.subarray(at, at + length);
      at += length;
    } else throw new Error(`wire type ${kind}`);
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value]);
  }
  return fields;
}

const all = (message: Message, field: number) => message.get(field) ?? [];
const numbers = (message: Message, field: number) => all(message, field).map(Number);
const text = (message: Message, field: number) =>
  new TextDecoder().decode(all(message, field)[0] as Uint8Array);
const texts = (message: Message, field: number) =>
  all(message, field).map((value) => new TextDecoder().decode(value as Uint8Array));
const messages = (message: Message, field: number) =>
  all(message, field).map((value) => parse(value as Uint8Array));

function floats(tensor: Message): number[] {
  const raw = all(tensor, 9)[0] as Uint8Array;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

/** Kernel values count up, so that each shows where it went. */
const kernel = (shape: number[]) => ({
  shape,
  values: Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, index) => index),
  scale: 0.5,
  zeroPoint: 2,
});

const model: MobileNetV1 = {
  inputSize: 5,
  embeddingSize: 3,
  classCount: 2,
  convolutions: [
    {
      ...{ kind: 'convolution', name: 'stem', stride: 2 },
      kernel: kernel([1, 2, 2, 3]),
      bias: Float32Array.of(1, 2, 3),
    },
    {
      ...{ kind: 'depthwise', name: 'deep', stride: 1 },
      kernel: kernel([3, 3, 3, 1]),
      bias: Float32Array.of(0, 0, 0),
    },
  ],
  classifier: { kernel: kernel([3, 2]), bias: Float32Array.of(-1, 1) },
};

let file: Message;
let graph: Message;

beforeAll(() => {
  file = parse(writeOnnxModel(model));
  graph = parse(all(file, 7)[0] as Uint8Array);
});

function tensor(name: string): Message {
  const found = messages(graph, 5).find((each) => text(each, 8) === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function attributes(operator: string): Record<string, number[]>[] {
  return messages(graph, 1)
    .filter((node) => text(node, 4) === operator)
    .map((node) =>
      Object.fromEntries(
        messages(node, 5).map((each) => [
          text(each, 1),
          // AttributeProto.type: 2 is INT (field 3), 7 is INTS (field 8).
          numbers(each, 20)[0] === 2 ? numbers(each, 3) : numbers(each, 8),
        ]),
      ),
    );
}

test('varints are seven bits a byte, lowest first', () => {
  expect([0, 1, 127, 128, 300, 2 ** 35].map((value) => [...varint(value)])).toEqual([
    [0],
    [1],
    [0x7f],
    [0x80, 1],
    [0xac, 2],
    [0x80, 0x80, 0x80, 0x80, 0x80, 1],
  ]);
});

describe('the file', () => {
  test('names its versions, input and output', () => {
    expect(numbers(file, 1)).toEqual([8]);
    expect(messages(file, 8).map((opset) => numbers(opset, 2))).toEqual([[13]]);
    expect(messages(graph, 11).map((each) => text(each, 1))).toEqual(['image']);
    expect(messages(graph, 12).map((each) => text(each, 1))).toEqual(['logits']);
  });

  test('is one chain: each node takes what the one before gave', () => {
    const nodes = messages(graph, 1);
    expect(nodes.map((node) => text(node, 4))).toEqual([
      ...['Conv', 'Clip', 'Conv', 'Clip'],
      ...['GlobalAveragePool', 'Flatten', 'Gemm'],
    ]);
    let last = 'image';
    for (const node of nodes) {
      expect(texts(node, 1)[0]).toBe(last);
      last = text(node, 2);
    }
    expect(last).toBe('logits');
    const known = new Set(messages(graph, 5).map((each) => text(each, 8)));
    for (const node of nodes) {
      for (const input of texts(node, 1).slice(1)) expect(known).toContain(input);
    }
  });

  test('kernels are dequantized, and their output channel comes first', () => {
    const stem = tensor('stem/kernel');
    expect(numbers(stem, 1)).toEqual([3, 2, 1, 2]);
    // [height 1, width 2, in 2, out 3]: value at (x, i, o) is (x * 2 + i) * 3 + o, real 0.5 * (value - 2).
    const real = (x: number, i: number, o: number) => 0.5 * ((x * 2 + i) * 3 + o - 2);
    const expected = [0, 1, 2].flatMap((o) =>
      [0, 1].flatMap((i) => [0, 1].map((x) => real(x, i, o))),
    );
    expect(floats(stem)).toEqual(expected);
    expect(numbers(tensor('deep/kernel'), 1)).toEqual([3, 1, 3, 3]);
    expect(floats(tensor('deep/kernel')).slice(0, 3)).toEqual([-1, 0.5, 2]);
    expect(floats(tensor('stem/bias'))).toEqual([1, 2, 3]);
  });

  test('padding is TensorFlow’s SAME, depthwise is one group a channel', () => {
    const [stem, deep] = attributes('Conv');
    // 5 px, stride 2, kernel 1 high: nothing to pad.
    expect(stem).toMatchObject({ strides: [2, 2], group: [1], pads: [0, 0, 0, 0] });
    expect(deep).toMatchObject({ strides: [1, 1], group: [3], pads: [1, 1, 1, 1] });
  });
});
