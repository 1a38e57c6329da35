import { describe, expect, test, vi } from 'vitest';

import type { CpuPool } from '../../../src/background/cpu-pool';
import { createLanes, type PictureWork } from '../../../src/background/lanes';
import { createQueue } from '../../../src/background/queue';
import { CodedError } from '../../../src/core/errors';
import type { Raster } from '../../../src/core/look/raster';
import type { Backend, ViewCount } from '../../../src/core/saying/prediction';
import type { Engine } from '../../../src/inference/engine/engine';
import type { Looked } from '../../../src/inference/engine/look';
import type { Priority } from '../../../src/messages/protocol';
import { lookAtCat } from '../../fixtures/looks';

const seen = lookAtCat({ views: 2 });

interface Given {
  backend?: Backend | null;
  /** Workers of the pool, open from the start. */
  size?: number;
  /** Are turns left to the test? Otherwise what is due later is done at once. */
  isLaterHeld?: boolean;
  isPoolFirst?: boolean;
  /** Does wasm only stand in, until the engine is started? */
  isChoosing?: boolean;
}

/** Lanes over a fake engine and a fake pool; looks end when the test says so. */
function open({
  backend = 'wasm',
  size = 0,
  isLaterHeld = false,
  isPoolFirst = false,
  isChoosing = false,
}: Given = {}) {
  const state = { size, isOpening: false, isChoosing };
  const keys = new Map<Raster, string>();
  const running = new Map<string, () => void>();
  const runs: string[][] = [];
  function untilEnded<T>(raster: Raster, value: T): Promise<T> {
    const key = keys.get(raster) ?? '';
    return new Promise((resolve) => {
      running.set(key, () => {
        running.delete(key);
        resolve(value);
      });
    });
  }
  const ownOutput = {
    ...{ backend, variant: 'accurate', runMilliseconds: 1 },
    ...{ logits: [new Float32Array(1001)], embeddings: [new Float32Array(8)] },
    pixels: { texture: 0.5, softness: 0.5, palette: 0.5 },
  };
  const engine = {
    classifyTogether: vi.fn((pictures: readonly { raster: Raster }[]) => {
      runs.push(pictures.map(({ raster }) => keys.get(raster) ?? ''));
      return pictures.map(({ raster }) => untilEnded(raster, ownOutput));
    }),
    status: () => ({
      backend,
      model: backend === null ? null : { variant: 'accurate' },
      inferences: 3,
      isChoosing: state.isChoosing,
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
    look: vi.fn<CpuPool['look']>((raster) =>
      untilEnded(raster, { look: seen, backend: 'wasm', runMilliseconds: 2 }),
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
  const queue = createQueue<PictureWork, Looked>();
  const ready = vi.fn(() => Promise.resolve());
  const start = vi.fn(async () => {
    await Promise.resolve();
    state.isChoosing = false;
  });
  const lanes = createLanes({
    ...{ queue, pool, ready, start, isPoolFirst, engine: engine as unknown as Engine },
    later: (task) => {
      if (isLaterHeld) tasks.push(task);
      else task();
    },
  });
  const keep = vi.fn<PictureWork['keep']>(() => Promise.resolve());
  const submit = (
    key: string,
    priority: Priority = 'visible',
    views: ViewCount = 3,
  ): Promise<Looked> => {
    const raster = { width: 2, height: 2, data: new Uint8ClampedArray(16) };
    keys.set(raster, key);
    const work = { raster, wanted: { views, minimumConfidence: 0.5 }, keep };
    return queue.submit(key, { requestId: key, priority, tabId: 1, documentId: 'd' }, work);
  };
  const submitAll = (count: number): void => {
    for (let index = 0; index < count; index += 1) void submit(`picture ${index}`);
  };
  /** One that ends by itself. */
  const look = async (key: string): Promise<Looked> => {
    const answer = submit(key);
    await vi.waitFor(() => {
      expect(running.has(key)).toBe(true);
    });
    running.get(key)?.();
    return await answer;
  };
  const endAll = (): void => {
    for (const end of [...running.values()]) end();
  };
  return {
    ...{ lanes, engine, pool, ready, start, state, queue, tasks },
    ...{ running, runs, keep, submit, submitAll, look, endAll },
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
    expect(engine.classifyTogether).toHaveBeenCalledOnce();
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
    await untilRunning(running, ['picture 0']);
    grow(2);
    await untilRunning(running, ['picture 0', 'seventh']);
    void submit('eighth');
    expect(running.size).toBe(2);
    expect(pool.open).toHaveBeenCalledOnce();
  });

  test('where it is open whether there is a GPU, that is found out first, once and at once', async () => {
    const { submitAll, submit, pool, start } = open({ isChoosing: true });
    submitAll(5);
    expect(start).not.toHaveBeenCalled(); // one runs, four wait
    void submit('sixth');
    void submit('seventh');
    expect(start).toHaveBeenCalledOnce();
    expect(pool.open).not.toHaveBeenCalled();
    await vi.waitFor(() => {
      expect(pool.open).toHaveBeenCalledWith('accurate');
    });
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
    const wanted = { variant: 'accurate', views: 3, minimumConfidence: 0.5 };
    expect(pool.look).toHaveBeenCalledWith(expect.anything(), wanted);
    expect(engine.classifyTogether).not.toHaveBeenCalled();
    expect(lanes.status()).toMatchObject({ inferences: 4, workers: 2, unawaitedFailures: {} });
  });

  test('where no worker is free after all, or one fails, the engine does it', async () => {
    const { look, engine, pool } = open({ size: 2 });
    pool.look.mockReturnValueOnce(null);
    await look('a');
    pool.look.mockReturnValueOnce(Promise.reject(new CodedError('worker-stopped', 'gone')));
    await look('b');
    expect(engine.classifyTogether).toHaveBeenCalledTimes(2);
  });

  test('when it closes, the device goes on with what waits', async () => {
    const { submit, running, state } = open({ size: 2 });
    for (const key of ['a', 'b', 'c', 'd']) void submit(key);
    await untilRunning(running, ['a', 'b']);
    state.size = 0;
    running.get('a')?.();
    await untilRunning(running, ['b', 'd']);
  });
});

describe('several at a time', () => {
  test('on a GPU a batch is pulled and handed over together, elsewhere one picture', async () => {
    const gpu = open({ backend: 'webgpu', isLaterHeld: true });
    gpu.submitAll(20);
    gpu.tasks.shift()?.();
    await vi.waitFor(() => {
      expect(gpu.running.size).toBe(8);
    });
    expect(gpu.engine.classifyTogether).toHaveBeenCalledOnce();
    expect(gpu.queue.waiting).toBe(12);
    const webgl = open({ backend: 'webgl', isLaterHeld: true });
    webgl.submitAll(20);
    webgl.tasks.shift()?.();
    await untilRunning(webgl.running, ['picture 19']);
  });

  test('a batch is of what is most urgent when the device is free; cancelled pictures are in none', async () => {
    const { queue, running, runs, tasks, submit, endAll } = open({
      ...{ backend: 'webgpu', isLaterHeld: true },
    });
    for (const key of ['a', 'b']) void submit(key, 'near');
    tasks.shift()?.();
    await untilRunning(running, ['b', 'a']);
    void submit('gone').catch(() => undefined);
    for (const key of ['far', 'farther']) void submit(key, 'rest');
    void submit('seen', 'visible');
    queue.cancel(({ requestId }) => requestId === 'gone');
    queue.setPriority(({ requestId }) => requestId === 'far', 'near');
    endAll();
    // At once, without a turn: the GPU is not to wait.
    await untilRunning(running, ['seen', 'far', 'farther']);
    expect(runs).toEqual([
      ['b', 'a'],
      ['seen', 'far', 'farther'],
    ]);
  });

  test('a GPU has its next batch before the looks of the last are kept', async () => {
    const { keep, running, tasks, submitAll, endAll } = open({
      ...{ backend: 'webgpu', isLaterHeld: true },
    });
    keep.mockReturnValue(new Promise(() => undefined));
    submitAll(10);
    tasks.shift()?.();
    await vi.waitFor(() => {
      expect(running.size).toBe(8);
    });
    endAll();
    await untilRunning(running, ['picture 1', 'picture 0']);
  });

  test('pictures of other views are not mixed', async () => {
    const { runs, running, tasks, submit, endAll } = open({
      ...{ backend: 'webgpu', isLaterHeld: true },
    });
    for (const [key, views] of [
      ['a', 2],
      ['b', 3],
      ['c', 3],
    ] as const) {
      void submit(key, 'visible', views);
    }
    tasks.shift()?.();
    await untilRunning(running, ['c', 'b']);
    endAll();
    await untilRunning(running, ['a']);
    expect(runs).toEqual([['c', 'b'], ['a']]);
  });

  test('as many as there are workers; the device takes a click beside them', async () => {
    const { running, submit } = open({ size: 2 });
    const all = ['a', 'b', 'c'].map((key) => submit(key));
    await untilRunning(running, ['a', 'b']);
    const click = submit('click', 'user');
    await untilRunning(running, ['a', 'b', 'click']);
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

  test('clicks take no more places than there are for each other', async () => {
    const { running, submit } = open({ size: 2 });
    for (const key of ['a', 'b', 'c']) void submit(key, 'user');
    await untilRunning(running, ['a', 'b']);
  });

  test('on a GPU a click goes next, in a run of its own', async () => {
    const { queue, running, runs, submit, submitAll, endAll } = open({ backend: 'webgpu' });
    submitAll(20);
    await vi.waitFor(() => {
      expect(running.size).toBe(1); // the first, which found an idle device
    });
    void submit('click', 'user');
    endAll();
    await untilRunning(running, ['click']);
    expect(queue.waiting).toBe(19);
    endAll();
    await vi.waitFor(() => {
      expect(running.size).toBe(8);
    });
    expect(runs.map(({ length }) => length)).toEqual([1, 1, 8]);
  });

  test('what the device runs leaves the turn first, what workers run does not', async () => {
    const { running, tasks, submit, submitAll } = open({ size: 2, isLaterHeld: true });
    submitAll(2);
    await untilRunning(running, ['picture 0', 'picture 1']);
    void submit('click', 'user');
    expect(tasks).toHaveLength(1);
    expect(running.has('click')).toBe(false);
    tasks.shift()?.();
    await untilRunning(running, ['picture 0', 'picture 1', 'click']);
    expect(tasks).toEqual([]);
  });
});

test('a picture is looked at by an engine that was started as set; where that fails, it says why', async () => {
  const { ready, submit, engine } = open();
  ready.mockRejectedValueOnce(new CodedError('no-backend', 'None.'));
  await expect(submit('a')).rejects.toMatchObject({ code: 'no-backend' });
  expect(engine.classifyTogether).not.toHaveBeenCalled();
});

test('a look is kept before those who wait have it, and also where nobody waits any more', async () => {
  const { queue, keep, running, submit } = open();
  const answer = submit('a');
  await untilRunning(running, ['a']);
  queue.cancel(() => true);
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  running.get('a')?.();
  await vi.waitFor(() => {
    expect(keep).toHaveBeenCalledOnce();
  });
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
    await untilRunning(running, [key]);
    running.get(key)?.();
  }
  await Promise.all(all);
});

describe('where the pool comes first', () => {
  test('one picture opens it, and runs on it', async () => {
    const { submit, pool, engine, grow, running, endAll } = open({ isPoolFirst: true });
    const looked = submit('a', 'user');
    await vi.waitFor(() => {
      expect(pool.open).toHaveBeenCalledTimes(1);
    });
    grow(2);
    await vi.waitFor(() => {
      expect(running.has('a')).toBe(true);
    });
    endAll();
    await looked;
    expect(pool.look).toHaveBeenCalledTimes(1);
    expect(engine.classifyTogether).not.toHaveBeenCalled();
  });

  test('without workers the engine runs it', async () => {
    const { submit, pool, engine, grow, running, endAll } = open({ isPoolFirst: true });
    const looked = submit('a');
    await vi.waitFor(() => {
      expect(pool.open).toHaveBeenCalledTimes(1);
    });
    grow(0);
    await vi.waitFor(() => {
      expect(running.has('a')).toBe(true);
    });
    endAll();
    await looked;
    expect(engine.classifyTogether).toHaveBeenCalledTimes(1);
  });

  test('a click among labels waits for a worker, not for the thread', async () => {
    const { submitAll, submit, engine, running } = open({ isPoolFirst: true, size: 2 });
    submitAll(4);
    await vi.waitFor(() => {
      expect(running.size).toBe(2);
    });
    void submit('click', 'user');
    [...running.values()][0]?.();
    await vi.waitFor(() => {
      expect(running.has('click')).toBe(true);
    });
    expect(engine.classifyTogether).not.toHaveBeenCalled();
  });

  test('a GPU is the device’s own', async () => {
    const { look, pool } = open({ isPoolFirst: true, backend: 'webgpu' });
    await look('a');
    expect(pool.open).not.toHaveBeenCalled();
  });
});
