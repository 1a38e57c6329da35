import { afterEach, expect, test, vi } from 'vitest';

import type { BackendReport } from '../../../../src/core/engine-status';
import type { ViewCount } from '../../../../src/core/saying/prediction';
import type { Raster } from '../../../../src/core/look/raster';
import { wholeCrop } from '../../../../src/core/look/views';
import {
  type BackendDriver,
  BackendRefusal,
  type Cut,
  type CutOutputs,
} from '../../../../src/inference/engine/backend-driver';
import {
  createEngineMachine,
  type Engine,
  type FirstLook,
} from '../../../../src/inference/engine/engine-machine';
import type { FetchFile } from '../../../../src/inference/model/model-files';
import {
  FAKE_MODELS,
  FAKE_RASTER,
  type FakeBehaviour,
  fakeDriver,
  fetchFakeFile,
  rightOutputs,
} from './fake-drivers';

function engineOf(drivers: BackendDriver[], fetchFile: FetchFile = fetchFakeFile): Engine {
  const engine = createEngineMachine({
    models: FAKE_MODELS,
    fetchFile,
    drivers,
    countTensors: () => 0,
  });
  engine.configure({ backend: 'auto', variant: 'fast' });
  return engine;
}

function outcomes(backends: readonly BackendReport[]): string[] {
  return backends.map(
    ({ backend, outcome, reason }) =>
      `${backend} ${outcome}${reason === null ? '' : ` ${reason.code}`}`,
  );
}

const refuse = (): Promise<never> => Promise.reject(new BackendRefusal('no-adapter', 'None here.'));
const classify = (engine: Engine, signal?: AbortSignal) =>
  engine.classify(FAKE_RASTER, { views: 2, signal });

afterEach(() => {
  vi.useRealTimers();
});

test('idle, loading, ready; a classification says what ran it', async () => {
  const engine = engineOf([fakeDriver('wasm').driver]);
  expect(engine.status()).toMatchObject({ state: 'idle', backend: null, model: null });
  const starting = engine.start();
  expect(engine.status().state).toBe('loading');
  expect(await starting).toMatchObject({
    state: 'ready',
    backend: 'wasm',
    model: { variant: 'fast', id: 'fast-model', bytes: 5 },
    failure: null,
    inferences: 0,
  });
  const output = await classify(engine);
  expect(output).toMatchObject({ backend: 'wasm', variant: 'fast', views: 2 });
  expect(output.logits).toHaveLength(2);
  expect(output.embeddings).toHaveLength(2);
  expect(output.runMilliseconds).toBeLessThanOrEqual(output.inferenceMilliseconds);
  expect(engine.status().inferences).toBe(1);
});

test('the first backend that works is used, and the status says why the better ones are not', async () => {
  const webgpu = fakeDriver('webgpu', { open: refuse });
  const webgl = fakeDriver('webgl', { isSoftware: true, description: 'SwiftShader' });
  const wasm = fakeDriver('wasm');
  const cpu = fakeDriver('cpu');
  const engine = engineOf([webgpu.driver, webgl.driver, wasm.driver, cpu.driver]);
  const { backends } = await engine.start();
  expect(outcomes(backends)).toEqual([
    'webgpu refused no-adapter',
    'webgl refused software-only',
    'wasm used',
    'cpu not-tried',
  ]);
  expect(backends[1]?.device).toBe('SwiftShader');
  expect(webgl.opened.map(({ closed, runs }) => ({ closed, runs }))).toEqual([
    { closed: true, runs: 0 },
  ]);
  expect(cpu.opened).toEqual([]);
});

test('a real GPU comes before wasm', async () => {
  const engine = engineOf([
    fakeDriver('cpu').driver,
    fakeDriver('wasm').driver,
    fakeDriver('webgl', { description: 'ANGLE (NVIDIA)' }).driver,
    fakeDriver('webgpu', { open: refuse }).driver,
  ]);
  expect((await engine.start()).backend).toBe('webgl');
});

test('a software GPU is used where wasm does not work, before cpu', async () => {
  const webgl = fakeDriver('webgl', { isSoftware: true });
  const wasm = fakeDriver('wasm', { run: () => Promise.reject(new Error('unreachable')) });
  const engine = engineOf([webgl.driver, wasm.driver, fakeDriver('cpu').driver]);
  const status = await engine.start();
  expect(status.backend).toBe('webgl');
  expect(outcomes(status.backends)).toEqual([
    'webgl used',
    'wasm refused failed-to-start',
    'webgpu not-tried',
    'cpu not-tried',
  ]);
});

