/**
 * The same weights as a layers-model, its layers those of the MobileNetV1 that Keras has and tfjs users
 * load: convolution, batch normalization and ReLU6 each on its own. The pinned weights have batch
 * normalization folded in; here it is taken out again as the identity plus the bias, which costs the
 * same time. Softmax is left out, as the others give logits.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import * as layers from '@tensorflow/tfjs-layers';

import type { ModelManifest } from '../../src/inference/model/model-manifest';
import { cutInput, INPUT_SIDE_PX, packagedFile, packagedJson, serveContender } from './contender';
import { startBackend } from './tfjs-backend';

/** What is read of the compiled graph: its convolutions, in their order. */
interface GraphNode {
  name: string;
  op: string;
  attr: { strides?: { list: { i: string[] } } };
}

/** Keras adds it to the variance. */
const EPSILON = 0.001;

function tensorOf(weights: tf.NamedTensorMap, name: string): tf.Tensor {
  const found = weights[name];
  if (found === undefined) throw new Error(`The model has no ${name}.`);
  return found;
}

function strideOf({ attr }: GraphNode): number {
  return Number(attr.strides?.list.i[1]);
}

/** Batch normalization that changes nothing but adds the bias. */
function normalization(name: string, bias: tf.Tensor): layers.layers.Layer {
  const { shape } = bias;
  const layer = layers.layers.batchNormalization({ name, epsilon: EPSILON });
  layer.build([null, null, null, ...shape.slice(0, 1)]);
  layer.setWeights([tf.ones(shape), bias, tf.zeros(shape), tf.fill(shape, 1 - EPSILON)]);
  return layer;
}

function convolution(node: GraphNode, weights: tf.NamedTensorMap): layers.layers.Layer {
  const kernel = tensorOf(weights, `${node.name}/kernel`);
  const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
  const shared = {
    name: node.name,
    kernelSize: [height, width] as [number, number],
    strides: strideOf(node),
    padding: 'same' as const,
    useBias: false,
  };
  const layer = node.op.startsWith('FusedDepthwise')
    ? layers.layers.depthwiseConv2d(shared)
    : layers.layers.conv2d({ ...shared, filters: outputs });
  layer.build([null, null, null, inputs]);
  layer.setWeights([kernel]);
  return layer;
}

async function buildModel(): Promise<layers.Sequential> {
  const { accurate } = await packagedJson<ModelManifest>('models/index.json');
  const graph = await packagedJson<tf.io.ModelJSON>(accurate.modelFile);
  const weights = tf.io.decodeWeights(
    await packagedFile(accurate.weightsFile),
    graph.weightsManifest.flatMap((group) => group.weights),
  );
  const { node: nodes } = graph.modelTopology as { node: GraphNode[] };
  const model = layers.sequential();
  model.add(layers.layers.inputLayer({ inputShape: [INPUT_SIDE_PX, INPUT_SIDE_PX, 3] }));
  for (const node of nodes.filter(({ op }) => /Conv2[Dd]/.test(op))) {
    model.add(convolution(node, weights));
    model.add(normalization(`${node.name}_bn`, tensorOf(weights, `${node.name}/bias`)));
    model.add(layers.layers.reLU({ name: `${node.name}_relu`, maxValue: 6 }));
  }
  const kernel = tensorOf(weights, 'logits/kernel');
  const [embeddingSize = 0, classCount = 0] = kernel.shape;
  model.add(layers.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }));
  model.add(layers.layers.reshape({ targetShape: [1, 1, embeddingSize] }));
  const predictions = layers.layers.conv2d({ name: 'preds', filters: classCount, kernelSize: 1 });
  predictions.build([null, 1, 1, embeddingSize]);
  predictions.setWeights([
    kernel.reshape([1, 1, embeddingSize, classCount]),
    tensorOf(weights, 'logits/bias'),
  ]);
  model.add(predictions);
  model.add(layers.layers.reshape({ targetShape: [classCount] }));
  return model;
}

serveContender(async (backend) => {
  await startBackend(backend);
  const model = await buildModel();
  return {
    device: null,
    run: async (picture) => {
      const logits = tf.tidy(
        () =>
          model.predict(
            tf.tensor4d(cutInput(picture), [1, INPUT_SIDE_PX, INPUT_SIDE_PX, 3]),
          ) as tf.Tensor,
      );
      const values = await logits.data<'float32'>();
      logits.dispose();
      return values;
    },
  };
});
