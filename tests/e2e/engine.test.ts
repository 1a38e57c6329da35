/**
 * The engine alone in a real service worker, on each backend. A browser without a GPU runs WebGL and
 * WebGPU on SwiftShader: the same code paths, slowly.
 */
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';

import { TargetType, type WebWorker } from 'puppeteer';
import sharp from 'sharp';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type LaunchedBrowser, launchBrowser } from '../../scripts/drive/chromium/launch';
import { GOLDEN_LOGITS_FILE } from '../../scripts/model/compiler/golden-logits';
import { loadLookingModel } from '../../scripts/model/model-in-node';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import { wholeCrop } from '../../src/core/look/views';
import type { Backend } from '../../src/core/saying/prediction';
import { activationOf, nodeWeights } from '../../src/core/where/where';
import type { ModelManifest } from '../../src/inference/model/model-manifest';
import type { ClassifiedPixels } from '../fixtures/engine-extension/worker';
import { asset, waitUntil } from './harness';

const FIXTURE = path.resolve('tests/fixtures/engine-extension');
/** The centre crop of a square of this side is its middle, pixel by pixel: 256 * 0.875 = 224. */
const SIDE = 256;
const INPUT_SIDE = 224;
const REPEATS = 200;

interface Golden {
  logits_first8: number[];
  top5: { logit_index: number; logit: number }[];
}
interface GoldenFile {
  'mobilenet_v1_1.0_224': { synthetic: Golden; photos: Record<string, Golden> };
}

const folder = createTemporaryFolder('alt-lens-engine-');
let models: ModelManifest;
let golden: GoldenFile['mobilenet_v1_1.0_224'];

beforeAll(async () => {
  models = JSON.parse(await readFile('build/models/index.json', 'utf8')) as ModelManifest;
  const goldenFile = await readFile(GOLDEN_LOGITS_FILE, 'utf8');
  golden = (JSON.parse(goldenFile) as GoldenFile)['mobilenet_v1_1.0_224'];
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder.path,
      target: 'chrome148',
      reportCompressedSize: false,
      lib: {
        entry: path.join(FIXTURE, 'worker.ts'),
        formats: ['es'],
        fileName: () => 'worker.js',
      },
    },
  });
  await cp(path.join(FIXTURE, 'manifest.json'), path.join(folder.path, 'manifest.json'));
  await cp('build/models', path.join(folder.path, 'models'), { recursive: true });
  await cp('build/wasm', path.join(folder.path, 'wasm'), { recursive: true });
});

afterAll(() => {
  folder.remove();
});

async function workerOf(launched: LaunchedBrowser): Promise<WebWorker> {
  const target = await launched.browser.waitForTarget(
    (each) => each.type() === TargetType.SERVICE_WORKER && each.url().endsWith('/worker.js'),
  );
  const worker = await target.worker();
  if (worker === null) throw new Error('The service worker has no debugger.');
  await waitUntil(
    'the engine is there',
    () => worker.evaluate(() => 'harness' in globalThis),
    10_000,
  );
  return worker;
}

/** The synthetic input as base64 RGBA, in the middle of a white square. */
function syntheticPixels(): string {
  const rgba = Buffer.alloc(SIDE * SIDE * 4, 255);
  const margin = (SIDE - INPUT_SIDE) / 2;
  for (let i = 0; i < INPUT_SIDE * INPUT_SIDE * 3; i += 1) {
    const pixel = Math.floor(i / 3);
    const y = margin + Math.floor(pixel / INPUT_SIDE);
    const x = margin + (pixel % INPUT_SIDE);
    rgba[(y * SIDE + x) * 4 + (i % 3)] = (i * 7919) % 255;
  }
  return rgba.toString('base64');
}