test('a pinned software GPU is used', async () => {
  const engine = engineOf([
    fakeDriver('webgl', { isSoftware: true }).driver,
    fakeDriver('wasm').driver,
  ]);
  engine.configure({ backend: 'webgl', variant: 'fast' });
  const { backend, backends } = await engine.start();
  expect(backend).toBe('webgl');
  expect(outcomes(backends)).toEqual([
    'webgl used',
    'webgpu not-tried not-chosen',
    'wasm not-tried not-chosen',
    'cpu not-tried not-chosen',
  ]);
});

test('a backend that computes wrongly is refused', async () => {
  const wrong = rightOutputs();
  wrong.logits[0]?.fill(0);
  const webgl = fakeDriver('webgl', { run: () => Promise.resolve(wrong) });
  const { backend, backends } = await engineOf([webgl.driver, fakeDriver('wasm').driver]).start();
  expect(backend).toBe('wasm');
  expect(outcomes(backends)).toContain('webgl refused wrong-result');
  expect(webgl.opened[0]?.closed).toBe(true);
});

test.each(['open', 'run'] as const)(
  'a backend that hangs in %s is refused in time',
  async (where) => {
    vi.useFakeTimers();
    const never = (): Promise<never> => new Promise(() => undefined);
    const webgpu = fakeDriver('webgpu', { [where]: never });
    const engine = engineOf([webgpu.driver, fakeDriver('wasm').driver]);
    const starting = engine.start();
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(1000);
      expect(engine.status()).toMatchObject({ state: 'ready', isChoosing: false });
    });
    const { backend, backends } = await starting;
    expect(backend).toBe('wasm');
    expect(outcomes(backends)).toContain('webgpu refused timed-out');
    expect(webgpu.opened.every(({ closed }) => closed)).toBe(true);
  },
);

test('no backend at all: the failure names each reason, and a new start tries again', async () => {
  let works = false;
  const wasm = fakeDriver('wasm', {
    open: () => (works ? Promise.resolve() : Promise.reject(new Error('no memory'))),
  });
  const engine = engineOf([fakeDriver('webgpu', { open: refuse }).driver, wasm.driver]);
  const first = engine.start();
  await expect(first).rejects.toMatchObject({
    code: 'no-backend',
    message: 'webgpu: None here. · wasm: no memory',
  });
  expect(engine.status()).toMatchObject({ state: 'failed', failure: { code: 'no-backend' } });
  await expect(classify(engine)).rejects.toMatchObject({ code: 'no-backend' });
  works = true;
  expect((await engine.start()).state).toBe('ready');
  expect((await classify(engine)).backend).toBe('wasm');
});

test('starts side by side share one load', async () => {
  const wasm = fakeDriver('wasm');
  const engine = engineOf([wasm.driver]);
  await Promise.all([engine.start(), engine.start(), classify(engine)]);
  await engine.start();
  expect(wasm.opened).toHaveLength(1);
});

test('a missing model file is a failure, not a refusal of the backend', async () => {
  const wasm = fakeDriver('wasm');
  const engine = engineOf([wasm.driver, fakeDriver('cpu').driver], (path) =>
    path.endsWith('.bin') ? Promise.reject(new Error('404')) : fetchFakeFile(path),
  );
  await expect(engine.start()).rejects.toMatchObject({
    code: 'model-missing',
    message: 'models/fast-model/weights.bin could not be read.',
  });
  expect(engine.status().state).toBe('failed');
  expect(outcomes(engine.status().backends)).not.toContain('wasm refused failed-to-start');
  expect(wasm.opened[0]).toMatchObject({ closed: true, runs: 0 });
});

test('an altered model file is told by its hash, also where no backend works', async () => {
  const altered: FetchFile = async (path) => {
    const bytes = new Uint8Array(await fetchFakeFile(path));
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return bytes.buffer;
  };
  const working = engineOf([fakeDriver('wasm').driver], altered);
  await expect(working.start()).rejects.toMatchObject({ code: 'model-altered' });
  const broken = engineOf([fakeDriver('webgpu', { open: refuse }).driver], altered);
  await expect(broken.start()).rejects.toMatchObject({ code: 'model-altered' });
});

