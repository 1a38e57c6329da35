/** The contenders, each a worker of its own in the benchmark's extension. */
export const CONTENDERS = ['ours', 'graph-model', 'layers-model', 'onnx', 'litert'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** What a reader sees. */
export const CONTENDER_TITLES: Readonly<Record<ContenderName, string>> = {
  ours: 'Alt Lens',
  'graph-model': 'TensorFlow.js, fused graph model',
  'layers-model': 'TensorFlow.js, unfused layers model',
  onnx: 'ONNX Runtime Web, 1 thread',
  litert: 'LiteRT.js in 8 bits, 1 thread',
};

export const ONNX_FILE = 'models/mobilenet-v1.onnx';

/** LiteRT.js loads its script by `importScripts`, which module workers lack. */
export const CLASSIC_WORKERS: readonly ContenderName[] = ['litert'];

/** The two TFLite files as published, and the classifier in floats: [1024][1001] weights, then 1001 biases. */
export const LITERT_FILES = {
  extractor: 'models/extractor.tflite',
  head: 'models/head.tflite',
  classifier: 'models/classifier.bin',
} as const;
