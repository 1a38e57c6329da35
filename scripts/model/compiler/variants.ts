import type { ModelVariant } from '../../../src/core/saying/prediction';

/** What a variant is compiled from. */
export interface VariantSource {
  /** Folder name of the compiled model. */
  id: string;
  /** Assets that hold the model, in order. */
  parts: readonly string[];
  width: number;
  inputSize: number;
}

export const VARIANT_SOURCES: Readonly<Record<ModelVariant, VariantSource>> = {
  accurate: {
    id: 'mobilenet-v1-1.0-224',
    parts: [
      'models/mobilenet_v1_1.0_224_quant_embedding_extractor.tflite',
      'models/mobilenet_quant_v1_224_head_layers.tflite',
    ],
    width: 1,
    inputSize: 224,
  },
  fast: {
    id: 'mobilenet-v1-0.5-160',
    parts: ['models/mobilenet_v1_0.5_160_quant.tflite'],
    width: 0.5,
    inputSize: 160,
  },
};