test('the weights of a model are hashed once in a session of the browser, those of another one anew', async () => {
  const digest = vi.spyOn(crypto.subtle, 'digest');
  const first = engineOf([fakeDriver('wasm').driver]);
  const { backends } = await first.start();
  const all = digest.mock.calls.length;
  digest.mockClear();
  const second = engineOf([fakeDriver('wasm').driver]);
  second.recall({ variant: 'fast', backends });
  await second.start();
  // The graph's file remains.
  expect(digest).toHaveBeenCalledTimes(1);
  expect(all).toBeGreaterThan(1);
  digest.mockClear();
  const other = engineOf([fakeDriver('wasm').driver]);
  other.recall({ variant: 'accurate', backends });
  await other.start();
  expect(digest).toHaveBeenCalledTimes(all);
  digest.mockRestore();
  // One that was cut meanwhile is none in any case.
  const cut: FetchFile = async (path) => (await fetchFakeFile(path)).slice(1);
  const third = engineOf([fakeDriver('wasm').driver], cut);
  third.recall({ variant: 'fast', backends });
  await expect(third.start()).rejects.toMatchObject({ code: 'model-altered' });
});

test('wasm answers at once, and what is better takes its place when it is asked for', async () => {
  let open: () => void = () => undefined;
  const webgpu = fakeDriver('webgpu', {
    description: 'a real one',
    open: () =>
      new Promise((resolve) => {
        open = resolve;
      }),
  });
  const wasm = fakeDriver('wasm', { description: 'SIMD' });
  const engine = engineOf([webgpu.driver, wasm.driver]);
  expect((await classify(engine)).backend).toBe('wasm');
  expect(webgpu.opened).toHaveLength(0);
  const meanwhile = engine.status();
  expect(meanwhile).toMatchObject({ state: 'ready', backend: 'wasm', isChoosing: true });
  expect(outcomes(meanwhile.backends)).toEqual([
    'wasm used',
    'webgpu not-tried',
    'webgl not-tried',
    'cpu not-tried',
  ]);
  const starting = engine.start();
  expect((await classify(engine)).backend).toBe('wasm'); // the search holds nobody up
  open();
  const status = await starting;
  expect(status).toMatchObject({ backend: 'webgpu', isChoosing: false, inferences: 2 });
  expect(outcomes(status.backends)).toEqual([
    'webgpu used',
    'wasm stood-in',
    'webgl not-tried',
    'cpu not-tried',
  ]);
  expect(wasm.opened.map(({ closed }) => closed)).toEqual([true]);
  expect((await classify(engine)).backend).toBe('webgpu');
  await engine.start();
  expect(webgpu.opened).toHaveLength(1);

  // Its proof holds for the next engine, as that of a backend in use.
  const next = fakeDriver('wasm');
  const second = engineOf([fakeDriver('webgpu').driver, next.driver]);
  second.recall({ variant: 'fast', backends: status.backends });
  await second.ready();
  expect(next.opened[0]?.runs).toBe(0);
});

test('pictures are answered while a GPU hangs, and by wasm when it was refused', async () => {
  vi.useFakeTimers();
  const webgpu = fakeDriver('webgpu', { open: () => new Promise(() => undefined) });
  const engine = engineOf([webgpu.driver, fakeDriver('wasm').driver]);
  const starting = engine.start();
  expect((await classify(engine)).backend).toBe('wasm');
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await starting).toMatchObject({ backend: 'wasm', isChoosing: false });
});

test('where wasm cannot stand in, the others are tried in their order', async () => {
  const wasm = fakeDriver('wasm', { open: refuse });
  const engine = engineOf([fakeDriver('webgl').driver, wasm.driver]);
  await engine.ready();
  const { backend, backends, isChoosing } = engine.status();
  expect([backend, isChoosing]).toEqual(['webgl', false]);
  expect(outcomes(backends)).toContain('wasm refused no-adapter');
});

test('what is found after another configuration came is closed', async () => {
  const gate: { open?: () => void } = {};
  const webgpu = fakeDriver('webgpu', {
    open: () =>
      new Promise((resolve) => {
        gate.open = resolve;
      }),
  });
  const [wasm, cpu] = [fakeDriver('wasm'), fakeDriver('cpu')];
  const engine = engineOf([webgpu.driver, wasm.driver, cpu.driver]);
  await engine.ready();
  const starting = engine.start();
  await vi.waitFor(() => {
    expect(gate.open).toBeDefined();
  });
  engine.configure({ backend: 'cpu', variant: 'fast' });
  const answer = classify(engine);
  gate.open?.();
  expect((await answer).backend).toBe('cpu');
  expect(await starting).toMatchObject({ backend: 'cpu', isChoosing: false });
  expect([...webgpu.opened, ...wasm.opened].map(({ closed }) => closed)).toEqual([true, true]);
});

