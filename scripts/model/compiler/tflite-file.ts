import { CompileError } from './compile-error';
import { FlatTable } from './flat-table';

/**
 * The part of a TFLite file that MobileNetV1 needs. Field ids and enum values are those of
 * tensorflow/lite/schema/schema.fbs (schema version 3).
 */
export interface TfliteFile {
  fileName: string;
  inputs: TfliteTensor[];
  outputs: TfliteTensor[];
  /** In execution order. */
  operators: TfliteOperator[];
}

export interface TfliteTensor {
  name: string;
  shape: number[];
  type: string;
  /** Null unless one scale and one zero point hold for the whole tensor: real = scale * (q - zeroPoint). */
  quantization: { scale: number; zeroPoint: number } | null;
  /** The stored values, little-endian; empty for what is computed. A view into the file. */
  bytes: Uint8Array;
}

export type TfliteOperator = {
  /** Position and type, like `op 3 (CONV_2D)`. */
  label: string;
  inputs: TfliteTensor[];
  outputs: TfliteTensor[];
} & TfliteOptions;

type TfliteOptions =
  | ({ type: 'CONV_2D' } & WindowOptions & DilationOptions)
  | ({ type: 'DEPTHWISE_CONV_2D'; depthMultiplier: number } & WindowOptions & DilationOptions)
  | ({ type: 'AVERAGE_POOL_2D'; filterHeight: number; filterWidth: number } & WindowOptions)
  | { type: 'RESHAPE' }
  | { type: 'SOFTMAX'; beta: number };

interface WindowOptions {
  padding: string;
  strideHeight: number;
  strideWidth: number;
  activation: string;
}

interface DilationOptions {
  dilationHeight: number;
  dilationWidth: number;
}

const SCHEMA_VERSION = 3;
const PADDINGS = ['SAME', 'VALID'];
const ACTIVATIONS = ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6', 'TANH', 'SIGN_BIT'];
const TENSOR_TYPES = ['FLOAT32', 'FLOAT16', 'INT32', 'UINT8', 'INT64', 'STRING', 'BOOL'];
const ABSENT_TENSOR = -1;

/**
 * Reads a TFLite file with one subgraph. Throws `model-not-tflite`, `model-truncated`, or
 * `model-unexpected-op` for an operator that no MobileNetV1 has.
 */
export function readTflite(bytes: Uint8Array, fileName: string): TfliteFile {
  const root = FlatTable.root(bytes, 'TFL3', fileName);
  const version = root.uint32(0, 0);
  if (version !== SCHEMA_VERSION) {
    throw new CompileError(
      'model-not-tflite',
      `${fileName}: schema version ${version}, expected ${SCHEMA_VERSION}`,
    );
  }
  const operatorCodes = root.tables(1, 'operator code').map(readOperatorCode);
  const buffers = root.tables(4, 'buffer');
  const subgraphs = root.tables(2, 'subgraph');
  const subgraph = subgraphs[0];
  if (subgraph === undefined || subgraphs.length > 1) {
    throw new CompileError(
      'model-unexpected-op',
      `${fileName}: ${subgraphs.length} subgraphs, expected 1`,
    );
  }
  const tensors = subgraph.tables(0, 'tensor').map((table) => readTensor(table, buffers));
  const pick = (indices: number[], what: string): TfliteTensor[] =>
    indices
      .filter((index) => index !== ABSENT_TENSOR)
      .map((index) => {
        const tensor = tensors[index];
        if (tensor === undefined) {
          throw new CompileError(
            'model-unexpected-tensor',
            `${fileName}: ${what} uses tensor ${index} of ${tensors.length}`,
          );
        }
        return tensor;
      });

  return {
    fileName,
    inputs: pick(subgraph.int32s(1), 'the graph input'),
    outputs: pick(subgraph.int32s(2), 'the graph output'),
    operators: subgraph.tables(3, 'operator').map((table, index) => {
      const code = operatorCodes[table.uint32(0, 0)];
      const options = readOptions(code, table, `${fileName}: op ${index}`);
      const label = `op ${index} (${options.type})`;
      return {
        label,
        inputs: pick(table.int32s(1), label),
        outputs: pick(table.int32s(2), label),
        ...options,
      };
    }),
  };
}

/** Old files hold the operator's number in the 8-bit field, new ones in the 32-bit one; the larger counts. */
function readOperatorCode(table: FlatTable): number {
  return Math.max(table.int8(0, 0), table.int32(3, 0));
}

function readTensor(table: FlatTable, buffers: FlatTable[]): TfliteTensor {
  const type = table.int8(1, 0);
  const quantization = table.table(4, 'a quantization');
  const scales = quantization?.float32s(2) ?? [];
  const zeroPoints = quantization?.int64s(3) ?? [];
  const [scale] = scales;
  const [zeroPoint] = zeroPoints;
  return {
    name: table.string(3),
    shape: table.int32s(0),
    type: TENSOR_TYPES[type] ?? `type ${type}`,
    quantization:
      scale !== undefined &&
      zeroPoint !== undefined &&
      scales.length === 1 &&
      zeroPoints.length === 1
        ? { scale, zeroPoint }
        : null,
    bytes: buffers[table.uint32(2, 0)]?.bytes(0) ?? new Uint8Array(),
  };
}

function readOptions(code: number | undefined, operator: FlatTable, where: string): TfliteOptions {
  const table = operator.table(4, 'operator options');
  const int8 = (id: number): number => table?.int8(id, 0) ?? 0;
  const int32 = (id: number, fallback: number): number => table?.int32(id, fallback) ?? fallback;
  const named = (names: string[], value: number): string => names[value] ?? `number ${value}`;
  const window = (activationId: number): WindowOptions => ({
    padding: named(PADDINGS, int8(0)),
    strideWidth: int32(1, 0),
    strideHeight: int32(2, 0),
    activation: named(ACTIVATIONS, int8(activationId)),
  });
  const dilation = (widthId: number): DilationOptions => ({
    dilationWidth: int32(widthId, 1),
    dilationHeight: int32(widthId + 1, 1),
  });

  switch (code) {
    case 1:
      return {
        type: 'AVERAGE_POOL_2D',
        ...window(5),
        filterWidth: int32(3, 0),
        filterHeight: int32(4, 0),
      };
    case 3:
      return { type: 'CONV_2D', ...window(3), ...dilation(4) };
    case 4:
      return {
        type: 'DEPTHWISE_CONV_2D',
        ...window(4),
        depthMultiplier: int32(3, 0),
        ...dilation(5),
      };
    case 22:
      return { type: 'RESHAPE' };
    case 25:
      return { type: 'SOFTMAX', beta: table?.float32(0, 0) ?? 0 };
    default:
      throw new CompileError(
        'model-unexpected-op',
        `${where} is builtin operator ${code ?? 'without a code'}, which MobileNetV1 does not have`,
      );
  }
}
