import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { CompileError } from '../../../../../scripts/model/compiler/compile-error';
import {
  compileModel,
  type ModelPart,
  readModelParts,
} from '../../../../../scripts/model/compiler/compile';
import { readMobileNetV1 } from '../../../../../scripts/model/compiler/mobilenet-v1';
import {
  readTflite,
  type TfliteFile,
  type TfliteOperator,
} from '../../../../../scripts/model/compiler/tflite-file';
import { VARIANT_SOURCES } from '../../../../../scripts/model/compiler/variants';
import { openModelInNode } from '../../../../../scripts/model/model-in-node';

const { accurate, fast } = VARIANT_SOURCES;

let parts: ModelPart[];
let fastParts: ModelPart[];

beforeAll(async () => {
  parts = await readModelParts(accurate);
  fastParts = await readModelParts(fast);
});

function failureOf(action: () => unknown): CompileError {
  try {
    action();
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error('it compiled');
}

describe('compiling', () => {
  test('gives the same bytes each time, weights of one byte each and float biases', () => {
    const first = compileModel(parts, accurate);
    const second = compileModel(parts, accurate);
    expect(second.modelJson).toBe(first.modelJson);
    expect(Buffer.from(second.weights).equals(first.weights)).toBe(true);
    expect(first.embeddingSize).toBe(1024);
    // One byte for each of MobileNetV1's 4,210,112 kernel weights, four for each of its 11,945
    // biases (batch norm folded in, 1001 classes), and two int32 axes.
    expect(first.weights.byteLength).toBe(4_210_112 + 4 * 11_945 + 8);
  });

  test('the half-width model has half the embedding', () => {
    expect(compileModel(fastParts, fast).embeddingSize).toBe(512);
  });

  test('each convolution is one fused kernel with its bias and ReLU6', async () => {
    const model = await openModelInNode(compileModel(fastParts, fast), 'wasm');
    const batch = new Float32Array(2 * model.inputSize ** 2 * 3);
    const { kernels } = await tf.profile(() => {
      const { logits, embeddings } = model.predict(batch, 2);
      expect(logits.map((row) => row.length)).toEqual([1001, 1001]);
      expect(embeddings.map((row) => row.length)).toEqual([512, 512]);
      return tf.scalar(0);
    });
    const names = kernels.map(({ name }) => name);
    expect(names.filter((name) => name === 'FusedConv2D')).toHaveLength(14);
    expect(names.filter((name) => name === 'FusedDepthwiseConv2D')).toHaveLength(13);
    expect(names.filter((name) => name === '_FusedMatMul')).toHaveLength(1);
    const unfused = ['Conv2D', 'DepthwiseConv2dNative', 'Add', 'Relu6', 'ClipByValue'];
    expect(names.filter((name) => unfused.includes(name))).toEqual([]);
    model.dispose();
  });

  test('a batch gives each image what it gets alone, and leaves no tensors', async () => {
    const model = await openModelInNode(compileModel(fastParts, fast), 'wasm');
    const length = model.inputSize ** 2 * 3;
    const batch = Float32Array.from({ length: 2 * length }, (_, index) => Math.sin(index * 0.37));
    const before = tf.memory().numTensors;
    const together = model.predict(batch, 2).logits[1] ?? new Float32Array();
    const alone = model.predict(batch.slice(length), 1).logits[0] ?? new Float32Array();
    expect(tf.memory().numTensors).toBe(before);
    expect(together.length).toBe(1001);
    expect(
      Math.max(...together.map((logit, i) => Math.abs(logit - (alone[i] ?? NaN)))),
    ).toBeLessThan(1e-4);
    model.dispose();
  });
});

describe('a damaged file', () => {
  test.each([0, 7, 100, 5_000, 1_000_000, 3_000_000])(
    'cut off after %i bytes is refused by name',
    (byteCount) => {
      const [first, second] = parts;
      if (first === undefined || second === undefined) throw new Error('two parts expected');
      const cut = { ...first, bytes: first.bytes.slice(0, byteCount) };
      const error = failureOf(() => compileModel([cut, second], accurate));
      expect(error.code).toBe('model-truncated');
      expect(error.message).toContain(first.fileName);
    },
  );

  test('that is no TFLite file is refused', () => {
    const bytes = new TextEncoder().encode('<!doctype html><title>Not found</title>');
    const error = failureOf(() => compileModel([{ fileName: 'page.tflite', bytes }], fast));
    expect(error.code).toBe('model-not-tflite');
    expect(error.message).toContain('page.tflite');
  });

  test('of another schema version is refused', () => {
    const file = { fileName: 'later.tflite', bytes: flatbufferWithVersion(4) };
    const error = failureOf(() => compileModel([file], fast));
    expect(error.code).toBe('model-not-tflite');
    expect(error.message).toContain('schema version 4');
  });
});

/** A TFLite file that holds nothing but its schema version. */
function flatbufferWithVersion(version: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(24));
  view.setInt32(0, 16, true); // the root table
  new Uint8Array(view.buffer).set(new TextEncoder().encode('TFL3'), 4);
  view.setInt16(8, 6, true); // the vtable: its size, the table's, the first field's offset
  view.setInt16(10, 8, true);
  view.setInt16(12, 4, true);
  view.setInt32(16, 8, true); // from the table back to its vtable
  view.setInt32(20, version, true);
  return new Uint8Array(view.buffer);
}