test('a stand-in that fails is built again with all that is better', async () => {
  const wasm = fakeDriver('wasm', {
    run: (_opening, run, cuts) =>
      run > 1
        ? Promise.reject(new Error('unreachable'))
        : Promise.resolve(rightOutputs(cuts.length, 'wasm')),
  });
  const engine = engineOf([fakeDriver('webgl').driver, wasm.driver]);
  await engine.ready();
  expect((await classify(engine)).backend).toBe('webgl');
  expect(engine.status()).toMatchObject({ backend: 'webgl', isChoosing: false });
});

test('a model that cannot be read any more refuses what is better, and the stand-in goes on', async () => {
  let isGone = false;
  const webgl = fakeDriver('webgl');
  const engine = engineOf([webgl.driver, fakeDriver('wasm').driver], (path) =>
    isGone ? Promise.reject(new Error('404')) : fetchFakeFile(path),
  );
  await engine.ready();
  isGone = true;
  const { backend, backends } = await engine.start();
  expect(backend).toBe('wasm');
  expect(outcomes(backends)).toContain('webgl refused failed-to-start');
  expect(webgl.opened[0]?.closed).toBe(true);
  expect((await classify(engine)).backend).toBe('wasm');
});

test('a device lost while idle is rebuilt', async () => {
  const webgpu = fakeDriver('webgpu');
  const engine = engineOf([webgpu.driver, fakeDriver('wasm').driver]);
  await engine.start();
  webgpu.opened[0]?.lose('The driver was updated.');
  await vi.waitFor(() => {
    expect(webgpu.opened).toHaveLength(2);
    expect(engine.status().state).toBe('ready');
  });
  expect(webgpu.opened.map(({ closed }) => closed)).toEqual([true, false]);
  expect((await classify(engine)).backend).toBe('webgpu');
});

test('what was in flight when the device was lost is run again', async () => {
  const webgpu = fakeDriver('webgpu', {
    // The first opening hangs after the self-test, as a lost device can.
    run: (opening, run, cuts) =>
      opening === 1 && run > 1
        ? new Promise(() => undefined)
        : Promise.resolve(rightOutputs(cuts.length)),
  });
  const engine = engineOf([webgpu.driver]);
  await engine.start();
  const answer = classify(engine);
  await vi.waitFor(() => {
    expect(webgpu.opened[0]?.runs).toBe(2);
  });
  webgpu.opened[0]?.lose('Gone.');
  expect((await answer).logits).toHaveLength(2);
  expect(webgpu.opened).toHaveLength(2);
  expect(engine.status().inferences).toBe(1);
});

test('a look at places under which the device was lost is taken again', async () => {
  const seen = vi.fn();
  const webgpu = fakeDriver('webgpu', {
    see: (opening) => {
      seen();
      if (opening === 1) return new Promise(() => undefined);
      return Promise.resolve({ side: 1, channels: 4, values: new Float32Array(4) });
    },
  });
  const engine = engineOf([webgpu.driver]);
  await engine.start();
  const looking = engine.see(FAKE_RASTER, wholeCrop(FAKE_RASTER));
  // The fake model has no layer.
  const ending = expect(looking).rejects.toThrow(TypeError);
  await vi.waitFor(() => {
    expect(seen).toHaveBeenCalledOnce();
  });
  webgpu.opened[0]?.lose('Gone.');
  await ending;
  expect(seen).toHaveBeenCalledTimes(2);
  expect(webgpu.opened).toHaveLength(2);
  expect(engine.status()).toMatchObject({ state: 'ready', inferences: 1 });
});

test('a second loss within a minute steps down to the next backend', async () => {
  const webgpu = fakeDriver('webgpu');
  const engine = engineOf([webgpu.driver, fakeDriver('wasm').driver]);
  await engine.start();
  webgpu.opened[0]?.lose('First.');
  await vi.waitFor(() => {
    expect(webgpu.opened).toHaveLength(2);
    expect(engine.status().state).toBe('ready');
  });
  webgpu.opened[1]?.lose('Second.');
  await vi.waitFor(() => {
    expect(engine.status()).toMatchObject({ state: 'ready', backend: 'wasm' });
  });
  const [report] = engine.status().backends;
  expect(report).toMatchObject({
    backend: 'webgpu',
    outcome: 'refused',
    reason: { code: 'lost', message: 'Second.' },
  });
  expect((await classify(engine)).backend).toBe('wasm');
});

