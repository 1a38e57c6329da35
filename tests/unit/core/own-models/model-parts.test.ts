import { describe, expect, test } from 'vitest';

import { faultyFile, isModelFault } from '../../../../src/core/own-models/fault';
import {
  type BroughtFile,
  checkCount,
  checkModelFiles,
  inputFor,
  type LoadedShapes,
} from '../../../../src/core/own-models/model-parts';
import { MAX_MODEL_BYTES } from '../../../../src/core/own-models/own-model';
import type { CodedError } from '../../../../src/core/errors';

type Json = Record<string, unknown>;

const layer = (class_name: string, config: Json = {}) => ({ class_name, config });
const sequence = (...layers: object[]) => layer('Sequential', { name: 's', layers });

const LAYERS = sequence(
  layer('InputLayer', { batch_input_shape: [null, 8, 8, 3] }),
  sequence(layer('Conv2D', { filters: 4, kernel_size: [3, 3] }), layer('Flatten')),
  sequence(layer('Dense', { units: 2, activation: 'softmax' })),
);
const GRAPH = {
  node: [
    { name: 'in', op: 'Placeholder' },
    { name: 'w', op: 'Const' },
    { name: 'm', op: 'MatMul', input: ['in', 'w'] },
    { name: 'p', op: 'Softmax', input: ['m'] },
    { name: 'out', op: 'Identity', input: ['p'] },
  ],
  library: {},
};
const WEIGHT = { name: 'w', shape: [2, 3], dtype: 'float32' };

const file = (path: string, content: unknown): BroughtFile => ({
  path,
  bytes:
    content instanceof Uint8Array
      ? new Uint8Array(content)
      : new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
});

interface Parts {
  topology?: unknown;
  weights?: unknown;
  manifest?: unknown;
  more?: Json;
  bin?: number;
  metadata?: unknown;
}

function brought(parts: Parts = {}): BroughtFile[] {
  const { topology = LAYERS, weights = [WEIGHT], more = {}, bin = 24 } = parts;
  const { metadata = { labels: ['cat', 'dog'], imageSize: 8 } } = parts;
  const { manifest = [{ paths: ['weights.bin'], weights }] } = parts;
  return [
    file('model.json', { modelTopology: topology, weightsManifest: manifest, ...more }),
    file('weights.bin', new Uint8Array(bin)),
    file('metadata.json', metadata),
  ];
}

function faultOf(check: () => unknown): { code: string; file: string } {
  try {
    check();
  } catch (error) {
    const { code, message } = error as CodedError;
    expect(isModelFault(code)).toBe(true);
    return { code, file: faultyFile({ message }) };
  }
  throw new Error('Nothing was found.');
}

