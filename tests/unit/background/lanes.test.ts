import { describe, expect, test, vi } from 'vitest';

import type { CpuPool } from '../../../src/background/cpu-pool';
import { createLanes } from '../../../src/background/lanes';
import { createQueue, type Lane } from '../../../src/background/queue';
import { CodedError } from '../../../src/core/errors';
import type { Backend } from '../../../src/core/saying/prediction';
import type { Engine } from '../../../src/inference/engine/engine';
import type { Priority } from '../../../src/messages/protocol';
import { lookAtCat } from '../../fixtures/looks';

const seen = lookAtCat({ views: 2 });
const wanted = { views: 3, minimumConfidence: 0.5 } as const;
const raster = { width: 2, height: 2, data: new Uint8ClampedArray(16) };

interface Given {
  backend?: Backend | null;
  /** Workers of the pool, open from the start. */
  size?: number;
  /** Are turns left to the test? Otherwise what is due later is done at once. */
  isLaterHeld?: boolean;
}

/** Lanes over a fake engine and a fake pool; jobs end when the test says so. */
function open({ backend = 'wasm', size = 0, isLaterHeld = false }: Given = {}) {
  const state = { size, isOpening: false };
  const ownOutput = {
    ...{ backend, variant: 'accurate', runMilliseconds: 1 },
    ...{ logits: [new Float32Array(1001)], embeddings: [new Float32Array(8)] },
    pixels: { texture: 0.5, softness: 0.5, palette: 0.5 },
  };
  const engine = {
    classify: vi.fn(() => Promise.resolve(ownOutput)),
    status: () => ({
      backend,
      model: backend === null ? null : { variant: 'accurate' },
      inferences: 3,
      batchSize: backend === 'webgpu' ? 8 : 1,
      workers: 0,
    }),
  };
  let grow: () => void = () => undefined;
  const pool = {
    open: vi.fn(
      () =>
        new Promise<void>((resolve) => {
          grow = resolve;
        }),
    ),
    look: vi.fn<CpuPool['look']>(() =>
      Promise.resolve({ look: seen, backend: 'wasm', runMilliseconds: 2 }),
    ),
    close: vi.fn(),
    get size() {
      return state.size;
    },
    get isOpening() {
      return state.isOpening;
    },
  };
  const tasks: (() => void)[] = [];
  const queue = createQueue<unknown>();
  const lanes = createLanes({
    ...{ queue, pool, engine: engine as unknown as Engine },
    later: (task) => {
      if (isLaterHeld) tasks.push(task);
      else task();
    },
  });
  const running = new Map<string, () => void>();
  const submit = (key: string, priority: Priority = 'visible'): Promise<unknown> =>
    queue.submit(
      key,
      { requestId: key, priority, tabId: 1, documentId: 'd' },
      () =>
        new Promise((resolve) => {
          running.set(key, () => {
            running.delete(key);
            resolve(key);
          });
        }),
    );
  const submitAll = (count: number): void => {
    for (let index = 0; index < count; index += 1) void submit(`picture ${index}`);
  };
  const look = (key: string) =>
    queue.submit(
      key,
      { requestId: key, priority: 'visible', tabId: 1, documentId: 'd' },
      (lane: Lane) => lane.look(raster, wanted),
    );
  return {
    ...{ lanes, engine, pool, state, queue, tasks, running, submit, submitAll, look },
    grow: (workers: number) => {
      Object.assign(state, { isOpening: false, size: workers });
      grow();
    },
  };
}

const keysOf = (running: Map<string, unknown>): string[] => [...running.keys()];

async function untilRunning(running: Map<string, unknown>, keys: string[]): Promise<void> {
  await vi.waitFor(() => {
    expect(keysOf(running)).toEqual(keys);
  });
}