test('losses more than a minute apart do not step down', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const webgpu = fakeDriver('webgpu');
  const engine = engineOf([webgpu.driver, fakeDriver('wasm').driver]);
  await engine.start();
  for (const opening of [1, 2]) {
    vi.advanceTimersByTime(61_000);
    webgpu.opened[opening - 1]?.lose('Gone.');
    await vi.waitFor(() => {
      expect(webgpu.opened).toHaveLength(opening + 1);
      expect(engine.status().state).toBe('ready');
    });
  }
  expect(engine.status().backend).toBe('webgpu');
});

test('a call that fails twice on a backend gets its answer from the next one', async () => {
  const webgl = fakeDriver('webgl', {
    run: (_opening, run, cuts) =>
      run > 1
        ? Promise.reject(new Error('read-back failed'))
        : Promise.resolve(rightOutputs(cuts.length)),
  });
  const engine = engineOf([webgl.driver, fakeDriver('wasm').driver]);
  expect((await engine.start()).backend).toBe('webgl');
  const answers = await Promise.all([classify(engine), classify(engine)]);
  expect(answers.map(({ backend }) => backend)).toEqual(['wasm', 'wasm']);
  expect(webgl.opened).toHaveLength(2);
});

test('a pinned backend that is lost twice fails, and can be started again', async () => {
  let broken = true;
  const webgpu = fakeDriver('webgpu', {
    run: (_opening, run, cuts) =>
      broken && run > 1
        ? Promise.reject(new Error('gone'))
        : Promise.resolve(rightOutputs(cuts.length)),
  });
  const engine = engineOf([webgpu.driver, fakeDriver('wasm').driver]);
  engine.configure({ backend: 'webgpu', variant: 'fast' });
  await expect(classify(engine)).rejects.toMatchObject({ code: 'no-backend' });
  expect(engine.status().state).toBe('failed');
  broken = false;
  expect((await classify(engine)).backend).toBe('webgpu');
});

test('configure closes what is loaded and loads what is wanted, after what runs', async () => {
  const wasm = fakeDriver('wasm');
  const cpu = fakeDriver('cpu');
  const engine = engineOf([wasm.driver, cpu.driver]);
  const first = classify(engine);
  await engine.start();
  engine.configure({ backend: 'cpu', variant: 'accurate' });
  expect(engine.status()).toMatchObject({ state: 'idle', backend: null, model: null });
  expect(['wasm', 'cpu']).toContain((await first).backend);
  // The fakes answer for the fast variant only: the accurate one must be refused by its self-test.
  await expect(engine.start()).rejects.toMatchObject({ code: 'no-backend' });
  engine.configure({ backend: 'cpu', variant: 'fast' });
  expect(await engine.start()).toMatchObject({ backend: 'cpu', model: { variant: 'fast' } });
  expect(wasm.opened.every(({ closed }) => closed)).toBe(true);
});

test('configure during a load loads what is wanted in the end, for those who waited too', async () => {
  const wasm = fakeDriver('wasm');
  const cpu = fakeDriver('cpu');
  const engine = engineOf([wasm.driver, cpu.driver]);
  const starting = engine.start();
  engine.configure({ backend: 'cpu', variant: 'fast' });
  expect((await starting).backend).toBe('cpu');
  expect(wasm.opened.every(({ closed }) => closed)).toBe(true);
});

test('configuring what is there changes nothing', async () => {
  const wasm = fakeDriver('wasm');
  const engine = engineOf([wasm.driver]);
  await engine.start();
  engine.configure({ backend: 'auto', variant: 'fast' });
  expect(engine.status().state).toBe('ready');
  expect(wasm.opened).toHaveLength(1);
});

test('calls wait in order, a signal cancels one that waits, a bad raster fails alone', async () => {
  const order: number[] = [];
  const engine = engineOf([fakeDriver('wasm').driver]);
  const controller = new AbortController();
  const note = (call: number) => (): void => {
    order.push(call);
  };
  const first = classify(engine).then(note(1));
  const cancelled = classify(engine, controller.signal);
  const bad = expect(
    engine.classify({ width: 3, height: 1, data: new Uint8ClampedArray(4) }, { views: 1 }),
  ).rejects.toThrow(RangeError);
  const last = classify(engine).then(note(4));
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  await bad;
  await Promise.all([first, last]);
  expect(order).toEqual([1, 4]);
  expect(engine.status().state).toBe('ready');
});