describe('a file that is not the expected MobileNetV1', () => {
  /** The error that reading the two halves gives after one thing in them was changed. */
  function failureAfter(change: (first: TfliteFile, second: TfliteFile) => void): CompileError {
    const files = parts.map(({ bytes, fileName }) => readTflite(bytes, fileName));
    const [first, second] = files;
    if (first === undefined || second === undefined) throw new Error('two parts expected');
    change(first, second);
    return failureOf(() => readMobileNetV1(files, accurate));
  }

  function operator<Type extends TfliteOperator['type']>(
    file: TfliteFile,
    index: number,
    type: Type,
  ): Extract<TfliteOperator, { type: Type }> {
    const found = file.operators[index];
    if (found?.type !== type) throw new Error(`op ${index} is not ${type}`);
    return found as Extract<TfliteOperator, { type: Type }>;
  }

  test('unchanged, it is read', () => {
    expect(() => failureAfter(() => undefined)).toThrow('it compiled');
  });

  test.each<[string, string, RegExp, (first: TfliteFile, second: TfliteFile) => void]>([
    [
      'another activation',
      'model-unexpected-op',
      /embedding_extractor.*op 3 \(DEPTHWISE_CONV_2D\).*activation is RELU, expected RELU6/,
      (first) => {
        operator(first, 3, 'DEPTHWISE_CONV_2D').activation = 'RELU';
      },
    ],
    [
      'an activation on the logits',
      'model-unexpected-op',
      /head_layers.*op 0 \(CONV_2D\).*activation is RELU6, expected NONE/,
      (_first, second) => {
        operator(second, 0, 'CONV_2D').activation = 'RELU6';
      },
    ],
    [
      'another stride',
      'model-unexpected-op',
      /op 3 \(DEPTHWISE_CONV_2D\).*stride width is 1, expected 2/,
      (first) => {
        operator(first, 3, 'DEPTHWISE_CONV_2D').strideWidth = 1;
      },
    ],
    [
      'another padding',
      'model-unexpected-op',
      /op 0 \(CONV_2D\).*padding is VALID, expected SAME/,
      (first) => {
        operator(first, 0, 'CONV_2D').padding = 'VALID';
      },
    ],
    [
      'a dilation',
      'model-unexpected-op',
      /op 2 \(CONV_2D\).*dilation height is 2, expected 1/,
      (first) => {
        operator(first, 2, 'CONV_2D').dilationHeight = 2;
      },
    ],
    [
      'a pool over a part of the map',
      'model-unexpected-op',
      /op 27 \(AVERAGE_POOL_2D\).*filter height is 3, expected 7/,
      (first) => {
        operator(first, 27, 'AVERAGE_POOL_2D').filterHeight = 3;
      },
    ],
    [
      'a missing op',
      'model-unexpected-op',
      /op 6 \(CONV_2D\).*expected DEPTHWISE_CONV_2D/,
      (first) => {
        first.operators.splice(5, 1);
      },
    ],
    [
      'a missing end',
      'model-unexpected-op',
      /the file ends where SOFTMAX was expected/,
      (_first, second) => {
        second.operators.pop();
      },
    ],
    [
      'an op too many',
      'model-unexpected-op',
      /op 2 \(SOFTMAX\) after the end/,
      (_first, second) => {
        second.operators.push(operator(second, 2, 'SOFTMAX'));
      },
    ],
    [
      'an op fed from elsewhere',
      'model-unexpected-op',
      /op 4 \(CONV_2D\): takes .*Conv2d_0.*expected .*Conv2d_2_depthwise/,
      (first) => {
        operator(first, 4, 'CONV_2D').inputs[0] =
          operator(first, 0, 'CONV_2D').outputs[0] ?? fail();
      },
    ],
    [
      'another kernel shape',
      'model-unexpected-tensor',
      /op 2 \(CONV_2D\).*Conv2d_1_pointwise.*is UINT8 64x1x1x16, expected UINT8 64x1x1x32/,
      (first) => {
        (operator(first, 2, 'CONV_2D').inputs[1] ?? fail()).shape = [64, 1, 1, 16];
      },
    ],
    [
      'another kernel type',
      'model-unexpected-tensor',
      /op 2 \(CONV_2D\).*is FLOAT32 64x1x1x32, expected UINT8/,
      (first) => {
        (operator(first, 2, 'CONV_2D').inputs[1] ?? fail()).type = 'FLOAT32';
      },
    ],
    [
      'a kernel without its bytes',
      'model-unexpected-tensor',
      /op 2 \(CONV_2D\).*holds 0 bytes, expected 2048/,
      (first) => {
        (operator(first, 2, 'CONV_2D').inputs[1] ?? fail()).bytes = new Uint8Array();
      },
    ],
    [
      'another input size',
      'model-unexpected-tensor',
      /tensor input is UINT8 1x192x192x3, expected UINT8 1x224x224x3/,
      (first) => {
        (first.inputs[0] ?? fail()).shape = [1, 192, 192, 3];
      },
    ],
    [
      'another input range',
      'model-unexpected-quantization',
      /tensor input has scale 0\.0039.*expected scale 0\.0078125, zero point 128/,
      (first) => {
        (first.inputs[0] ?? fail()).quantization = { scale: 1 / 255, zeroPoint: 0 };
      },
    ],
    [
      'a bias scale that is not input times kernel',
      'model-unexpected-quantization',
      /op 1 \(DEPTHWISE_CONV_2D\).*Conv2d_1_depthwise.*bias has scale/,
      (first) => {
        const bias = operator(first, 1, 'DEPTHWISE_CONV_2D').inputs[2] ?? fail();
        bias.quantization = { scale: (bias.quantization?.scale ?? fail()) * 1.001, zeroPoint: 0 };
      },
    ],
    [
      'a kernel with a scale a channel',
      'model-unexpected-quantization',
      /op 1 \(DEPTHWISE_CONV_2D\).*Conv2d_1_depthwise.*one positive scale/,
      (first) => {
        (operator(first, 1, 'DEPTHWISE_CONV_2D').inputs[1] ?? fail()).quantization = null;
      },
    ],
    [
      'another scale at the join',
      'model-unexpected-quantization',
      /embedding_extractor.*joined to .*head_layers.*AvgPool has scale 0\.02, zero point 0, expected scale 0\.0235/,
      (_first, second) => {
        (second.inputs[0] ?? fail()).quantization = { scale: 0.02, zeroPoint: 0 };
      },
    ],
    [
      'another zero point at the join',
      'model-unexpected-quantization',
      /joined to .*AvgPool has scale .*zero point 3, expected/,
      (_first, second) => {
        const input = second.inputs[0] ?? fail();
        input.quantization = { scale: input.quantization?.scale ?? fail(), zeroPoint: 3 };
      },
    ],
    [
      'another shape at the join',
      'model-unexpected-tensor',
      /joined to .*AvgPool is UINT8 1x1x1x512, expected UINT8 1x1x1x1024/,
      (_first, second) => {
        (second.inputs[0] ?? fail()).shape = [1, 1, 1, 512];
      },
    ],
  ])('%s is an error that names it', (_name, code, message, change) => {
    const error = failureAfter(change);
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
  });

  test('the halves in the wrong order are refused', () => {
    const error = failureOf(() => compileModel([...parts].reverse(), accurate));
    expect(error.code).toBe('model-unexpected-tensor');
  });

  test('the half-width model is not taken for the full one', () => {
    const error = failureOf(() => compileModel(fastParts, { width: 1, inputSize: 160 }));
    expect(error.code).toBe('model-unexpected-tensor');
    expect(error.message).toMatch(/op 0 \(CONV_2D\).*16x3x3x3, expected UINT8 32x3x3x3/);
  });
});

function fail(): never {
  throw new Error('the file does not hold what the test changes');
}
