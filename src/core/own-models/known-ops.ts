/**
 * What a model may be made of: layers and ops of image classifiers that TensorFlow.js knows, each of which
 * ends. No loops, no branches, no functions, no text, nothing that makes a tensor of a size of its own
 * choice, and nothing that is code (`Lambda`, custom layers and ops).
 */

/** Layers that hold others. */
export const CONTAINERS: ReadonlySet<string> = new Set(['Sequential', 'Model', 'Functional']);

/** By the names under which Keras writes them. */
export const KNOWN_LAYERS: ReadonlySet<string> = new Set([
  ...['Activation', 'Add', 'AlphaDropout', 'Average', 'AveragePooling2D', 'BatchNormalization'],
  ...['CenterCrop', 'Concatenate', 'Conv2D', 'Cropping2D', 'Dense', 'DepthwiseConv2D', 'Dropout'],
  ...['ELU', 'Flatten', 'GaussianDropout', 'GaussianNoise', 'GlobalAveragePooling2D'],
  ...['GlobalMaxPooling2D', 'InputLayer', 'LayerNormalization', 'LeakyReLU', 'MaxPooling2D'],
  ...['Maximum', 'Minimum', 'Multiply', 'PReLU', 'Permute', 'ReLU', 'Rescaling', 'Reshape'],
  ...['Resizing', 'SeparableConv2D', 'Softmax', 'ThresholdedReLU', 'ZeroPadding2D'],
]);

/** By the names of TensorFlow. */
export const KNOWN_OPS: ReadonlySet<string> = new Set([
  // in and out
  ...['Const', 'Identity', 'Placeholder', 'PlaceholderWithDefault'],
  // convolutions, products, pools
  ...['AvgPool', 'BatchMatMul', 'BatchMatMulV2', 'Conv2D', 'DepthwiseConv2d'],
  ...['DepthwiseConv2dNative', 'FusedDepthwiseConv2dNative', 'MatMul', 'MaxPool', '_FusedConv2D'],
  ...['_FusedMatMul'],
  // element by element
  ...['Abs', 'Add', 'AddN', 'AddV2', 'BiasAdd', 'Cast', 'Ceil', 'ClipByValue', 'Div', 'DivNoNan'],
  ...['Elu', 'Erf', 'Exp', 'Floor', 'FloorDiv', 'LeakyRelu', 'Log', 'Log1p', 'Maximum', 'Minimum'],
  ...['Mul', 'Neg', 'Pow', 'Prelu', 'RealDiv', 'Reciprocal', 'Relu', 'Relu6', 'Round', 'Rsqrt'],
  ...['Selu', 'Sigmoid', 'Softplus', 'Sqrt', 'Square', 'SquaredDifference', 'Sub', 'Tanh'],
  // normalisation
  ...['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3', 'LRN', 'LogSoftmax', 'Softmax'],
  // reductions
  ...['Max', 'Mean', 'Min', 'Prod', 'Sum'],
  // shapes
  ...['BatchToSpaceND', 'Concat', 'ConcatV2', 'DepthToSpace', 'ExpandDims', 'Gather', 'GatherV2'],
  ...['MirrorPad', 'Pack', 'Pad', 'PadV2', 'Reshape', 'ResizeBilinear', 'ResizeNearestNeighbor'],
  ...['Shape', 'Slice', 'SpaceToBatchND', 'Split', 'SplitV', 'Squeeze', 'StridedSlice'],
  ...['Transpose', 'Unpack'],
]);