async function photoPixels(file: string): Promise<string> {
  const image = sharp(await asset(`photos/${file}`));
  const { width, height } = await image.metadata();
  const centre = await image
    .extract({
      left: Math.floor((width - SIDE) / 2),
      top: Math.floor((height - SIDE) / 2),
      width: SIDE,
      height: SIDE,
    })
    .ensureAlpha()
    .raw()
    .toBuffer();
  return centre.toString('base64');
}

/** How far the centre crop's logits are from the golden ones; the best one must be among their first. */
function goldenDifference(
  { logits }: ClassifiedPixels,
  expected: Golden,
  firstOfGolden: number,
): number {
  const [crop = []] = logits;
  expect(crop).toHaveLength(1001);
  const firsts = expected.top5.slice(0, firstOfGolden).map(({ logit_index: index }) => index);
  expect(firsts).toContain(crop.indexOf(Math.max(...crop)));
  const pairs = [
    ...expected.logits_first8.map((logit, index) => [logit, crop[index]]),
    ...expected.top5.map(({ logit, logit_index: index }) => [logit, crop[index]]),
  ];
  return Math.max(...pairs.map(([a = NaN, b = NaN]) => Math.abs(a - b)));
}

/** Pearson's: 1 where one list is a multiple of the other and a constant more. */
function correlation(one: readonly number[], other: readonly number[]): number {
  const centred = (list: readonly number[]): number[] => {
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    return list.map((value) => value - mean);
  };
  const [a, b] = [centred(one), centred(other)];
  const product = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, place) => sum + value * (y[place] ?? NaN), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

interface Case {
  backend: Backend;
  webgpuSoftware: boolean;
  tolerance: number;
  photos: number;
  /** Classifications of the leak test; WebGPU in software takes a second for each. */
  repeats: number;
}

