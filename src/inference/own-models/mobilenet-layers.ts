import type { LayersWriter, PackedWeight } from '../../core/own-models/layers-writer';
import { floats } from '../../core/own-models/layers-writer';
import type { ConvolutionWeights, QuantizedWeights } from '../wasm/mobilenet-weights';
import { readMobileNet } from '../wasm/mobilenet-weights';
import type { ModelFiles } from '../model/model-files';

function packed({ shape, values, scale, zeroPoint }: QuantizedWeights): PackedWeight {
  const quantization = { dtype: 'uint8', scale, min: -zeroPoint * scale } as const;
  return { shape, bytes: values, quantization };
}

/**
 * Writes MobileNetV1 up to the mean of its last map, in the bytes of the package's weights.
 * @param from name of the layer with pictures, `[side, side, 3]` in -1 to 1
 * @returns name of the layer with the features, `[channels]`
 */
export function writeMobileNet(
  { layer }: LayersWriter,
  from: string,
  model: Pick<ModelFiles, 'graph' | 'weights'>,
): string {
  const { stem, blocks } = readMobileNet(model);

  function convolution(
    input: string,
    { kernel, bias, stride }: ConvolutionWeights,
    isDepthwise: boolean,
  ): string {
    const [rows = 1, columns = 1, , filters = 1] = kernel.shape;
    const convolved = layer(
      isDepthwise ? 'DepthwiseConv2D' : 'Conv2D',
      [input],
      {
        ...(isDepthwise ? { depth_multiplier: 1 } : { filters }),
        ...{ kernel_size: [rows, columns], strides: [stride, stride], padding: 'same' },
        ...{ data_format: 'channels_last', use_bias: true, activation: 'linear' },
      },
      {
        [isDepthwise ? 'depthwise_kernel' : 'kernel']: packed(kernel),
        bias: floats(bias, [bias.length]),
      },
    );
    return layer('ReLU', [convolved], { max_value: 6 });
  }

  let last = convolution(from, stem, false);
  for (const { depthwise, pointwise } of blocks) {
    last = convolution(convolution(last, depthwise, true), pointwise, false);
  }
  return layer('GlobalAveragePooling2D', [last], { data_format: 'channels_last' });
}
