import { type GraphModel, loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { io, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';

import { modelFault } from '../../core/own-models/fault';
import type { LoadedShapes, ModelParts, OpenShape } from '../../core/own-models/model-parts';
import type { ModelInput } from '../../core/own-models/own-model';

/** A model on the backend that was tfjs's current one when it was opened. */
export interface OpenModel {
  shapes: LoadedShapes;
  /** @param values as of `modelInputOf` @returns all outputs @throws where the backend cannot */
  run: (values: Float32Array, input: ModelInput) => Promise<Float32Array>;
  /** Never throws. */
  close: () => void;
}

/** Of the values of a layer's output: 256 MB, more than any classifier of pictures of 1024 px makes. */
const MAX_LAYER_VALUES = 2 ** 26;

function valuesOf(shape: OpenShape): number {
  return shape.reduce<number>((product, size) => product * Math.max(1, size ?? 1), 1);
}

/** One shape, or several. */
function shapesIn(shapes: readonly unknown[]): OpenShape[] {
  return (shapes.some((each) => Array.isArray(each)) ? shapes : [shapes]) as OpenShape[];
}

/** Of layers that hold others, too; a layer that is called twice has two outputs. */
function largestOutput(layers: LayersModel['layers']): number {
  return layers.reduce((most, layer) => {
    const inner = (layer as { layers?: LayersModel['layers'] }).layers ?? [];
    const outputs = layer.inboundNodes.flatMap(({ outputShapes }) => shapesIn(outputShapes));
    return Math.max(most, ...outputs.map(valuesOf), largestOutput(inner));
  }, 0);
}

function artifactsOf({ topology, specs, weights, signature }: ModelParts): io.ModelArtifacts {
  return {
    modelTopology: topology,
    weightSpecs: specs,
    weightData: weights.buffer,
    ...(signature === null ? {} : { signature }),
  };
}

type Loaded = Pick<LayersModel | GraphModel, 'inputs' | 'outputs' | 'dispose'> & {
  predict: (x: Tensor) => unknown;
};

async function load(parts: ModelParts): Promise<Loaded> {
  const artifacts = artifactsOf(parts);
  if (parts.format === 'graph-model') {
    return loadGraphModelSync(io.fromMemorySync(artifacts));
  }
  const model = await loadLayersModel(io.fromMemory(artifacts));
  if (largestOutput(model.layers) <= MAX_LAYER_VALUES) return model;
  model.dispose();
  throw modelFault('own-model-op', 'model.json', 'a layer is too large');
}

const shapesOf = (ends: readonly { shape?: OpenShape | null }[]): (OpenShape | null)[] =>
  ends.map(({ shape }) => shape ?? null);

/** Puts a model on tfjs's current backend. @throws what tfjs throws; CodedError `own-model-op` */
export async function openModel(parts: ModelParts): Promise<OpenModel> {
  const model = await load(parts);
  return {
    shapes: {
      inputs: shapesOf(model.inputs),
      outputs: shapesOf(model.outputs),
    },
    async run(values, { height, width, channels }) {
      const output = tidy(() => {
        const given = model.predict(tensor4d(values, [1, height, width, channels]));
        const [first, ...others] = [given].flat() as Tensor[];
        if (first === undefined || others.length > 0) throw new Error('Not one output.');
        return first;
      });
      try {
        return Float32Array.from(await output.data());
      } finally {
        output.dispose();
      }
    },
    close() {
      try {
        model.dispose();
      } catch {
        // What a lost device held cannot be freed, and is gone.
      }
    },
  };
}