describe.each<Case>([
  { backend: 'wasm', webgpuSoftware: false, tolerance: 0.35, photos: 8, repeats: REPEATS },
  { backend: 'cpu', webgpuSoftware: false, tolerance: 1e-3, photos: 1, repeats: REPEATS },
  { backend: 'webgl', webgpuSoftware: false, tolerance: 5e-2, photos: 2, repeats: REPEATS },
  { backend: 'webgpu', webgpuSoftware: true, tolerance: 5e-2, photos: 1, repeats: 3 },
])('$backend', ({ backend, webgpuSoftware, tolerance, photos, repeats }) => {
  let worker: WebWorker;
  beforeAll(async () => {
    const browser = await launchBrowser({ extensionDir: folder.path, webgpuSoftware });
    worker = await workerOf(browser);
    return browser.close;
  });

  test('gives the golden logits', { timeout: 120_000 }, async () => {
    const status = await worker.evaluate(
      (manifest, pinned) =>
        globalThis.harness.open(manifest, { backend: pinned, variant: 'accurate' }),
      models,
      backend,
    );
    expect(status).toMatchObject({ state: 'ready', backend });
    const inputs = [{ pixels: syntheticPixels(), expected: golden.synthetic }];
    for (const [file, expected] of Object.entries(golden.photos).slice(0, photos)) {
      inputs.push({ pixels: await photoPixels(file), expected });
    }
    expect(inputs).toHaveLength(1 + photos);
    const differences: number[] = [];
    const milliseconds: number[] = [];
    for (const { pixels, expected } of inputs) {
      const output = await worker.evaluate(
        (rgba, side) => globalThis.harness.classify(rgba, side, 1),
        pixels,
        SIDE,
      );
      expect(output.backend).toBe(backend);
      expect(output.embeddingLengths).toEqual([1024]);
      // In bytes two that are near change places.
      differences.push(goldenDifference(output, expected, backend === 'wasm' ? 2 : 1));
      milliseconds.push(output.runMilliseconds);
    }
    const difference = Math.max(...differences);
    process.stdout.write(
      `${backend}: golden difference ${difference.toExponential(1)} over ${inputs.length} inputs, ` +
        `${Math.min(...milliseconds).toFixed(1)} ms a view, loaded in ${(status.loadMilliseconds ?? NaN).toFixed(0)} ms\n`,
    );
    expect(difference).toBeLessThan(tolerance);
  });

  test(
    `keeps no tensor: as many after 1 classification as after ${repeats}`,
    { timeout: 180_000 },
    async () => {
      await worker.evaluate(
        (manifest, pinned) =>
          globalThis.harness.open(manifest, { backend: pinned, variant: 'fast' }),
        models,
        backend,
      );
      await worker.evaluate(() => globalThis.harness.repeat(1));
      const first = await worker.evaluate(() => globalThis.harness.status());
      const fastest = await worker.evaluate(
        (count) => globalThis.harness.repeat(count),
        repeats - 1,
      );
      const last = await worker.evaluate(() => globalThis.harness.status());
      process.stdout.write(
        `${backend}: fast variant ${fastest.toFixed(1)} ms, tensors ${first.tensors} after ${first.inferences}, ${last.tensors} after ${last.inferences}\n`,
      );
      expect(first.inferences).toBe(1);
      expect(last.inferences).toBe(repeats);
      // The wasm kernels run without tfjs.
      if (backend === 'wasm') expect(first.tensors).toBe(0);
      else expect(first.tensors).toBeGreaterThan(50);
      expect(last.tensors).toBe(first.tensors);
    },
  );

  test('sees each class where the kernels see it', { timeout: 120_000 }, async () => {
    // The model that the test before has opened.
    const { see, classifier } = await loadLookingModel('fast');
    const pixels = syntheticPixels();
    const data = new Uint8ClampedArray(Buffer.from(pixels, 'base64'));
    const raster = { width: SIDE, height: SIDE, data };
    const map = see(raster, wholeCrop(raster));
    for (const classIndex of [3, 904]) {
      const expected = activationOf(map, nodeWeights(map, classifier, classIndex));
      const { activation, addedTensors } = await worker.evaluate(
        (rgba, side, index) => globalThis.harness.see(rgba, side, index),
        pixels,
        SIDE,
        classIndex,
      );
      expect(activation).toHaveLength(25);
      expect(addedTensors).toBe(0);
      const alike = correlation(activation, [...expected]);
      process.stdout.write(`${backend}: class ${classIndex} maps correlate ${alike.toFixed(4)}\n`);
      expect(alike).toBeGreaterThan(0.97);
    }
  });

  if (backend === 'webgpu') {
    test('a batch of pictures is 30 dispatches and one read-back, and their bytes go up as they are', async () => {
      const run = await worker.evaluate((entry) => globalThis.harness.runBatch(entry), models.fast);
      const { loading, batch, pictureBytes } = run;
      const small = batch.writtenBytes.filter((bytes) => !pictureBytes.includes(bytes));
      process.stdout.write(
        `${backend}: ${loading.pipelines} pipelines at load; ${run.cuts} views of ${pictureBytes.length} pictures: ` +
          `${batch.dispatches} dispatches, ${batch.readBacks} read-back, ` +
          `${small.reduce((sum, bytes) => sum + bytes, 0)} bytes of sizes beside ${pictureBytes.join(' + ')} of pixels, ` +
          `${run.difference.toExponential(1)} off the views alone\n`,
      );
      expect(run.cuts).toBe(6);
      expect(batch.dispatches).toBeGreaterThan(27); // one for each convolution
      expect(batch.dispatches).toBeLessThanOrEqual(31);
      expect(batch.readBacks).toBe(1);
      // Each picture once, and uniforms: no view in floats would be as small.
      expect(batch.writtenBytes.filter((bytes) => pictureBytes.includes(bytes))).toEqual(
        pictureBytes,
      );
      expect(Math.max(...small)).toBeLessThan(1024);
      expect(batch.mappedBuffers).toBe(0);
      expect(loading.pipelines).toBeGreaterThan(5);
      expect(run.latePipelines).toBe(0);
      expect(run.difference).toBeLessThan(1e-4);
    });

    test(
      `keeps no tensor over ${REPEATS} small pictures in batches either`,
      { timeout: 120_000 },
      async () => {
        const { first, last } = await worker.evaluate(
          (entry, count) => globalThis.harness.runSmall(entry, count),
          models.fast,
          REPEATS / 8,
        );
        process.stdout.write(
          `${backend}: tensors ${first} after 1 batch, ${last} after ${REPEATS / 8}\n`,
        );
        expect(first).toBeGreaterThan(50);
        expect(last).toBe(first);
      },
    );
  }

  if (backend === 'webgl') {
    test('three views come back in one read, and a picture of another size needs no new shader', async () => {
      const { views, readBacks, latePrograms } = await worker.evaluate(() =>
        globalThis.harness.countWebglReads(),
      );
      expect(views).toBe(3);
      expect(readBacks).toBe(1);
      expect(latePrograms).toBe(0);
    });
  }

  if (backend === 'webgl' || backend === 'webgpu') {
    test('views cut on the GPU are those cut on the CPU', async () => {
      const { views, difference } = await worker.evaluate(
        (on) => globalThis.harness.compareViews(on),
        backend,
      );
      process.stdout.write(
        `${backend}: ${views} views differ by ${difference.toExponential(1)} of 2 from those of the CPU\n`,
      );
      expect(views).toBe(21); // seven pictures
      expect(difference).toBeLessThan(1e-5);
    });

    test(
      'a device lost under a classification is rebuilt and the answer comes',
      { timeout: 120_000 },
      async () => {
        const before = await worker.evaluate(
          (manifest, pinned) =>
            globalThis.harness.open(manifest, { backend: pinned, variant: 'fast' }),
          models,
          backend,
        );
        const output = await worker.evaluate(
          (rgba, side) => globalThis.harness.classifyOnBrokenGpu(rgba, side),
          syntheticPixels(),
          SIDE,
        );
        const after = await worker.evaluate(() => globalThis.harness.status());
        const healthy = await worker.evaluate(
          (rgba, side) => globalThis.harness.classify(rgba, side, 1),
          syntheticPixels(),
          SIDE,
        );
        expect(output.backend).toBe(backend);
        expect(output.logits[0]?.[0]).toBeCloseTo(healthy.logits[0]?.[0] ?? NaN, 3);
        expect(after).toMatchObject({ state: 'ready', tensors: before.tensors });
        // Rebuilt: the load has another duration than the one before.
        expect(after.loadMilliseconds).not.toBe(before.loadMilliseconds);
      },
    );
  }

  if (backend === 'wasm' || backend === 'webgpu') {
    test('left to choose, the engine takes wasm and says why not a GPU', async () => {
      const status = await worker.evaluate(
        (manifest) => globalThis.harness.open(manifest, { backend: 'auto', variant: 'accurate' }),
        models,
      );
      process.stdout.write(
        `auto${webgpuSoftware ? ' (software WebGPU)' : ''}: ${status.backends
          .map(
            ({ backend: name, outcome, reason, device, probeMilliseconds }) =>
              `${name} ${reason?.code ?? outcome}${device === null ? '' : ` [${device}]`} ${(probeMilliseconds ?? 0).toFixed(0)} ms`,
          )
          .join(', ')}; loaded in ${(status.loadMilliseconds ?? NaN).toFixed(0)} ms\n`,
      );
      expect(status.backend).toBe('wasm');
      expect(
        status.backends.map(({ backend: name, outcome, reason }) => [
          name,
          outcome,
          reason?.code ?? null,
        ]),
      ).toEqual([
        ['webgpu', 'refused', webgpuSoftware ? 'software-only' : 'no-adapter'],
        ['webgl', 'refused', 'software-only'],
        ['wasm', 'used', null],
        ['cpu', 'not-tried', null],
      ]);
    });
  }
});