describe('what is right', () => {
  test('layers, with metadata', () => {
    expect(checkModelFiles(brought())).toMatchObject({
      ...{ format: 'layers-model', labels: ['cat', 'dog'], imageSize: 8, isTeachable: false },
      ...{ endsInProbabilities: true, specs: [WEIGHT] },
    });
  });

  test('a graph, in a folder, with a list of labels and weights in two files', () => {
    const manifest = [
      { paths: ['a.bin', 'b.bin'], weights: [WEIGHT] },
      {
        paths: ['c.bin'],
        weights: [
          {
            ...{ name: 'q', shape: [4], dtype: 'float32' },
            quantization: { dtype: 'uint8', scale: 0.1, min: 0 },
          },
        ],
      },
    ];
    const checked = checkModelFiles([
      file('mine/model.json', { modelTopology: GRAPH, weightsManifest: manifest }),
      file('mine/c.bin', Uint8Array.of(7, 8, 9, 10)),
      file('mine/b.bin', new Uint8Array(12)),
      file('mine/a.bin', new Uint8Array(12).fill(1)),
      file('mine/labels.txt', '\uFEFFcat \r\nhot dog\n\n'),
    ]);
    expect(checked).toMatchObject({
      ...{ format: 'graph-model', labels: ['cat', 'hot dog'], endsInProbabilities: true },
    });
    expect([...checked.weights.slice(10)]).toEqual([
      1,
      1,
      ...Array<number>(12).fill(0),
      7,
      8,
      9,
      10,
    ]);
  });

  test("Keras's own forms: the list itself, and the model in model_config", () => {
    const old = layer('Sequential', [layer('Dense', { units: 2 })] as unknown as Json);
    const topology = { model_config: old, keras_version: '2.2.4' };
    expect(checkModelFiles(brought({ topology })).endsInProbabilities).toBe(false);
  });

  test('metadata of Teachable Machine tell how pixels are taken', () => {
    const metadata = { labels: ['a', 'b'], packageName: '@teachablemachine/image' };
    const checked = checkModelFiles(brought({ metadata }));
    const shapes: LoadedShapes = { inputs: [[null, 8, 8, 1]], outputs: [[null, 2]] };
    expect(inputFor(checked, shapes, 'unit')).toEqual({
      ...{ width: 8, height: 8, channels: 1, range: 'teachable' },
    });
  });

  test('an input whose size is open has that of the metadata', () => {
    const shapes: LoadedShapes = { inputs: [[-1, null, null, 3]], outputs: [null] };
    expect(inputFor(checkModelFiles(brought()), shapes, 'unit')).toEqual({
      ...{ width: 8, height: 8, channels: 3, range: 'unit' },
    });
  });
});

