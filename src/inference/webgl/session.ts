import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/canvas_util';
import { GPGPUContext } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_context';
import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/_FusedMatMul';
import { concatConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Concat';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedDepthwiseConv2D';
import { identityConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Identity';
import { meanConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Mean';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Reshape';
import { concat, type Tensor, tidy } from '@tensorflow/tfjs-core';

import type { Raster } from '../../core/look/raster';
import type { FeatureMap } from '../../core/where/feature-map';
import type { Cut, CutOutputs } from '../engine/backend-driver';
import { featureMapOf, type GraphSession, ignoreFailure, openGraph } from '../tfjs/graph-session';
import type { ModelFiles } from '../model/model-files';
import { cutView, uploadPicture } from './view-cutter';

const KERNELS = [
  _fusedMatMulConfig,
  concatConfig,
  fusedConv2DConfig,
  fusedDepthwiseConv2DConfig,
  identityConfig,
  meanConfig,
  reshapeConfig,
];

/**
 * The model on WebGL. A picture's bytes go up as they are and its views are cut on the GPU; all
 * cuts of a run are queued one behind the other and come back in one read. They are not one batch:
 * tfjs compiles every shader once more for each number of cuts. All shaders are compiled by the
 * self-test; compiling them ahead of it made loading longer, not shorter (measured on SwiftShader),
 * for tfjs then uploads the weights twice.
 */
export async function openWebglSession(
  gl: WebGL2RenderingContext,
  model: ModelFiles,
): Promise<GraphSession> {
  // tfjs reads its WebGL flags from a context of its own, which must be this one.
  setWebGLContext(2, gl);
  const gpgpu = new GPGPUContext(gl);
  const backend = new MathBackendWebGL(gpgpu);
  const graph = await openGraph({ name: 'webgl', instance: backend, kernels: KERNELS }, model);
  const { inputSize, embeddingSize } = model.entry;

  /** Logits and embedding of each cut, all in one row. */
  function execute(cuts: readonly Cut[]): Tensor {
    return tidy(() => {
      const pictures = new Map<Raster, Tensor>();
      const outputs = cuts.map(({ raster, crop }) => {
        const picture = pictures.get(raster) ?? uploadPicture(backend, raster);
        pictures.set(raster, picture);
        const { logits, embedding } = graph.execute(cutView(backend, picture, crop, inputSize));
        return concat([logits, embedding], 1);
      });
      return concat(outputs, 1);
    });
  }

  async function run(cuts: readonly Cut[]): Promise<CutOutputs> {
    const joined = execute(cuts);
    try {
      const values = await joined.data<'float32'>();
      const length = values.length / cuts.length;
      const rows = cuts.map((_cut, index) => values.slice(index * length, (index + 1) * length));
      return {
        logits: rows.map((row) => row.subarray(0, length - embeddingSize)),
        embeddings: rows.map((row) => row.subarray(length - embeddingSize)),
      };
    } finally {
      ignoreFailure(() => {
        joined.dispose();
      });
    }
  }

  async function see({ raster, crop }: Cut): Promise<FeatureMap> {
    const map = tidy(() => {
      const view = cutView(backend, uploadPicture(backend, raster), crop, inputSize);
      return graph.executeMap(view);
    });
    try {
      return featureMapOf(map, await map.data<'float32'>());
    } finally {
      ignoreFailure(() => {
        map.dispose();
      });
    }
  }

  return {
    batchCuts: 1,
    run,
    see,
    close: () => {
      graph.close();
      if (!gl.isContextLost()) gpgpu.dispose();
    },
  };
}
