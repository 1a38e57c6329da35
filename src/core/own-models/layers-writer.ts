/** Writes a layers model of TensorFlow.js, layer by layer: what Keras calls a functional model. */

/** A weight as it lies in the file. */
export interface PackedWeight {
  shape: readonly number[];
  bytes: Uint8Array;
  /** real value = scale * stored value + min; missing for 32-bit floats */
  quantization?: { dtype: 'uint8' | 'uint16'; scale: number; min: number };
}

interface WrittenLayer {
  class_name: string;
  name: string;
  config: Readonly<Record<string, unknown>>;
  inbound_nodes: unknown[];
}

export interface LayersWriter {
  /** Name of the layer with the pictures. */
  input: string;
  /**
   * Adds a layer.
   * @param from names of the layers that it takes its inputs from
   * @param weights by their names in the layer, in its order
   * @returns the layer's name
   */
  layer: (
    className: string,
    from: readonly string[],
    config?: Readonly<Record<string, unknown>>,
    weights?: Readonly<Record<string, PackedWeight>>,
  ) => string;
  /** The whole model. @param output name of the last layer */
  written: (output: string) => { model: string; weights: Uint8Array<ArrayBuffer> };
}

export const WEIGHTS_FILE = 'weights.bin';

function bytesIn({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function floats(values: Float32Array, shape: readonly number[]): PackedWeight {
  return { shape, bytes: bytesIn(values) };
}

/** In 16 bits, evenly from the least value to the most. */
export function packed16(values: Float32Array, shape: readonly number[]): PackedWeight {
  const min = values.reduce((one, other) => Math.min(one, other), 0);
  const most = values.reduce((one, other) => Math.max(one, other), 0);
  const scale = (most - min) / 65_535 || 1;
  const stored = Uint16Array.from(values, (value) => Math.round((value - min) / scale));
  return { shape, bytes: bytesIn(stored), quantization: { dtype: 'uint16', scale, min } };
}

/** @param image `[height, width, channels]` of the input */
export function createLayersWriter(image: readonly number[]): LayersWriter {
  const layers: WrittenLayer[] = [];
  const specs: Record<string, unknown>[] = [];
  const parts: Uint8Array[] = [];

  const layer: LayersWriter['layer'] = (className, from, config = {}, weights = {}) => {
    const name = `${className.toLowerCase()}_${layers.length}`;
    layers.push({
      ...{ class_name: className, name, config: { name, ...config } },
      inbound_nodes: from.length === 0 ? [] : [from.map((each) => [each, 0, 0, {}])],
    });
    for (const [own, { shape, bytes, quantization }] of Object.entries(weights)) {
      const packing = quantization === undefined ? {} : { quantization };
      specs.push({ name: `${name}/${own}`, shape, dtype: 'float32', ...packing });
      parts.push(bytes);
    }
    return name;
  };

  const input = layer('InputLayer', [], {
    ...{ batch_input_shape: [null, ...image], dtype: 'float32', sparse: false },
  });

  return {
    input,
    layer,
    written(output) {
      const ends = { input_layers: [[input, 0, 0]], output_layers: [[output, 0, 0]] };
      const config = { name: 'model', layers, ...ends };
      const weights = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        weights.set(part, at);
        at += part.length;
      }
      const model = {
        modelTopology: {
          ...{ class_name: 'Model', config },
          ...{ keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js' },
        },
        ...{ format: 'layers-model', generatedBy: 'Alt Lens', convertedBy: null },
        weightsManifest: [{ paths: [WEIGHTS_FILE], weights: specs }],
      };
      return { model: JSON.stringify(model), weights };
    },
  };
}
