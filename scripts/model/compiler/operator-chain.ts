import { CompileError } from './compile-error';
import type { TfliteFile, TfliteOperator, TfliteTensor } from './tflite-file';

/** An operator of one type. */
export type Operator<Type extends TfliteOperator['type']> = Extract<TfliteOperator, { type: Type }>;

/** Scales are float32: products of two of them agree to a few units in the 24th bit. */
const SCALE_TOLERANCE = 1e-5;

/**
 * Walks the operators of consecutive files, each of which must take what the one before gave.
 * Every failed expectation throws a `CompileError` that names the file and the op or tensor at hand.
 */
export class OperatorChain {
  readonly #steps: { file: TfliteFile; operator: TfliteOperator }[];
  #next = 0;
  #where = '';
  /** The tensor that the last operator gave. */
  current: TfliteTensor;

  constructor(files: readonly TfliteFile[]) {
    const [first] = files;
    if (first === undefined) throw new RangeError('no model file given');
    this.#where = first.fileName;
    this.current = this.#only(first.inputs, 'graph inputs');
    this.#steps = files.flatMap((file) => file.operators.map((operator) => ({ file, operator })));
    files.slice(1).forEach((file, index) => {
      this.#checkJoin(files[index] ?? first, file);
    });
  }

  /** The next operator, which must be of `type` and take the current tensor first. */
  take<Type extends TfliteOperator['type']>(type: Type, tensorCount: number): Operator<Type> {
    const step = this.#steps[this.#next];
    if (step === undefined) {
      throw new CompileError(
        'model-unexpected-op',
        `${this.#where}: the file ends where ${type} was expected`,
      );
    }
    const { file, operator } = step;
    const isFirstOfLaterFile = this.#next > 0 && file !== this.#steps[this.#next - 1]?.file;
    this.#next += 1;
    this.#where = `${file.fileName}: ${operator.label}`;
    if (!isOfType(operator, type)) this.failOp(`expected ${type}`);
    if (isFirstOfLaterFile) this.current = this.#only(file.inputs, 'graph inputs');
    if (operator.inputs.length !== tensorCount) {
      this.failOp(`${operator.inputs.length} input tensors, expected ${tensorCount}`);
    }
    if (operator.inputs[0] !== this.current) {
      this.failOp(
        `takes ${operator.inputs[0]?.name ?? 'nothing'}, expected ${this.current.name}, which the op before gives`,
      );
    }
    this.current = this.#only(operator.outputs, 'output tensors');
    return operator;
  }

  expectEnd(): void {
    const extra = this.#steps[this.#next];
    if (extra !== undefined) {
      throw new CompileError(
        'model-unexpected-op',
        `${extra.file.fileName}: ${extra.operator.label} after the end of MobileNetV1`,
      );
    }
  }

  expectOption(name: string, actual: string | number, expected: string | number): void {
    if (actual !== expected) this.failOp(`${name} is ${actual}, expected ${expected}`);
  }

  expectTensor(tensor: TfliteTensor, shape: readonly number[], type: string): void {
    if (tensor.shape.join('x') !== shape.join('x') || tensor.type !== type) {
      this.#failTensor(
        tensor,
        `is ${tensor.type} ${tensor.shape.join('x')}, expected ${type} ${shape.join('x')}`,
      );
    }
  }

  /** The stored bytes of a constant, which must be as many as its shape and type ask for. */
  constant(tensor: TfliteTensor, bytesPerValue: number): Uint8Array {
    const expected = tensor.shape.reduce((product, side) => product * side, bytesPerValue);
    if (tensor.bytes.byteLength !== expected) {
      this.#failTensor(tensor, `holds ${tensor.bytes.byteLength} bytes, expected ${expected}`);
    }
    return tensor.bytes;
  }

  quantization(tensor: TfliteTensor): { scale: number; zeroPoint: number } {
    const { quantization } = tensor;
    if (quantization === null || !(quantization.scale > 0)) {
      return this.#failQuantization(tensor, 'needs one positive scale and one zero point');
    }
    return quantization;
  }

  expectQuantization(tensor: TfliteTensor, scale: number, zeroPoint: number): void {
    const actual = this.quantization(tensor);
    if (Math.abs(actual.scale / scale - 1) > SCALE_TOLERANCE || actual.zeroPoint !== zeroPoint) {
      this.#failQuantization(
        tensor,
        `has scale ${actual.scale}, zero point ${actual.zeroPoint}, expected scale ${scale}, zero point ${zeroPoint}`,
      );
    }
  }

  failOp(problem: string): never {
    throw new CompileError('model-unexpected-op', `${this.#where}: ${problem}`);
  }

  #failTensor(tensor: TfliteTensor, problem: string): never {
    throw new CompileError(
      'model-unexpected-tensor',
      `${this.#where}: tensor ${tensor.name} ${problem}`,
    );
  }

  #failQuantization(tensor: TfliteTensor, problem: string): never {
    throw new CompileError(
      'model-unexpected-quantization',
      `${this.#where}: tensor ${tensor.name} ${problem}`,
    );
  }

  #only(tensors: readonly TfliteTensor[], what: string): TfliteTensor {
    const [tensor] = tensors;
    if (tensor === undefined || tensors.length > 1) {
      return this.failOp(`${tensors.length} ${what}, expected 1`);
    }
    return tensor;
  }

  /** What one file gives must be what the next takes, to the scale: else the second half reads other units. */
  #checkJoin(before: TfliteFile, after: TfliteFile): void {
    this.#where = `${before.fileName}, joined to ${after.fileName}`;
    const given = this.#only(before.outputs, 'graph outputs');
    const taken = this.#only(after.inputs, 'graph inputs');
    if (before.operators.at(-1)?.outputs[0] !== given) {
      this.failOp(`graph output ${given.name} is not what the last op gives`);
    }
    this.expectTensor(taken, given.shape, given.type);
    const { scale, zeroPoint } = this.quantization(given);
    this.expectQuantization(taken, scale, zeroPoint);
  }
}

function isOfType<Type extends TfliteOperator['type']>(
  operator: TfliteOperator,
  type: Type,
): operator is Operator<Type> {
  return operator.type === type;
}