test('dispose frees the device, cancels what waits, and is final', async () => {
  const wasm = fakeDriver('wasm');
  const engine = engineOf([wasm.driver]);
  await engine.start();
  const running = classify(engine);
  const waiting = classify(engine);
  const cancelled = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await engine.dispose();
  await cancelled;
  await Promise.allSettled([running]);
  expect(wasm.opened.map(({ closed }) => closed)).toEqual([true]);
  expect(engine.status().state).toBe('idle');
  await expect(engine.start()).rejects.toMatchObject({ code: 'cancelled' });
});

test('what an engine before it found out is not found out again', async () => {
  const drivers = () => ({
    webgpu: fakeDriver('webgpu', { open: refuse }),
    webgl: fakeDriver('webgl', { isSoftware: true }),
    wasm: fakeDriver('wasm'),
  });
  const before = drivers();
  const first = engineOf(Object.values(before).map(({ driver }) => driver));
  const { backends } = await first.start();
  expect(before.wasm.opened[0]?.runs).toBe(1);

  const after = drivers();
  const second = engineOf(Object.values(after).map(({ driver }) => driver));
  second.recall({ variant: 'fast', backends });
  const status = await second.start();
  expect(outcomes(status.backends)).toEqual(outcomes(backends));
  expect(after.webgl.opened).toHaveLength(0);
  expect(after.wasm.opened[0]?.runs).toBe(0);
  expect((await classify(second)).backend).toBe('wasm');
});

test('a GPU is proved again, and so is another model, and what was refused in passing', async () => {
  const gpu = fakeDriver('webgpu');
  const passing = { code: 'timed-out', message: 'slow' } as const;
  const report = { device: null, probeMilliseconds: 1 };
  const engine = engineOf([gpu.driver]);
  engine.recall({
    variant: 'fast',
    backends: [{ ...report, backend: 'webgpu', outcome: 'used', reason: null }],
  });
  await engine.start();
  expect(gpu.opened[0]?.runs).toBe(1);

  const [webgl, wasm] = [fakeDriver('webgl'), fakeDriver('wasm')];
  const other = engineOf([webgl.driver, wasm.driver]);
  other.recall({
    variant: 'accurate',
    backends: [
      { ...report, backend: 'webgl', outcome: 'refused', reason: passing },
      { ...report, backend: 'wasm', outcome: 'used', reason: null },
    ],
  });
  expect((await other.start()).backend).toBe('webgl');
  const onlyWasm = fakeDriver('wasm');
  const third = engineOf([onlyWasm.driver]);
  third.recall({
    variant: 'accurate',
    backends: [{ ...report, backend: 'wasm', outcome: 'used', reason: null }],
  });
  await third.start();
  expect(onlyWasm.opened[0]?.runs).toBe(1);
});

test('software that was passed over is used where nothing better is left, and a pinned one is tried', async () => {
  const software: BackendReport = {
    backend: 'webgl',
    outcome: 'refused',
    reason: { code: 'software-only', message: 'The GPU is computed on the CPU.' },
    device: 'SwiftShader',
    probeMilliseconds: 1,
  };
  const webgl = fakeDriver('webgl', { isSoftware: true });
  const engine = engineOf([webgl.driver, fakeDriver('wasm', { open: refuse }).driver]);
  engine.recall({ variant: 'fast', backends: [software] });
  expect((await engine.start()).backend).toBe('webgl');

  const pinned = engineOf([fakeDriver('webgl', { isSoftware: true }).driver]);
  pinned.recall({ variant: 'fast', backends: [software] });
  pinned.configure({ backend: 'webgl', variant: 'fast' });
  expect((await pinned.start()).backend).toBe('webgl');
});

/** A picture of its own: 3 x 2 px of one value, so that each view looks at something else. */
function pictureOf(value: number): Raster {
  return { width: 3, height: 2, data: new Uint8ClampedArray(24).fill(value) };
}

/** Outputs that tell which cut they are for: its picture's value, and how wide it is. */
function outputsOf(cuts: readonly Cut[]): CutOutputs {
  const describe = ({ raster, crop }: Cut): Float32Array =>
    Float32Array.of(raster.data[0] ?? 0, crop.width);
  return { logits: cuts.map(describe), embeddings: cuts.map(describe) };
}

