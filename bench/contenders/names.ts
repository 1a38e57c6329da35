/** The contenders, each a module worker of its own in the benchmark's extension. */
export const CONTENDERS = ['ours', 'graph-model', 'layers-model', 'onnx'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** What a reader sees. */
export const CONTENDER_TITLES: Readonly<Record<ContenderName, string>> = {
  ours: 'Alt Lens',
  'graph-model': 'TensorFlow.js, fused graph model',
  'layers-model': 'TensorFlow.js, unfused layers model',
  onnx: 'ONNX Runtime Web, 1 thread',
};

export const ONNX_FILE = 'models/mobilenet-v1.onnx';
