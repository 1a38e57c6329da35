/**
 * MobileNetV1 as an ONNX file: onnx.proto3 of ONNX 1.15 (opset 13), of which a few messages are needed.
 * Only the benchmark's peer reads it.
 */
import type {
  ConvolutionLayer,
  MobileNetV1,
  QuantizedKernel,
} from '../scripts/model/compiler/mobilenet-v1';

const IR_VERSION = 8;
const OPSET = 13;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;
const VARINT = 0;
const LENGTH_DELIMITED = 2;

type Attributes = Record<string, number | readonly number[]>;

/** A protobuf varint of a whole number from 0. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function number(field: number, value: number): Uint8Array {
  return joined([varint((field << 3) | VARINT), varint(value)]);
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return joined([varint((field << 3) | LENGTH_DELIMITED), varint(value.length), value]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function message(field: number, ...parts: Uint8Array[]): Uint8Array {
  return bytes(field, joined(parts));
}

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9 (little-endian). */
function initializer(name: string, shape: readonly number[], values: Float32Array): Uint8Array {
  const raw = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, index) => {
    raw.setFloat32(index * 4, value, true);
  });
  return message(
    5,
    ...shape.map((size) => number(1, size)),
    number(2, FLOAT),
    text(8, name),
    bytes(9, new Uint8Array(raw.buffer)),
  );
}

/** AttributeProto: name 1, i 3, ints 8, type 20. */
function attribute(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === 'number'
    ? message(5, text(1, name), number(3, value), number(20, ATTRIBUTE_INT))
    : message(
        5,
        text(1, name),
        ...value.map((each) => number(8, each)),
        number(20, ATTRIBUTE_INTS),
      );
}

/** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5. */
function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Attributes = {},
): Uint8Array {
  return message(
    1,
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(3, output),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  );
}

/** ValueInfoProto: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { dim_value 1 } } } }. */
function valueInfo(field: number, name: string, shape: readonly number[]): Uint8Array {
  const dimensions = shape.map((size) => message(1, number(1, size)));
  return message(
    field,
    text(1, name),
    message(2, message(1, number(1, FLOAT), message(2, ...dimensions))),
  );
}

function dequantized({ values, scale, zeroPoint }: QuantizedKernel): Float32Array {
  return Float32Array.from(values, (value) => scale * (value - zeroPoint));
}

/** [height, width, in, out] to [out, in, height, width]; for a depthwise kernel `in` is 1 and `out` its channels. */
function outputFirst(
  values: Float32Array,
  [height, width, inputs, outputs]: readonly [number, number, number, number],
): Float32Array {
  const moved = new Float32Array(values.length);
  const area = height * width;
  for (let place = 0; place < area; place += 1) {
    for (let input = 0; input < inputs; input += 1) {
      for (let output = 0; output < outputs; output += 1) {
        moved[(output * inputs + input) * area + place] =
          values[(place * inputs + input) * outputs + output] ?? 0;
      }
    }
  }
  return moved;
}

/** TensorFlow's SAME: what is odd goes to the bottom and the right. [top, left, bottom, right] px. */
function samePads(side: number, kernelSide: number, stride: number): number[] {
  const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernelSide - side);
  const before = Math.floor(total / 2);
  return [before, before, total - before, total - before];
}

interface Written {
  initializers: Uint8Array[];
  nodes: Uint8Array[];
}

function writeConvolution(
  layer: ConvolutionLayer,
  input: string,
  side: number,
  { initializers, nodes }: Written,
): void {
  const { name, stride, kernel, bias } = layer;
  const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
  const isDepthwise = layer.kind === 'depthwise';
  const channels = isDepthwise ? inputs : outputs;
  const perGroup = isDepthwise ? 1 : inputs;
  initializers.push(
    initializer(
      `${name}/kernel`,
      [channels, perGroup, height, width],
      outputFirst(dequantized(kernel), [height, width, perGroup, channels]),
    ),
    initializer(`${name}/bias`, [channels], bias),
  );
  nodes.push(
    node('Conv', [input, `${name}/kernel`, `${name}/bias`], `${name}/map`, {
      kernel_shape: [height, width],
      strides: [stride, stride],
      dilations: [1, 1],
      group: isDepthwise ? channels : 1,
      pads: samePads(side, height, stride),
    }),
    node('Clip', [`${name}/map`, 'relu6/from', 'relu6/to'], name),
  );
}

/** The names of the file's input [1, 3, size, size] and output [1, classCount]. */
export const ONNX_INPUT = 'image';
export const ONNX_OUTPUT = 'logits';

/** The model in float32, channels first, convolution and ReLU6 apart: ONNX Runtime fuses them when it loads. */
export function writeOnnxModel(model: MobileNetV1): Uint8Array {
  const { inputSize, embeddingSize, classCount } = model;
  const written: Written = {
    initializers: [
      initializer('relu6/from', [], Float32Array.of(0)),
      initializer('relu6/to', [], Float32Array.of(6)),
    ],
    nodes: [],
  };
  let last = ONNX_INPUT;
  let side = inputSize;
  for (const layer of model.convolutions) {
    writeConvolution(layer, last, side, written);
    last = layer.name;
    side = Math.ceil(side / layer.stride);
  }
  const { kernel, bias } = model.classifier;
  written.initializers.push(
    initializer('logits/kernel', [embeddingSize, classCount], dequantized(kernel)),
    initializer('logits/bias', [classCount], bias),
  );
  written.nodes.push(
    node('GlobalAveragePool', [last], 'pooled'),
    node('Flatten', ['pooled'], 'embedding', { axis: 1 }),
    node('Gemm', ['embedding', 'logits/kernel', 'logits/bias'], ONNX_OUTPUT),
  );
  return joined([
    number(1, IR_VERSION),
    text(2, 'Alt Lens benchmark'),
    message(
      7,
      ...written.nodes,
      text(2, 'mobilenet-v1'),
      ...written.initializers,
      valueInfo(11, ONNX_INPUT, [1, 3, inputSize, inputSize]),
      valueInfo(12, ONNX_OUTPUT, [1, classCount]),
    ),
    message(8, text(1, ''), number(2, OPSET)),
  ]);
}
