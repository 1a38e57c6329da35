/** The compiled model, convolutions fused, by tfjs's own loader and nothing else. */
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelManifest } from '../../src/inference/model/model-manifest';
import { cutInput, INPUT_SIDE_PX, packagedJson, serveContender } from './contender';
import { startBackend } from './tfjs-backend';

serveContender(async (backend) => {
  await startBackend(backend);
  const { accurate } = await packagedJson<ModelManifest>('models/index.json');
  const model = await loadGraphModel(new URL(`/${accurate.modelFile}`, location.href).href);
  return {
    device: null,
    run: async (picture) => {
      const logits = tf.tidy(
        () =>
          model.execute(
            tf.tensor4d(cutInput(picture), [1, INPUT_SIDE_PX, INPUT_SIDE_PX, 3]),
            'logits',
          ) as tf.Tensor,
      );
      const values = await logits.data<'float32'>();
      logits.dispose();
      return values;
    },
  };
});
