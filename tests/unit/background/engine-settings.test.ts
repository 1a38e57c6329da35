import { beforeEach, expect, test, vi } from 'vitest';

import { createEngineSettings } from '../../../src/background/engine-settings';
import type { EngineStatus } from '../../../src/core/engine-status';
import { CodedError } from '../../../src/core/errors';
import type { Backend } from '../../../src/core/prediction';
import { DEFAULT_SETTINGS } from '../../../src/core/settings';
import type { ClassifierOutput, Engine, EngineConfig } from '../../../src/inference/engine';

const CHOSEN: EngineConfig = { backend: 'auto', variant: 'fast' };
const chosen = () => Promise.resolve({ ...DEFAULT_SETTINGS, ...CHOSEN });

/** Takes 1 ms for the warm-up, then 2, 3, … */
class FakeEngine implements Engine {
  configured: EngineConfig[] = [];
  refused: Backend | null = null;
  images = 0;
  onImage: () => void = () => undefined;

  configure = (config: EngineConfig) => {
    this.configured.push(config);
  };
  start = () =>
    this.configured.at(-1)?.backend === this.refused
      ? Promise.reject(new CodedError('no-backend', 'None.'))
      : Promise.resolve(this.status());
  classify = (_raster: unknown, { signal }: { signal?: AbortSignal | undefined }) => {
    signal?.throwIfAborted();
    this.images += 1;
    this.onImage();
    return Promise.resolve({ runMilliseconds: this.images } as ClassifierOutput);
  };
  status = (): EngineStatus => ({
    state: 'ready',
    backend: null,
    backends:
      this.refused === null
        ? []
        : [
            {
              backend: this.refused,
              outcome: 'refused',
              reason: { code: 'no-adapter', message: 'null' },
              device: null,
              probeMilliseconds: 1,
            },
          ],
    model: null,
    loadMilliseconds: null,
    failure: null,
    inferences: this.images,
    batchSize: 1,
    tensors: 0,
  });
  dispose = () => Promise.resolve();
}

let engine: FakeEngine;
beforeEach(() => {
  engine = new FakeEngine();
});

test('ten images are timed, the warm-up is not; then the settings hold again', async () => {
  const { millisecondsPerImage, refusal } = await createEngineSettings(engine, chosen).benchmark(
    'webgl',
  );
  expect(refusal).toBeNull();
  expect(millisecondsPerImage).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(engine.configured).toEqual([{ backend: 'webgl', variant: 'fast' }, CHOSEN]);
});

test('a backend that does not run gives its reason, and the settings hold again', async () => {
  engine.refused = 'webgpu';
  expect(await createEngineSettings(engine, chosen).benchmark('webgpu')).toEqual({
    millisecondsPerImage: [],
    refusal: { code: 'no-adapter', message: 'null' },
  });
  expect(engine.configured.at(-1)).toEqual(CHOSEN);
  expect(engine.images).toBe(0);
});

test('cancelling ends it between two images, and the settings hold again', async () => {
  const settings = createEngineSettings(engine, chosen);
  engine.onImage = () => {
    if (engine.images === 3) settings.cancelBenchmark();
  };
  await expect(settings.benchmark('cpu')).rejects.toMatchObject({ code: 'cancelled' });
  expect(engine.images).toBe(3);
  expect(engine.configured.at(-1)).toEqual(CHOSEN);
});

test('whoever needs the engine as set waits for the benchmark; so does the next benchmark', async () => {
  const settings = createEngineSettings(engine, chosen);
  const order: string[] = [];
  const note = (what: string) => () => void order.push(what);
  await Promise.all([
    settings.benchmark('wasm').then(note('wasm')),
    settings.benchmark('cpu').then(note('cpu')),
    settings.apply().then(note('applied')),
  ]);
  expect(order).toEqual(['wasm', 'cpu', 'applied']);
  expect(engine.configured.map(({ backend }) => backend)).toEqual([
    'wasm',
    'auto',
    'cpu',
    'auto',
    'auto',
  ]);
});

test('a failed benchmark does not stop the engine from being used', async () => {
  const settings = createEngineSettings(engine, chosen);
  vi.spyOn(engine, 'classify').mockRejectedValue(new CodedError('model-missing', 'Gone.'));
  await expect(settings.benchmark('wasm')).rejects.toMatchObject({ code: 'model-missing' });
  await settings.apply();
  expect(engine.configured.at(-1)).toEqual(CHOSEN);
});