/** A fake GPU whose runs take equally long whatever the batch, by a fake clock, and the pictures of each run. */
function batchingGpu(run?: FakeBehaviour['run']) {
  vi.useFakeTimers({ toFake: ['performance'] });
  const runs: number[][] = [];
  const gpu = fakeDriver('webgpu', {
    batchCuts: 24,
    run: async (opening, count, cuts) => {
      if (count === 1) return rightOutputs();
      runs.push([...new Set(cuts.map(({ raster }) => raster.data[0] ?? 0))]);
      await new Promise((resolve) => setTimeout(resolve));
      vi.advanceTimersByTime(5); // a batch takes as long as one
      return run?.(opening, count, cuts) ?? outputsOf(cuts);
    },
  });
  return { ...gpu, runs };
}

function together(engine: Engine, values: readonly number[], views: ViewCount) {
  return engine.classifyTogether(values.map((value) => ({ raster: pictureOf(value), views })));
}

async function sized(engine: Engine): Promise<void> {
  await engine.start();
  await engine.classify(pictureOf(99), { views: 2 });
  await vi.waitFor(() => {
    expect(engine.status().batchSize).toBe(8);
  });
}

test('on a GPU the batch is sized after the first answer, and pictures that wait are run together', async () => {
  const { driver, runs } = batchingGpu();
  const engine = engineOf([driver]);
  await engine.start();
  expect(engine.status().batchSize).toBe(1);
  expect(runs).toEqual([]); // loading is not made longer
  await sized(engine);
  expect(engine.status().inferences).toBe(1);
  runs.length = 0;
  const pictures = Array.from({ length: 11 }, (_, index) => index);
  const order: number[] = [];
  const answers = await Promise.all(
    together(engine, pictures, 2).map(async (answer, value) => {
      const output = await answer;
      order.push(value);
      return output;
    }),
  );
  expect(order).toEqual(pictures);
  answers.forEach(
    ({ logits, embeddings, views, runMilliseconds, inferenceMilliseconds }, value) => {
      expect(logits).toEqual([Float32Array.of(value, 1.75), Float32Array.of(value, -2)]);
      expect(embeddings).toEqual(logits);
      expect(views).toBe(2);
      expect(runMilliseconds).toBeLessThan(inferenceMilliseconds);
    },
  );
  expect(runs).toEqual([pictures.slice(0, 8), pictures.slice(8)]);
  expect(engine.status().inferences).toBe(12);
});

test('a run fits the device, whatever is handed over', async () => {
  const { driver, runs } = batchingGpu();
  const engine = engineOf([driver]);
  await engine.classify(pictureOf(99), { views: 1 });
  await vi.waitFor(() => {
    expect(engine.status().batchSize).toBe(16);
  });
  runs.length = 0;
  const pictures = Array.from({ length: 9 }, (_, index) => index);
  const answers = await Promise.all(together(engine, pictures, 3));
  expect(answers.map(({ logits }) => logits.length)).toEqual(pictures.map(() => 3));
  expect(runs).toEqual([pictures.slice(0, 8), [8]]); // 24 cuts
});

test('a bad picture fails alone, and a signal takes a batch out before its turn', async () => {
  const { driver, runs } = batchingGpu();
  const engine = engineOf([driver]);
  await sized(engine);
  runs.length = 0;
  const bad = { raster: { ...pictureOf(2), width: 4 }, views: 2 } as const;
  const good = [1, 3].map((value) => ({ raster: pictureOf(value), views: 2 }) as const);
  const [first, broken, last] = engine.classifyTogether([
    ...good.slice(0, 1),
    bad,
    ...good.slice(1),
  ]);
  const controller = new AbortController();
  const cancelled = engine.classifyTogether(good, controller.signal);
  controller.abort();
  await expect(broken).rejects.toThrow(RangeError);
  for (const each of cancelled) await expect(each).rejects.toMatchObject({ code: 'cancelled' });
  await Promise.all([first, last]);
  expect(runs).toEqual([[1, 3]]);
});

