import type { ModelFiles } from '../model/model-files';

type CompiledModel = Pick<ModelFiles, 'graph' | 'weights'>;

/** Weights as stored: real weight = scale * (value - zeroPoint). */
export interface QuantizedWeights {
  shape: readonly number[];
  values: Uint8Array;
  scale: number;
  zeroPoint: number;
}

/** A layer's weights and its bias, one a channel, in real units. */
export interface LayerWeights {
  kernel: QuantizedWeights;
  bias: Float32Array;
}

export interface ConvolutionWeights extends LayerWeights {
  stride: number;
}

/** MobileNetV1: the stem, pairs of depthwise and pointwise convolution, mean, classifier. */
export interface MobileNetWeights {
  stem: ConvolutionWeights;
  blocks: { depthwise: ConvolutionWeights; pointwise: ConvolutionWeights }[];
  classifier: LayerWeights;
}

/** A node of the compiled graph, as far as it is read. */
interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr: { strides?: { list: { i: string[] } } };
}

const CONVOLUTIONS: readonly string[] = ['_FusedConv2D', 'FusedDepthwiseConv2dNative'];
const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4 };

function storedWeights({
  graph,
  weights,
}: CompiledModel): Map<string, QuantizedWeights | Float32Array> {
  const stored = new Map<string, QuantizedWeights | Float32Array>();
  let offset = 0;
  for (const spec of graph.weightsManifest.flatMap((group) => group.weights)) {
    const count = spec.shape.reduce((product, size) => product * size, 1);
    const { quantization } = spec;
    if (quantization === undefined) {
      const bytes = count * (BYTES[spec.dtype] ?? NaN);
      // Sliced: a float need not lie on a multiple of four.
      stored.set(spec.name, new Float32Array(weights.slice(offset, offset + bytes)));
      offset += bytes;
    } else {
      const { scale = NaN, min = NaN } = quantization;
      stored.set(spec.name, {
        shape: spec.shape,
        values: new Uint8Array(weights, offset, count),
        scale,
        zeroPoint: Math.round(-min / scale),
      });
      offset += count;
    }
  }
  return stored;
}

/**
 * Reads the layers out of a compiled model, whose form the model compiler has checked.
 * @throws Error where a layer is missing.
 */
export function readMobileNet(model: CompiledModel): MobileNetWeights {
  const stored = storedWeights(model);
  const { node: nodes } = model.graph.modelTopology as { node: GraphNode[] };

  function layerOf({ name, input = [], attr }: GraphNode): ConvolutionWeights {
    const kernel = stored.get(input[1] ?? '');
    const bias = stored.get(input[2] ?? '');
    if (kernel === undefined || kernel instanceof Float32Array || !(bias instanceof Float32Array)) {
      throw new Error(`The model's layer ${name} has no quantized kernel with a bias.`);
    }
    return { kernel, bias, stride: Number(attr.strides?.list.i[1] ?? 1) };
  }

  const [stem, ...rest] = nodes.filter(({ op }) => CONVOLUTIONS.includes(op)).map(layerOf);
  const classifier = nodes.filter(({ op }) => op === '_FusedMatMul').map(layerOf)[0];
  if (stem === undefined || classifier === undefined) throw new Error('The model lacks a layer.');
  const blocks: MobileNetWeights['blocks'] = [];
  for (let index = 0; index < rest.length; index += 2) {
    const [depthwise, pointwise] = rest.slice(index, index + 2);
    if (depthwise === undefined || pointwise === undefined)
      throw new Error('The model lacks a layer.');
    blocks.push({ depthwise, pointwise });
  }
  return { stem, blocks, classifier };
}
