/** From the files that a person brought to the parts of a model: which file is which, and whether they fit. */
import { modelFault } from './fault';
import { CONTAINERS, KNOWN_LAYERS, KNOWN_OPS } from './known-ops';
import { MAX_MODEL_LABEL } from './own-answer';
import {
  MAX_INPUT_SIDE,
  MAX_MODEL_BYTES,
  MAX_MODEL_LABELS,
  type OwnModel,
  type ValueRange,
} from './own-model';

export interface BroughtFile {
  /** With its folders, if it was in any. */
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface WeightSpec {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool';
  quantization?: { dtype: 'uint8' | 'uint16' | 'float16'; scale?: number; min?: number };
}

/** A model as TensorFlow.js is given it. */
export interface ModelParts {
  format: OwnModel['format'];
  topology: object;
  /** Of a graph: names of its inputs and outputs, where it has them. */
  signature: object | null;
  specs: WeightSpec[];
  weights: Uint8Array<ArrayBuffer>;
}

/** A model whose files fit together; what it does is yet to be tried. */
export interface CheckedModel extends ModelParts {
  /** Name of the file with the topology. */
  file: string;
  labels: string[];
  labelsFile: string;
  /** The side of the square input that the metadata name, pixels; null where they name none. */
  imageSize: number | null;
  /** As the metadata tell it: pixels are taken as in Teachable Machine. */
  isTeachable: boolean;
  /** Does the topology end in a softmax or sigmoid? */
  endsInProbabilities: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const depthOf = (path: string): number => path.split('/').length;

/** The file of this name, of several the one in the fewest folders. */
function fileNamed(files: readonly BroughtFile[], name: string): BroughtFile | undefined {
  return files
    .filter(({ path }) => baseName(path).toLowerCase() === name.toLowerCase())
    .sort((one, other) => depthOf(one.path) - depthOf(other.path))[0];
}

function onlyFile(files: readonly BroughtFile[], ending: string): BroughtFile | undefined {
  const found = files.filter(({ path }) => path.toLowerCase().endsWith(ending));
  return found.length === 1 ? found[0] : undefined;
}

const textOf = ({ bytes }: BroughtFile): string => new TextDecoder().decode(bytes);

/** @throws CodedError `own-model-json` */
function jsonOf(file: BroughtFile): Fields {
  let value: unknown;
  try {
    value = JSON.parse(textOf(file));
  } catch {
    throw modelFault('own-model-json', baseName(file.path), 'no JSON, or cut off');
  }
  if (!isFields(value)) throw modelFault('own-model-json', baseName(file.path), 'no object');
  return value;
}

function tidyLabel(written: string): string {
  return written
    .slice(0, MAX_MODEL_LABEL * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_MODEL_LABEL);
}

type Labels = Pick<CheckedModel, 'labels' | 'labelsFile' | 'imageSize' | 'isTeachable'>;

/** @throws CodedError `own-model-labels`, `own-model-json` */
function labelsOf(files: readonly BroughtFile[], model: BroughtFile): Labels {
  const others = files.filter((file) => file !== model);
  const metadata = fileNamed(others, 'metadata.json');
  const list = fileNamed(others, 'labels.txt') ?? onlyFile(others, '.txt');
  const source = metadata ?? list;
  if (source === undefined) {
    throw modelFault('own-model-labels', 'metadata.json, labels.txt', 'neither is there');
  }
  const labelsFile = baseName(source.path);
  const fields = source === metadata ? jsonOf(source) : {};
  const written =
    source === metadata
      ? listIn(fields.labels)
      : textOf(source)
          .replace(/^\uFEFF/, '')
          .trimEnd()
          .split('\n');
  const labels = written.map((label) => tidyLabel(textIn(label)));
  if (labels.length === 0 || labels.length > MAX_MODEL_LABELS) {
    throw modelFault('own-model-labels', labelsFile, `${labels.length} labels`);
  }
  const empty = labels.indexOf('');
  if (empty >= 0) throw modelFault('own-model-labels', labelsFile, `label ${empty + 1} is empty`);
  const { imageSize, packageName } = fields;
  const isSide =
    Number.isInteger(imageSize) && Number(imageSize) >= 1 && Number(imageSize) <= MAX_INPUT_SIDE;
  return {
    ...{ labels, labelsFile, imageSize: isSide ? Number(imageSize) : null },
    isTeachable: textIn(packageName).startsWith('@teachablemachine/'),
  };
}

const BYTES = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

function isOneOf<const T extends string>(value: unknown, ...values: T[]): value is T {
  return (values as unknown[]).includes(value);
}

function weightSpec(value: unknown): WeightSpec | null {
  const { name, shape, dtype, quantization } = fieldsOf(value);
  const sizes = listIn(shape);
  const isShape =
    Array.isArray(shape) &&
    sizes.length <= 6 &&
    sizes.every((size) => Number.isInteger(size) && Number(size) >= 0);
  if (typeof name !== 'string' || !isShape) return null;
  if (!isOneOf(dtype, 'float32', 'int32', 'bool')) return null;
  const spec: WeightSpec = { name, shape: sizes.map(Number), dtype };
  if (quantization === undefined) return spec;
  const { dtype: packed, scale, min } = fieldsOf(quantization);
  if (!isOneOf(packed, 'uint8', 'uint16', 'float16')) return null;
  if (packed === 'float16') return { ...spec, quantization: { dtype: packed } };
  if (!Number.isFinite(scale) || !Number.isFinite(min)) return null;
  return { ...spec, quantization: { dtype: packed, scale: Number(scale), min: Number(min) } };
}

/** Bytes in the file. */
function bytesOf({ shape, dtype, quantization }: WeightSpec): number {
  return shape.reduce((product, size) => product * size, 1) * BYTES[quantization?.dtype ?? dtype];
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The weights of all groups of the manifest, one behind the other.
 * @throws CodedError `own-model-json`, `own-model-weights-missing`, `own-model-weights`
 */
function weightsOf(
  files: readonly BroughtFile[],
  manifest: unknown,
  file: string,
): Pick<ModelParts, 'specs' | 'weights'> {
  const groups = listIn(manifest);
  if (groups.length === 0) throw modelFault('own-model-json', file, 'no weightsManifest');
  const specs: WeightSpec[] = [];
  const parts: Uint8Array[] = [];
  for (const group of groups) {
    const { paths, weights } = fieldsOf(group);
    const shards = listIn(paths).map((path) => {
      const name = baseName(textIn(path));
      const shard = fileNamed(files, name);
      if (shard === undefined)
        throw modelFault('own-model-weights-missing', name, `named in ${file}`);
      return shard;
    });
    let expected = 0;
    for (const [place, value] of listIn(weights).entries()) {
      const spec = weightSpec(value);
      if (spec === null) {
        throw modelFault('own-model-json', file, `weight ${place + 1} of weightsManifest`);
      }
      specs.push(spec);
      expected += bytesOf(spec);
    }
    const there = shards.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (there !== expected) {
      const names = shards.map(({ path }) => baseName(path)).join(', ');
      throw modelFault('own-model-weights', names, `${there} bytes, ${file} tells of ${expected}`);
    }
    parts.push(...shards.map(({ bytes }) => bytes));
  }
  return { specs, weights: joined(parts) };
}

/** Keras's own form has the model in `model_config`. */
function rootLayer(topology: Fields): Fields {
  const { model_config: inside } = topology;
  return isFields(inside) ? inside : topology;
}

/** Deeper than a model of models of models. */
const MAX_DEPTH = 6;
const MAX_LAYERS = 3000;
/** Of units, filters, paddings and sizes: what is beyond is no image classifier, and fills the memory. */
const MAX_NUMBER = 65_536;

function layersOf({ config }: Fields): Fields[] {
  // Old Keras writes a Sequential's config as the list itself.
  return (Array.isArray(config) ? listIn(config) : listIn(fieldsOf(config).layers)).map(fieldsOf);
}

const SIZES = ['units', 'filters', 'padding', 'cropping', 'height', 'width', 'depth_multiplier'];

function hugeNumber(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hugeNumber);
  return typeof value === 'number' && !(Math.abs(value) <= MAX_NUMBER);
}

/** @throws CodedError `own-model-op` */
function checkLayers(root: Fields, file: string): void {
  let count = 0;
  const check = (layer: Fields, depth: number): void => {
    const name = textIn(layer.class_name);
    count += 1;
    if (count > MAX_LAYERS || depth > MAX_DEPTH)
      throw modelFault('own-model-op', file, 'too many layers');
    if (CONTAINERS.has(name)) {
      for (const inner of layersOf(layer)) check(inner, depth + 1);
      return;
    }
    if (!KNOWN_LAYERS.has(name)) throw modelFault('own-model-op', file, `layer ${name}`);
    const config = fieldsOf(layer.config);
    const huge = SIZES.find((size) => hugeNumber(config[size]));
    if (huge !== undefined) throw modelFault('own-model-op', file, `${huge} of a layer ${name}`);
  };
  check(root, 0);
}

function isProbabilityName(name: unknown): boolean {
  return /^(?:softmax|sigmoid)$/i.test(textIn(name));
}

function layersEndInProbabilities(layer: Fields): boolean {
  const config = fieldsOf(layer.config);
  if (!CONTAINERS.has(textIn(layer.class_name))) {
    return isProbabilityName(layer.class_name) || isProbabilityName(config.activation);
  }
  const inner = layersOf(layer);
  const named = listIn(listIn(config.output_layers)[0])[0];
  const last = inner.find(({ name }) => name !== undefined && name === named) ?? inner.at(-1);
  return last !== undefined && layersEndInProbabilities(last);
}

/** Ops that change no value. */
const PASSING = new Set(['Identity', 'Reshape', 'Squeeze']);

/** @throws CodedError `own-model-op`; of every node, for what is not run today may be tomorrow */
function checkGraph(topology: Fields, file: string): boolean {
  const nodes = listIn(topology.node).map(fieldsOf);
  if (nodes.length > MAX_LAYERS * 4) throw modelFault('own-model-op', file, 'too many ops');
  const unknown = nodes.map(({ op }) => textIn(op)).find((op) => !KNOWN_OPS.has(op));
  if (unknown !== undefined) throw modelFault('own-model-op', file, `op ${unknown}`);
  if (listIn(fieldsOf(topology.library).function).length > 0) {
    throw modelFault('own-model-op', file, 'functions in the graph');
  }
  const byName = new Map(nodes.map((node) => [textIn(node.name), node]));
  const inputsOf = ({ input }: Fields): string[] =>
    listIn(input).map((each) => textIn(each).replace(/^\^/, '').split(':', 1)[0] ?? '');
  const used = new Set(nodes.flatMap(inputsOf));
  let last = nodes.findLast(({ name, op }) => !used.has(textIn(name)) && op !== 'Const');
  for (let step = 0; step < 8 && last !== undefined && PASSING.has(textIn(last.op)); step += 1) {
    last = byName.get(inputsOf(last)[0] ?? '');
  }
  return isProbabilityName(last?.op);
}

/** Whether the topology is known through and through. @throws CodedError */
function checkTopology(
  model: Fields,
  file: string,
): Pick<CheckedModel, 'format' | 'topology' | 'signature' | 'endsInProbabilities'> {
  const { modelTopology: topology, signature } = model;
  if (!isFields(topology)) throw modelFault('own-model-json', file, 'no modelTopology');
  if (isFields(model.modelInitializer) || isFields(model.initializerSignature)) {
    throw modelFault('own-model-op', file, 'an initializer');
  }
  if (Array.isArray(topology.node)) {
    const endsInProbabilities = checkGraph(topology, file);
    return {
      ...{ format: 'graph-model', topology, endsInProbabilities },
      signature: isFields(signature) ? signature : null,
    };
  }
  const root = rootLayer(topology);
  if (!CONTAINERS.has(textIn(root.class_name))) {
    throw modelFault('own-model-json', file, 'neither layers nor graph');
  }
  checkLayers(root, file);
  const endsInProbabilities = layersEndInProbabilities(root);
  return { format: 'layers-model', topology, signature: null, endsInProbabilities };
}

function modelFileOf(files: readonly BroughtFile[]): BroughtFile | undefined {
  const named = fileNamed(files, 'model.json');
  const others = files.filter(({ path }) => baseName(path).toLowerCase() !== 'metadata.json');
  return named ?? onlyFile(others, '.json');
}

/**
 * Checks the files of a model of TensorFlow.js: that all are there, that each is what it should be, and that
 * nothing in them is unknown. Pure: nothing of the model runs.
 * @throws CodedError `own-model-…`, with the file at fault; see `faultyFile`
 */
export function checkModelFiles(files: readonly BroughtFile[]): CheckedModel {
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > MAX_MODEL_BYTES) {
    const [largest] = files.toSorted((one, other) => other.bytes.length - one.bytes.length);
    throw modelFault('own-model-too-large', baseName(largest?.path ?? ''), `${total} bytes in all`);
  }
  const model = modelFileOf(files);
  if (model === undefined) throw modelFault('own-model-no-json', 'model.json', 'not there');
  const file = baseName(model.path);
  const fields = jsonOf(model);
  return {
    file,
    ...checkTopology(fields, file),
    ...weightsOf(files, fields.weightsManifest, file),
    ...labelsOf(files, model),
  };
}

/** A shape as TensorFlow.js tells it: null, undefined or -1 where it is open. */
export type OpenShape = readonly (number | null | undefined)[];

/** What the loaded model says of itself. */
export interface LoadedShapes {
  inputs: readonly (OpenShape | null)[];
  outputs: readonly (OpenShape | null)[];
}

const isOpen = (size: number | null | undefined): boolean =>
  size === null || size === undefined || size < 0;

/**
 * The input that a loaded model wants. Other than Teachable Machine's, models tell nothing of the range of
 * their values.
 * @param chosen the range for a model that is not Teachable Machine's
 * @throws CodedError `own-model-input`, `own-model-output`, `own-model-labels-count`
 */
export function inputFor(
  { file, labels, labelsFile, imageSize, isTeachable }: CheckedModel,
  { inputs, outputs }: LoadedShapes,
  chosen: ValueRange,
): OwnModel['input'] {
  const [input] = inputs;
  const told = (shape: OpenShape | null | undefined): string =>
    `[${(shape ?? []).map((size) => (isOpen(size) ? '?' : String(size))).join(', ')}]`;
  if (inputs.length !== 1 || input?.length !== 4) {
    throw modelFault('own-model-input', file, `${inputs.length} inputs, ${told(input)}`);
  }
  const [batch, height, width, channels] = input;
  const [tall, wide] = [height, width].map((size) => (isOpen(size) ? imageSize : Number(size)));
  const fits = (side: number | null | undefined): side is number =>
    typeof side === 'number' && side >= 1 && side <= MAX_INPUT_SIDE;
  const isOfOne = isOpen(batch) || batch === 1;
  if (!isOfOne || !fits(tall) || !fits(wide) || (channels !== 1 && channels !== 3)) {
    throw modelFault('own-model-input', file, told(input));
  }
  const [output] = outputs;
  if (outputs.length !== 1) throw modelFault('own-model-output', file, `${outputs.length} outputs`);
  // Graphs need not tell; the picture that is tried does.
  if (output !== null && output !== undefined && output.length > 0) {
    const count = output.at(-1);
    if (output.length !== 2) throw modelFault('own-model-output', file, told(output));
    if (!isOpen(count)) checkCount(Number(count), labels, labelsFile);
  }
  return { height: tall, width: wide, channels, range: isTeachable ? 'teachable' : chosen };
}

/** @throws CodedError `own-model-labels-count` */
export function checkCount(outputs: number, labels: readonly string[], labelsFile: string): void {
  if (outputs === labels.length) return;
  throw modelFault(
    'own-model-labels-count',
    labelsFile,
    `${labels.length} labels, ${outputs} outputs of the model`,
  );
}