describe('what is wrong', () => {
  const drop = (name: string) => brought().filter(({ path }) => path !== name);
  const nested = Array.from({ length: 10 }).reduce<object>((inner) => sequence(inner), LAYERS);
  const rows: [string, BroughtFile[], string, string][] = [
    ['nothing at all', [file('cat.jpg', 'x')], 'own-model-no-json', 'model.json'],
    ['no model.json', drop('model.json'), 'own-model-no-json', 'model.json'],
    ['no weights', drop('weights.bin'), 'own-model-weights-missing', 'weights.bin'],
    ['no labels', drop('metadata.json'), 'own-model-labels', 'metadata.json, labels.txt'],
    ['model.json cut off', [file('model.json', '{"modelTop')], 'own-model-json', 'model.json'],
    ['a list', [file('model.json', [])], 'own-model-json', 'model.json'],
    ['no topology', brought({ topology: null }), 'own-model-json', 'model.json'],
    ['another topology', brought({ topology: {} }), 'own-model-json', 'model.json'],
    ['no manifest', brought({ manifest: [] }), 'own-model-json', 'model.json'],
    [
      'weights of a text',
      brought({ weights: [{ ...WEIGHT, dtype: 'string' }] }),
      'own-model-json',
      'model.json',
    ],
    [
      'a negative shape',
      brought({ weights: [{ ...WEIGHT, shape: [-2, -3] }] }),
      'own-model-json',
      'model.json',
    ],
    [
      'a shape of text',
      brought({ weights: [{ ...WEIGHT, shape: '23' }] }),
      'own-model-json',
      'model.json',
    ],
    ['too few bytes', brought({ bin: 23 }), 'own-model-weights', 'weights.bin'],
    ['too many bytes', brought({ bin: 25 }), 'own-model-weights', 'weights.bin'],
    [
      'a huge shape',
      brought({ weights: [{ ...WEIGHT, shape: [1e9, 1e9] }] }),
      'own-model-weights',
      'weights.bin',
    ],
    [
      'code',
      brought({ topology: sequence(layer('Lambda', { function: 'x' })) }),
      'own-model-op',
      'model.json',
    ],
    [
      'code inside',
      brought({ topology: sequence(LAYERS, sequence(layer('Mine'))) }),
      'own-model-op',
      'model.json',
    ],
    [
      'a huge layer',
      brought({ topology: sequence(layer('Dense', { units: 1e9 })) }),
      'own-model-op',
      'model.json',
    ],
    [
      'a huge frame',
      brought({
        topology: sequence(
          layer('ZeroPadding2D', {
            padding: [
              [1e7, 0],
              [0, 0],
            ],
          }),
        ),
      }),
      'own-model-op',
      'model.json',
    ],
    ['endless models', brought({ topology: nested }), 'own-model-op', 'model.json'],
    [
      'a loop',
      brought({ topology: { node: [...GRAPH.node, { name: 'l', op: 'While' }] } }),
      'own-model-op',
      'model.json',
    ],
    [
      'an op of its own',
      brought({ topology: { node: [{ name: 'x', op: 'Mine' }] } }),
      'own-model-op',
      'model.json',
    ],
    [
      'a function',
      brought({ topology: { ...GRAPH, library: { function: [{}] } } }),
      'own-model-op',
      'model.json',
    ],
    [
      'an initializer',
      brought({ topology: GRAPH, more: { modelInitializer: { node: [] } } }),
      'own-model-op',
      'model.json',
    ],
    [
      'no label in the list',
      brought({ metadata: { labels: [] } }),
      'own-model-labels',
      'metadata.json',
    ],
    [
      'an empty label',
      brought({ metadata: { labels: ['a', ' '] } }),
      'own-model-labels',
      'metadata.json',
    ],
    [
      'labels that are numbers',
      brought({ metadata: { labels: [1, 2] } }),
      'own-model-labels',
      'metadata.json',
    ],
    [
      'metadata cut off',
      brought({ metadata: '{"labels": ["a"' }),
      'own-model-json',
      'metadata.json',
    ],
  ];

  test.each(rows)('%s', (_name, files, code, named) => {
    expect(faultOf(() => checkModelFiles(files))).toEqual({ code, file: named });
  });

  test('too large', () => {
    const files = [...brought(), { path: 'big.bin', bytes: new Uint8Array(MAX_MODEL_BYTES) }];
    expect(faultOf(() => checkModelFiles(files))).toEqual({
      ...{ code: 'own-model-too-large', file: 'big.bin' },
    });
  });

  const shapes: [string, LoadedShapes, string, string][] = [
    ['no input', { inputs: [], outputs: [[null, 2]] }, 'own-model-input', 'model.json'],
    [
      'two inputs',
      {
        inputs: [
          [1, 8, 8, 3],
          [1, 2],
        ],
        outputs: [[1, 2]],
      },
      'own-model-input',
      'model.json',
    ],
    [
      'no picture',
      { inputs: [[null, 784]], outputs: [[null, 2]] },
      'own-model-input',
      'model.json',
    ],
    [
      'four channels',
      { inputs: [[null, 8, 8, 4]], outputs: [[null, 2]] },
      'own-model-input',
      'model.json',
    ],
    [
      'too wide',
      { inputs: [[null, 8, 5000, 3]], outputs: [[null, 2]] },
      'own-model-input',
      'model.json',
    ],
    ['a batch', { inputs: [[32, 8, 8, 3]], outputs: [[32, 2]] }, 'own-model-input', 'model.json'],
    [
      'two outputs',
      {
        inputs: [[1, 8, 8, 3]],
        outputs: [
          [1, 2],
          [1, 2],
        ],
      },
      'own-model-output',
      'model.json',
    ],
    [
      'a map',
      { inputs: [[1, 8, 8, 3]], outputs: [[1, 8, 8, 2]] },
      'own-model-output',
      'model.json',
    ],
    [
      'three classes',
      { inputs: [[1, 8, 8, 3]], outputs: [[1, 3]] },
      'own-model-labels-count',
      'metadata.json',
    ],
  ];

  test.each(shapes)('shapes: %s', (_name, loaded, code, named) => {
    const checked = checkModelFiles(brought());
    expect(faultOf(() => inputFor(checked, loaded, 'signed'))).toEqual({ code, file: named });
  });

  test('outputs that a graph does not tell of are counted when it has run', () => {
    expect(
      faultOf(() => {
        checkCount(3, ['a', 'b'], 'labels.txt');
      }),
    ).toEqual({
      ...{ code: 'own-model-labels-count', file: 'labels.txt' },
    });
  });
});
