import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math';
import { TextureUsage } from '@tensorflow/tfjs-backend-webgl/dist/tex_util';
import { engine, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

import type { Raster } from '../../core/look/raster';
import { type Crop, LOBES } from '../../core/look/views';

const SIXTEENTHS = 16;

/**
 * Cuts a view as `cutCrops` does. `picture` holds the picture's bytes, `edges` the crop's left, top,
 * width and height in sixteenths of a pixel. In units of 1/(32 side) px all distances are whole numbers.
 * GPUs are free to be off by thousandths in a sine, so ours is a series (to 1e-7). Sizes are uniforms,
 * so one shader serves all.
 */
function resampleProgram(side: number): GPGPUProgram {
  return {
    variableNames: ['picture'],
    outputShape: [1, side, side, 3],
    enableShapeUniforms: true,
    customUniforms: [
      { name: 'pictureSize', type: 'ivec2' },
      { name: 'edges', type: 'ivec4' },
    ],
    userCode: `
      const int unit = ${32 * side};

      struct Reach { int centre; int stretch; int first; int end; float total; };

      float sinc(float x) {
        if (x == 0.0) return 1.0;
        float whole = floor(x + 0.5);
        float rest = ${Math.PI} * (x - whole);
        float square = rest * rest;
        float sine = rest * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 *
          (1.0 - square / 72.0 * (1.0 - square / 110.0)))));
        return (mod(whole, 2.0) < 0.5 ? sine : -sine) / (${Math.PI} * x);
      }

      float weightOf(Reach reach, int at) {
        int apart = abs(at * unit + unit / 2 - reach.centre);
        if (apart >= ${LOBES} * reach.stretch) return 0.0;
        float x = float(apart) / float(reach.stretch);
        return sinc(x) * sinc(x / ${LOBES}.0);
      }

      Reach reachOf(int target, int start, int extent, int size) {
        Reach reach;
        reach.centre = start * (unit / 16) + (2 * target + 1) * extent;
        reach.stretch = max(unit, 2 * abs(extent));
        int radius = ${LOBES} * reach.stretch;
        reach.first = max(0, (reach.centre - radius + unit / 2) / unit);
        reach.end = min(size, (reach.centre + radius + unit / 2) / unit);
        reach.total = 0.0;
        for (int at = reach.first; at < reach.end; at++) reach.total += weightOf(reach, at);
        return reach;
      }

      void main() {
        ivec4 coords = getOutputCoords();
        Reach across = reachOf(coords.z, edges.x, edges.z, pictureSize.x);
        Reach down = reachOf(coords.y, edges.y, edges.w, pictureSize.y);
        float sum = 0.0;
        for (int row = down.first; row < down.end; row++) {
          float rowSum = 0.0;
          for (int column = across.first; column < across.end; column++) {
            vec4 pixel = texelFetch(picture, ivec2(column, row), 0);
            float overWhite = pixel[coords.w] * pixel.a + (1.0 - pixel.a);
            rowSum += weightOf(across, column) * overWhite;
          }
          sum += (weightOf(down, row) / down.total) * (rowSum / across.total);
        }
        setOutput(clamp(sum, 0.0, 1.0) * 2.0 - 1.0);
      }
    `,
  };
}

/** A picture on the GPU, as its bytes are. The caller disposes of it. */
export function uploadPicture(backend: MathBackendWebGL, { width, height, data }: Raster): Tensor {
  const info = backend.makeTensorInfo([height, width], 'int32');
  backend.texData.get(info.dataId).usage = TextureUsage.PIXELS;
  backend.gpgpu.uploadPixelDataToTexture(backend.getTexture(info.dataId), {
    width,
    height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
  return engine().makeTensorFromTensorInfo(info, backend);
}

/** The view of an uploaded picture, `[1, inputSize, inputSize, 3]` in [-1, 1]. */
export function cutView(
  backend: MathBackendWebGL,
  picture: Tensor,
  { left, top, width, height }: Crop,
  inputSize: number,
): Tensor4D {
  const [pictureHeight = 1, pictureWidth = 1] = picture.shape;
  const edges = [left, top, width, height].map((edge) => Math.round(edge * SIXTEENTHS));
  const view = backend.runWebGLProgram(resampleProgram(inputSize), [picture], 'float32', [
    [pictureWidth, pictureHeight],
    edges,
  ]);
  return engine().makeTensorFromTensorInfo(view, backend) as Tensor4D;
}