describe('the pool', () => {
  test('a handful of pictures is done without it', async () => {
    const { submitAll, engine, pool, look } = open();
    const answer = look('a');
    submitAll(4);
    expect(pool.open).not.toHaveBeenCalled();
    await answer;
    expect(engine.classify).toHaveBeenCalledOnce();
    expect(pool.look).not.toHaveBeenCalled();
  });

  test('for more it is opened, once, and its workers pull', async () => {
    const { submit, submitAll, pool, state, running, grow } = open();
    submitAll(5);
    expect(pool.open).not.toHaveBeenCalled(); // one runs, four wait
    void submit('sixth');
    expect(pool.open).toHaveBeenCalledExactlyOnceWith('accurate');
    state.isOpening = true;
    void submit('seventh');
    expect(keysOf(running)).toEqual(['picture 0']);
    grow(2);
    await untilRunning(running, ['picture 0', 'seventh']);
    void submit('eighth');
    expect(running.size).toBe(2);
    expect(pool.open).toHaveBeenCalledOnce();
  });

  test.each(['webgpu', 'webgl', 'cpu', null] as const)('never beside %s', (backend) => {
    const { submitAll, pool } = open({ backend });
    submitAll(50);
    expect(pool.open).not.toHaveBeenCalled();
  });

  test('a worker takes the picture; the count is of both', async () => {
    const { look, engine, pool, lanes } = open({ size: 2 });
    const output = await look('a');
    expect(output).toEqual({ look: seen, backend: 'wasm', runMilliseconds: 2 });
    expect(pool.look).toHaveBeenCalledWith(raster, { variant: 'accurate', ...wanted });
    expect(engine.classify).not.toHaveBeenCalled();
    expect(lanes.status()).toMatchObject({ inferences: 4, workers: 2, unawaitedFailures: {} });
  });

  test('where no worker is free after all, or one fails, the engine does it', async () => {
    const { look, engine, pool } = open({ size: 2 });
    pool.look.mockReturnValueOnce(null);
    await look('a');
    pool.look.mockReturnValueOnce(Promise.reject(new CodedError('worker-stopped', 'gone')));
    await look('b');
    expect(engine.classify).toHaveBeenCalledTimes(2);
  });

  test('when it closes, the device goes on with what waits', async () => {
    const { submit, running, state } = open({ size: 2 });
    for (const key of ['a', 'b', 'c', 'd']) void submit(key);
    expect(keysOf(running)).toEqual(['a', 'b']);
    state.size = 0;
    running.get('a')?.();
    await untilRunning(running, ['b', 'd']);
  });
});

describe('several at a time', () => {
  test('on a GPU two batches are taken at once, elsewhere one picture', () => {
    const gpu = open({ backend: 'webgpu' });
    gpu.submitAll(20);
    expect(gpu.running.size).toBe(16);
    const webgl = open({ backend: 'webgl' });
    webgl.submitAll(20);
    expect(webgl.running.size).toBe(1);
  });

  test('as many as there are workers; the device takes a click beside them', async () => {
    const { running, submit } = open({ size: 2 });
    const all = ['a', 'b', 'c'].map((key) => submit(key));
    expect(keysOf(running)).toEqual(['a', 'b']);
    const click = submit('click', 'user');
    expect(keysOf(running)).toEqual(['a', 'b', 'click']);
    const secondClick = submit('second click', 'user');
    expect(running.has('second click')).toBe(false);
    for (const key of ['a', 'b']) running.get(key)?.();
    await Promise.all([all[0], all[1]]);
    await untilRunning(running, ['click', 'second click']);
    for (const key of ['click', 'second click']) running.get(key)?.();
    await Promise.all([click, secondClick]);
    await untilRunning(running, ['c']);
    running.get('c')?.();
    await Promise.all(all);
  });

  test('clicks take no more places than there are for each other', () => {
    const { running, submit } = open({ size: 2 });
    for (const key of ['a', 'b', 'c']) void submit(key, 'user');
    expect(keysOf(running)).toEqual(['a', 'b']);
  });

  test('a click is taken beside the batches of a GPU', () => {
    const { running, submit, submitAll } = open({ backend: 'webgpu' });
    submitAll(20);
    void submit('click', 'user');
    expect(keysOf(running).at(-1)).toBe('click');
    expect(running.size).toBe(17);
  });

  test.each(['wasm', 'webgpu'] as const)(
    'only what may hold the thread leaves the turn first (%s)',
    (backend) => {
      const places = backend === 'wasm' ? 2 : 16;
      const { running, tasks, submit, submitAll } = open({
        ...{ backend, isLaterHeld: true },
        ...(backend === 'wasm' && { size: 2 }),
      });
      submitAll(places);
      expect(running.size).toBe(places);
      void submit('click', 'user');
      expect(running.has('click')).toBe(false);
      tasks.shift()?.();
      expect(running.has('click')).toBe(true);
      expect(tasks).toEqual([]);
    },
  );
});

test('a job leaves the turn to what arrives in it, and then the most urgent goes first', async () => {
  const { tasks, running, submit } = open({ isLaterHeld: true });
  const all = [submit('near', 'near'), submit('visible', 'visible')];
  expect(running.size).toBe(0);
  expect(tasks).toHaveLength(1);
  all.push(submit('click', 'user'));
  expect(running.size).toBe(0);
  for (const key of ['click', 'visible', 'near']) {
    await vi.waitFor(() => {
      expect(tasks).toHaveLength(1);
    });
    tasks.shift()?.();
    expect(keysOf(running)).toEqual([key]);
    running.get(key)?.();
  }
  await Promise.all(all);
});
