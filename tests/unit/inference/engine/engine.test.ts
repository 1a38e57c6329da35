/** The real engine in Node: plain JavaScript and wasm, with the compiled models of `npm run models`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { CodedError } from '../../../../src/core/errors';
import type { Raster } from '../../../../src/core/look/raster';
import {
  createEngine,
  type Engine,
  type ModelManifest,
} from '../../../../src/inference/engine/engine';
import { wholeCrop } from '../../../../src/core/look/views';
import { logitOf, meanOf } from '../../../../src/core/where/feature-map';
import { activationOf, nodeWeights } from '../../../../src/core/where/where';
import type { FetchFile } from '../../../../src/inference/model/model-files';
import * as tensorflow from '../../../../src/inference/tfjs/tensorflow';

const BUILD = path.resolve('build');

let models: ModelManifest;

beforeAll(async () => {
  models = JSON.parse(
    await readFile(path.join(BUILD, 'models/index.json'), 'utf8'),
  ) as ModelManifest;
});

const fetchFile: FetchFile = async (file) =>
  new Uint8Array(await readFile(path.join(BUILD, file))).buffer;

function engineOf(fetch: FetchFile = fetchFile): Engine {
  return createEngine({ models, fetchFile: fetch, loadTensorflow: () => tensorflow });
}

/** A square whose values run as those of the golden logits' synthetic input: `(i * 7919) % 255`. */
function syntheticRaster(side: number): Raster {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let i = 0; i < side * side * 3; i += 1) {
    data[Math.floor(i / 3) * 4 + (i % 3)] = (i * 7919) % 255;
  }
  return { width: side, height: side, data };
}

/** From golden-logits.json, mobilenet_v1_1.0_224, synthetic: an independent float conversion. */
const GOLDEN_SYNTHETIC = new Map([
  [0, -2.391],
  [1, -0.8323],
  [2, 0.744],
  [3, -2.4399],
  [4, -2.2881],
  [5, -1.0846],
  [6, -0.4248],
  [7, 0.9721],
  [905, 9.6915],
  [859, 9.1385],
  [557, 8.944],
  [546, 7.6609],
]);

describe.each([
  { backend: 'cpu', tolerance: 1e-3 },
  { backend: 'wasm', tolerance: 0.3 }, // in bytes
] as const)('$backend', ({ backend, tolerance }) => {
  test('gives the golden logits', { timeout: 60_000 }, async () => {
    const engine = engineOf();
    engine.configure({ backend, variant: 'accurate' });
    // The plain square of a picture as big as the model's input is the picture.
    const output = await engine.classify(syntheticRaster(224), { views: 3 });
    expect(output).toMatchObject({ backend, variant: 'accurate', views: 3 });
    expect(output.embeddings.map(({ length }) => length)).toEqual([1024, 1024, 1024]);
    const [, , logits] = output.logits;
    for (const [index, expected] of GOLDEN_SYNTHETIC) {
      expect(Math.abs((logits?.[index] ?? Number.NaN) - expected)).toBeLessThan(tolerance);
    }
    await engine.dispose();
    expect(engine.status().tensors).toBe(0);
  });

  // Plain JavaScript takes 0.15 s for each: 200 of them are run in the browser's test.
  const repeats = backend === 'wasm' ? 200 : 10;
  test(`keeps no tensor over ${repeats} classifications`, { timeout: 60_000 }, async () => {
    const engine = engineOf();
    engine.configure({ backend, variant: 'fast' });
    const raster = syntheticRaster(64);
    await engine.classify(raster, { views: 1 });
    const { tensors } = engine.status();
    // The wasm kernels run without tfjs.
    if (backend === 'wasm') expect(tensors).toBe(0);
    else expect(tensors).toBeGreaterThan(50);
    for (let done = 1; done < repeats; done += 1) await engine.classify(raster, { views: 1 });
    expect(engine.status()).toMatchObject({ tensors, inferences: repeats });
    await engine.dispose();
  });
});

/** How alike two lists are, as the cosine of the angle between them; 1 for the same direction. */
function alike(one: Float32Array, other: Float32Array): number {
  const product = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, place) => sum + value * (b[place] ?? NaN), 0);
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