test('a device lost under a batch: all of it is run again, on the next backend one by one', async () => {
  let broken = false;
  const { driver, runs, opened } = batchingGpu((_opening, _run, cuts) =>
    broken ? Promise.reject(new Error('Gone.')) : Promise.resolve(outputsOf(cuts)),
  );
  const wasm = fakeDriver('wasm', {
    run: (_opening, run, cuts) =>
      Promise.resolve(run === 1 ? rightOutputs(1, 'wasm') : outputsOf(cuts)),
  });
  const engine = engineOf([driver, wasm.driver]);
  await sized(engine);
  runs.length = 0;
  broken = true;
  const answers = await Promise.all(together(engine, [1, 2, 3], 2));
  expect(answers.map(({ logits }) => logits[0]?.[0])).toEqual([1, 2, 3]);
  expect(answers.map(({ backend }) => backend)).toEqual(['wasm', 'wasm', 'wasm']);
  // Three together, then on the rebuilt device the first alone, since its batch is not sized.
  expect(runs).toEqual([[1, 2, 3], [1]]);
  expect(opened).toHaveLength(2);
  expect(wasm.opened.at(-1)?.runs).toBe(4);
  expect(engine.status().batchSize).toBe(1);
});

test('a device lost while the batch is sized is rebuilt', async () => {
  const { driver, opened } = batchingGpu((opening, run, cuts) =>
    opening === 1 && run > 2
      ? Promise.reject(new Error('Gone.'))
      : Promise.resolve(outputsOf(cuts)),
  );
  const engine = engineOf([driver]);
  expect((await engine.classify(pictureOf(1), { views: 2 })).backend).toBe('webgpu');
  await vi.waitFor(() => {
    expect(opened).toHaveLength(2);
  });
  await sized(engine);
});

test('a GPU that is computed on the CPU is not asked for batches', async () => {
  const gpu = fakeDriver('webgpu', { isSoftware: true, batchCuts: 24 });
  const engine = engineOf([gpu.driver]);
  engine.configure({ backend: 'webgpu', variant: 'fast' });
  await classify(engine);
  await classify(engine);
  expect(gpu.opened[0]?.runs).toBe(3);
  expect(engine.status().batchSize).toBe(1);
});

/** A fake processor backend, and how many cuts each of its runs had. */
function countingWasm() {
  const seen: number[] = [];
  const { driver } = fakeDriver('wasm', {
    run: (_opening, run, cuts) => {
      seen.push(cuts.length);
      return Promise.resolve(run === 1 ? rightOutputs(1, 'wasm') : outputsOf(cuts));
    },
  });
  return { driver, seen };
}

test('where the first look is enough, the other views are not run', async () => {
  const { driver, seen } = countingWasm();
  const engine = engineOf([driver]);
  const isEnough = vi.fn(({ logits }: FirstLook) => logits[0] === 7);
  const enough = await engine.classify(pictureOf(7), { views: 3, isEnough });
  expect(enough).toMatchObject({ views: 1, logits: [Float32Array.of(7, 1.75)] });
  expect(enough.embeddings).toHaveLength(1);
  expect(enough.pixels).toEqual({ texture: 0, softness: 0, palette: 1 });
  expect(isEnough).toHaveBeenCalledExactlyOnceWith({
    logits: Float32Array.of(7, 1.75),
    embedding: Float32Array.of(7, 1.75),
    variant: 'fast',
    // One colour.
    pixels: { texture: 0, softness: 0, palette: 1 },
  });
  const open = await engine.classify(pictureOf(8), { views: 3, isEnough });
  expect(open.views).toBe(3);
  expect(open.logits).toEqual([1.75, -2, 2].map((width) => Float32Array.of(8, width)));
  const single = await engine.classify(pictureOf(7), { views: 1, isEnough });
  expect(single.views).toBe(1);
  expect(seen).toEqual([1, 1, 1, 2, 1]);
  expect(isEnough).toHaveBeenCalledTimes(2);
});

test('a batch runs all views at once, and its answers are the same', async () => {
  const { driver, runs } = batchingGpu();
  const engine = engineOf([driver]);
  await sized(engine);
  runs.length = 0;
  const isEnough = ({ logits }: FirstLook): boolean => logits[0] === 7;
  const answers = await Promise.all(
    engine.classifyTogether(
      [6, 7, 8].map((value) => ({ raster: pictureOf(value), views: 3, isEnough })),
    ),
  );
  expect(answers.map(({ views, logits }) => [views, logits.length])).toEqual([
    [3, 3],
    [1, 1],
    [3, 3],
  ]);
  expect(answers[2]?.logits).toEqual([1.75, -2, 2].map((width) => Float32Array.of(8, width)));
  expect(runs).toEqual([[6, 7, 8]]);
});
