import type { ConvolutionLayer, MobileNetV1, QuantizedKernel } from './mobilenet-v1';

/** A compiled model: the two files of a tfjs graph-model, byte for byte the same for the same input. */
export interface GraphModelFiles {
  /** `model.json` as text. */
  modelJson: string;
  /** `weights.bin`. */
  weights: Uint8Array;
}

interface WeightSpec {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32';
  quantization?: { dtype: 'uint8'; scale: number; min: number };
}

/** A TensorFlow NodeDef in the JSON form that tfjs-converter reads; strings in attributes are base64. */
interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr: Record<string, unknown>;
}

const INPUT = 'image';
const EMBEDDING = 'embedding';
const LOGITS = 'logits';
const ANY_BATCH = -1;

/**
 * A tfjs graph-model: input `image` [N, size, size, 3] float in [-1, 1], RGB; outputs `logits`
 * [N, 1001] and `embedding` [N, embeddingSize], reachable by `execute(x, ['logits', 'embedding'])`.
 * Each convolution is one fused node (convolution + bias + ReLU6), so that a backend runs it as one
 * kernel; kernels stay uint8 and are dequantized by tfjs at load.
 */
export function writeGraphModel(model: MobileNetV1): GraphModelFiles {
  const { inputSize, embeddingSize, classCount } = model;
  const weights = new WeightWriter();
  const imageShape = [ANY_BATCH, inputSize, inputSize, 3];
  const nodes: GraphNode[] = [
    {
      name: INPUT,
      op: 'Placeholder',
      attr: { dtype: float, shape: { shape: shapeOf(imageShape) } },
    },
  ];

  let last = INPUT;
  for (const layer of model.convolutions) {
    const inputs = [
      last,
      weights.addKernel(`${layer.name}/kernel`, layer.kernel),
      weights.addFloats(`${layer.name}/bias`, layer.bias),
    ];
    nodes.push(convolutionNode(layer, inputs));
    last = layer.name;
  }

  // A mean, not an average pool: the embedding comes out as [N, channels] in one node.
  const axes = weights.addInts('embedding/axes', Int32Array.of(1, 2));
  nodes.push({
    name: EMBEDDING,
    op: 'Mean',
    input: [last, axes],
    attr: { T: float, Tidx: int, keep_dims: { b: false } },
  });
  nodes.push({
    name: LOGITS,
    op: '_FusedMatMul',
    input: [
      EMBEDDING,
      weights.addKernel('logits/kernel', model.classifier.kernel),
      weights.addFloats('logits/bias', model.classifier.bias),
    ],
    attr: {
      T: float,
      transpose_a: { b: false },
      transpose_b: { b: false },
      num_args: { i: '1' },
      fused_ops: strings('BiasAdd'),
    },
  });

  const tensorInfo = (name: string, shape: number[]): object => ({
    name: `${name}:0`,
    dtype: float.type,
    tensorShape: shapeOf(shape),
  });
  const modelJson = {
    format: 'graph-model',
    generatedBy: 'Alt Lens model compiler',
    convertedBy: null,
    signature: {
      inputs: { [INPUT]: tensorInfo(INPUT, imageShape) },
      outputs: {
        [LOGITS]: tensorInfo(LOGITS, [ANY_BATCH, classCount]),
        [EMBEDDING]: tensorInfo(EMBEDDING, [ANY_BATCH, embeddingSize]),
      },
    },
    modelTopology: {
      node: [...weights.specs.map(constantNode), ...nodes],
      library: {},
      versions: {},
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: weights.specs }],
  };
  return { modelJson: `${JSON.stringify(modelJson)}\n`, weights: weights.bytes() };
}

const float = { type: 'DT_FLOAT' };
const int = { type: 'DT_INT32' };

/** Collects weights in the order in which they are named. */
class WeightWriter {
  readonly specs: WeightSpec[] = [];
  readonly #parts: Uint8Array[] = [];

  addKernel(name: string, { shape, values, scale, zeroPoint }: QuantizedKernel): string {
    // tfjs: real = value * scale + min; TFLite: real = scale * (value - zeroPoint).
    const quantization = { dtype: 'uint8', scale, min: -scale * zeroPoint } as const;
    return this.#add({ name, shape, dtype: 'float32', quantization }, values);
  }

  addFloats(name: string, values: Float32Array): string {
    const bytes = new DataView(new ArrayBuffer(values.byteLength));
    values.forEach((value, index) => {
      bytes.setFloat32(index * 4, value, true);
    });
    return this.#add(
      { name, shape: [values.length], dtype: 'float32' },
      new Uint8Array(bytes.buffer),
    );
  }

  addInts(name: string, values: Int32Array): string {
    const bytes = new DataView(new ArrayBuffer(values.byteLength));
    values.forEach((value, index) => {
      bytes.setInt32(index * 4, value, true);
    });
    return this.#add(
      { name, shape: [values.length], dtype: 'int32' },
      new Uint8Array(bytes.buffer),
    );
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  #add(spec: WeightSpec, values: Uint8Array): string {
    this.specs.push(spec);
    this.#parts.push(values);
    return spec.name;
  }
}

function convolutionNode(layer: ConvolutionLayer, input: string[]): GraphNode {
  const stride = String(layer.stride);
  return {
    name: layer.name,
    op: layer.kind === 'depthwise' ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D',
    input,
    attr: {
      T: float,
      strides: { list: { i: ['1', stride, stride, '1'] } },
      dilations: { list: { i: ['1', '1', '1', '1'] } },
      padding: { s: base64('SAME') },
      data_format: { s: base64('NHWC') },
      num_args: { i: '1' },
      fused_ops: strings('BiasAdd', 'Relu6'),
    },
  };
}

function constantNode({ name, shape, dtype }: WeightSpec): GraphNode {
  const type = dtype === 'int32' ? int : float;
  return {
    name,
    op: 'Const',
    attr: { dtype: type, value: { tensor: { dtype: type.type, tensorShape: shapeOf(shape) } } },
  };
}

function shapeOf(shape: readonly number[]): { dim: { size: string }[] } {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}

function strings(...values: string[]): { list: { s: string[] } } {
  return { list: { s: values.map(base64) } };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