test(
  'cpu and wasm see the same map, and the classifier makes their logits of its mean',
  { timeout: 60_000 },
  async () => {
    const raster = syntheticRaster(224);
    const likeliest = 904; // of the synthetic input's golden logits
    const activations: Float32Array[] = [];
    for (const backend of ['cpu', 'wasm'] as const) {
      const engine = engineOf();
      engine.configure({ backend, variant: 'accurate' });
      const { map, classifier } = await engine.see(raster, wholeCrop(raster));
      expect(engine.status().inferences).toBe(1);
      expect(map).toMatchObject({ side: 7, channels: 1024 });
      expect(map.values).toHaveLength(7 * 7 * 1024);
      // The plain square of a square picture is the picture.
      const { logits, embeddings } = await engine.classify(raster, { views: 3 });
      const mean = meanOf(map);
      expect(alike(mean, embeddings[2] ?? mean.map(() => 0))).toBeCloseTo(1, 5);
      for (const classIndex of [0, 1, likeliest, 999]) {
        const logit = logits[2]?.[classIndex + 1] ?? NaN;
        expect(logitOf(classifier, classIndex, mean)).toBeCloseTo(logit, 2);
      }
      activations.push(activationOf(map, nodeWeights(map, classifier, likeliest)));
      const { tensors } = engine.status();
      await engine.see(raster, wholeCrop(raster));
      expect(engine.status().tensors).toBe(tensors);
      await engine.dispose();
    }
    const [cpu, wasm] = activations;
    if (cpu === undefined || wasm === undefined) throw new Error('A map is missing.');
    expect(new Set(cpu).size).toBeGreaterThan(40);
    expect(alike(cpu, wasm)).toBeGreaterThan(0.98);
  },
);

test(
  'each view has its own logits, the same as it would have alone',
  { timeout: 60_000 },
  async () => {
    const engine = engineOf();
    engine.configure({ backend: 'wasm', variant: 'fast' });
    const raster = syntheticRaster(200);
    const three = await engine.classify(raster, { views: 3 });
    const one = await engine.classify(raster, { views: 1 });
    expect(three.logits).toHaveLength(3);
    expect(three.embeddings.map(({ length }) => length)).toEqual([512, 512, 512]);
    expect(three.logits[0]).toEqual(one.logits[0]);
    expect(three.logits[1]).not.toEqual(three.logits[0]);
    await engine.dispose();
  },
);

test(
  'in Node the engine chooses wasm, and says that there is no GPU',
  { timeout: 60_000 },
  async () => {
    const engine = engineOf();
    const { backend, backends } = await engine.start();
    expect(backend).toBe('wasm');
    expect(backends.map(({ backend: name, reason }) => [name, reason?.code ?? null])).toEqual([
      ['webgpu', 'not-in-this-browser'],
      ['webgl', 'not-in-this-browser'],
      ['wasm', null],
      ['cpu', null],
    ]);
    await engine.dispose();
  },
);

test.each([
  ['among the first', 1000],
  ['the last one', -1],
])(
  'a weight that was altered is found, %s, and the right file then loads',
  { timeout: 60_000 },
  async (_name, place) => {
    let altered = true;
    const engine = engineOf(async (file) => {
      const bytes = new Uint8Array(await fetchFile(file));
      const at = (place + bytes.length) % bytes.length;
      if (altered && file.endsWith('weights.bin')) bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes.buffer;
    });
    engine.configure({ backend: 'wasm', variant: 'fast' });
    await expect(engine.start()).rejects.toMatchObject({ code: 'model-altered' });
    altered = false;
    expect((await engine.start()).state).toBe('ready');
    await engine.dispose();
  },
);

test('weights of which a hash is missing are not taken', async () => {
  const fast = { ...models.fast, weightsChunkSha256: models.fast.weightsChunkSha256.slice(0, -1) };
  const parts = { fetchFile, loadTensorflow: () => tensorflow };
  const engine = createEngine({ ...parts, models: { ...models, fast } });
  engine.configure({ backend: 'wasm', variant: 'fast' });
  await expect(engine.start()).rejects.toMatchObject({ code: 'model-altered' });
  await engine.dispose();
});

/** `i32x4.dot_i16x8_s`, and `i32x4.mul`, which takes and gives the same types. */
const DOT = [0xfd, 0xba, 0x01];
const MULTIPLY = [0xfd, 0xb5, 0x01];

function withoutDots(kernels: Uint8Array): Uint8Array {
  const altered = kernels.slice();
  for (let at = 0; at < altered.length; at += 1) {
    if (DOT.every((byte, index) => kernels[at + index] === byte)) altered.set(MULTIPLY, at);
  }
  return altered;
}

test.each([
  { damage: 'are missing', code: 'failed-to-start', alter: () => null },
  { damage: 'are cut off', code: 'failed-to-start', alter: (all: Uint8Array) => all.slice(0, 900) },
  { damage: 'compute something else', code: 'wrong-result', alter: withoutDots },
])('where the kernels $damage, plain JavaScript answers', async ({ code, alter }) => {
  const engine = engineOf(async (file) => {
    const bytes = new Uint8Array(await fetchFile(file));
    if (!file.endsWith('.wasm')) return bytes.buffer;
    const altered = alter(bytes);
    if (altered === null) throw new CodedError('model-missing', 'No such file.');
    return altered.slice().buffer;
  });
  engine.configure({ backend: 'auto', variant: 'fast' });
  const { backend, backends } = await engine.start();
  expect(backend).toBe('cpu');
  expect(backends.find((each) => each.backend === 'wasm')).toMatchObject({
    outcome: 'refused',
    reason: { code },
  });
  await engine.dispose();
});
