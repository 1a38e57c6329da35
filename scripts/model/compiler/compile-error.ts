/** Why a model file cannot be compiled. */
export type CompileErrorCode =
  | 'model-not-tflite' // not a TFLite flatbuffer of the version read here
  | 'model-truncated' // a table or a weight lies outside the file
  | 'model-unexpected-op' // another operator, option or count than MobileNetV1 has
  | 'model-unexpected-tensor' // another shape or type than MobileNetV1 has
  | 'model-unexpected-quantization'; // a scale or zero point that does not fit its neighbours

/** An error of the model compiler; the message names the file and the op or tensor. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
  readonly code: CompileErrorCode;

  constructor(code: CompileErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
