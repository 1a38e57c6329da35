import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';

import { createEngineSettings } from '../../../src/background/engine-settings';
import type { BackendMemory, EngineStatus } from '../../../src/core/engine-status';
import { CodedError } from '../../../src/core/errors';
import type { Backend } from '../../../src/core/saying/prediction';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import type { ClassifierOutput, Engine, EngineConfig } from '../../../src/inference/engine/engine';

const CHOSEN: EngineConfig = { backend: 'auto', variant: 'fast' };
const chosen = () => Promise.resolve({ ...DEFAULT_SETTINGS, ...CHOSEN });

/** Takes 1 ms for the warm-up, then 2, 3, … */
class FakeEngine implements Engine {
  configured: EngineConfig[] = [];
  refused: Backend | null = null;
  images = 0;
  state: EngineStatus['state'] = 'ready';
  model: EngineStatus['model'] = null;
  isChoosing = false;
  onImage: () => void = () => undefined;

  configure = (config: EngineConfig) => {
    this.configured.push(config);
  };
  start = () => {
    this.isChoosing = false;
    return this.configured.at(-1)?.backend === this.refused
      ? Promise.reject(new CodedError('no-backend', 'None.'))
      : Promise.resolve(this.status());
  };
  ready = () => Promise.resolve();
  classifyTogether = () => [];
  see = () => Promise.reject(new Error('Nothing to see.'));
  classify = (_raster: unknown, { signal }: { signal?: AbortSignal | undefined }) => {
    signal?.throwIfAborted();
    this.images += 1;
    this.onImage();
    return Promise.resolve({ runMilliseconds: this.images } as ClassifierOutput);
  };
  status = (): EngineStatus => ({
    state: this.state,
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
    isChoosing: this.isChoosing,
    model: this.model,
    loadMilliseconds: null,
    failure: null,
    inferences: this.images,
    batchSize: 1,
    tensors: 0,
    workers: 0,
    unawaitedFailures: {},
    brokenWords: [],
  });
  recall = vi.fn();
  dispose = () => Promise.resolve();
}

const memory = {
  load: vi.fn(() => Promise.resolve<BackendMemory | null>(null)),
  store: vi.fn<(memory: BackendMemory) => Promise<void>>(() => Promise.resolve()),
};

let engine: FakeEngine;
beforeEach(() => {
  memory.load.mockReset().mockResolvedValue(null);
  memory.store.mockReset().mockResolvedValue();
  engine = new FakeEngine();
});

test('ten images are timed, the warm-up is not; then the settings hold again', async () => {
  const { millisecondsPerImage, refusal } = await createEngineSettings(
    engine,
    chosen,
    memory,
  ).benchmark('webgl');
  expect(refusal).toBeNull();
  expect(millisecondsPerImage).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(engine.configured).toEqual([{ backend: 'webgl', variant: 'fast' }, CHOSEN]);
});

test('a backend that does not run gives its reason, and the settings hold again', async () => {
  engine.refused = 'webgpu';
  expect(await createEngineSettings(engine, chosen, memory).benchmark('webgpu')).toEqual({
    millisecondsPerImage: [],
    refusal: { code: 'no-adapter', message: 'null' },
  });
  expect(engine.configured.at(-1)).toEqual(CHOSEN);
  expect(engine.images).toBe(0);
});

test('cancelling ends it between two images, and the settings hold again', async () => {
  const settings = createEngineSettings(engine, chosen, memory);
  engine.onImage = () => {
    if (engine.images === 3) settings.cancelBenchmark();
  };
  await expect(settings.benchmark('cpu')).rejects.toMatchObject({ code: 'cancelled' });
  expect(engine.images).toBe(3);
  expect(engine.configured.at(-1)).toEqual(CHOSEN);
});

test('whoever needs the engine as set waits for the benchmark; so does the next benchmark', async () => {
  const settings = createEngineSettings(engine, chosen, memory);
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
  const settings = createEngineSettings(engine, chosen, memory);
  vi.spyOn(engine, 'classify').mockRejectedValue(new CodedError('model-missing', 'Gone.'));
  await expect(settings.benchmark('wasm')).rejects.toMatchObject({ code: 'model-missing' });
  await settings.apply();
  expect(engine.configured.at(-1)).toEqual(CHOSEN);
});

test('what is known of the backends is recalled before the engine is configured, and kept', async () => {
  const known: BackendMemory = { variant: 'fast', backends: [] };
  memory.load.mockResolvedValue(known);
  const settings = createEngineSettings(engine, chosen, memory);
  engine.recall.mockImplementation(() => {
    expect(engine.configured).toEqual([]);
  });
  engine.state = 'idle';
  engine.model = { variant: 'fast', id: 'fast-model', bytes: 5 };
  await settings.start();
  expect(engine.recall).toHaveBeenCalledExactlyOnceWith(known);
  expect(memory.store).toHaveBeenCalledExactlyOnceWith({ variant: 'fast', backends: [] });
  engine.state = 'ready';
  await settings.start();
  expect(memory.store).toHaveBeenCalledOnce();
});

test('the first answer is not held up: a better backend is looked for a second later, and kept', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const start = vi.spyOn(engine, 'start');
  engine.model = { variant: 'fast', id: 'fast-model', bytes: 5 };
  engine.isChoosing = true;
  const settings = createEngineSettings(engine, chosen, memory);
  await settings.ready();
  await settings.ready();
  await vi.advanceTimersByTimeAsync(900);
  expect(start).not.toHaveBeenCalled();
  expect(memory.store).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(start).toHaveBeenCalledOnce();
  expect(memory.store).toHaveBeenCalledOnce();
  await settings.ready();
  await vi.advanceTimersByTimeAsync(5000);
  expect(start).toHaveBeenCalledOnce();
});

test('whoever wants the best backend does not wait for that second', async () => {
  engine.model = { variant: 'fast', id: 'fast-model', bytes: 5 };
  engine.isChoosing = true;
  const settings = createEngineSettings(engine, chosen, memory);
  await settings.ready();
  await settings.start();
  expect(memory.store).toHaveBeenCalledOnce();
});

test('a pinned backend says nothing of the others, and a memory that fails costs nothing', async () => {
  memory.load.mockRejectedValue(new Error('The storage is broken.'));
  const pinned = () => Promise.resolve({ ...DEFAULT_SETTINGS, backend: 'cpu' as const });
  engine.state = 'idle';
  engine.model = { variant: 'fast', id: 'fast-model', bytes: 5 };
  await createEngineSettings(engine, pinned, memory).start();
  expect(engine.configured).toEqual([{ backend: 'cpu', variant: 'accurate' }]);
  expect(engine.recall).not.toHaveBeenCalled();
  expect(memory.store).not.toHaveBeenCalled();
});
