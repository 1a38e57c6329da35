import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createCpuPool, type PoolHost } from '../../../src/background/cpu-pool';
import type { PoolAnswer, PoolJob } from '../../../src/messages/pool-protocol';
import { lookAtCat } from '../../fixtures/looks';

const raster = { width: 2, height: 2, data: new Uint8ClampedArray(16) };
const wanted = { variant: 'accurate', views: 3, minimumConfidence: 0 } as const;
const look = lookAtCat();

/** Workers without a model: each holds its jobs until the test lets it answer. */
function fakeHost(start: (post: (answer: PoolAnswer) => void, index: number) => void) {
  const ports: MessagePort[] = [];
  const jobs: { worker: number; job: PoolJob; post: (answer: PoolAnswer) => void }[] = [];
  const host = {
    connect: vi.fn<PoolHost['connect']>((_message, given) => {
      given.forEach((port, worker) => {
        ports.push(port);
        const post = (answer: PoolAnswer): void => {
          port.postMessage(answer);
        };
        port.onmessage = ({ data }: MessageEvent<PoolJob>) => {
          jobs.push({ worker, job: data, post });
        };
        start(post, worker);
      });
      return Promise.resolve();
    }),
    close: vi.fn<PoolHost['close']>(() => {
      for (const port of ports.splice(0)) port.close();
      return Promise.resolve();
    }),
  };
  const finish = (place: number): void => {
    const entry = jobs[place];
    if (entry === undefined) throw new Error(`No job ${place}.`);
    const looked = { look, backend: 'wasm', runMilliseconds: entry.worker } as const;
    entry.post({ type: 'done', id: entry.job.id, result: { ok: true, looked } });
  };
  return { host, jobs, finish };
}

const ready = (post: (answer: PoolAnswer) => void): void => {
  post({ type: 'ready' });
};

beforeEach(() => {
  // Messages between ports need the real turns; only the timers are the test's.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Waits for messages between ports. */
const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { interval: 1 });

test('each worker takes one picture at a time, and a further one is not taken', async () => {
  const { host, jobs, finish } = fakeHost(ready);
  const pool = createCpuPool(host, 2);
  expect(pool.look(raster, wanted)).toBeNull();
  await pool.open('accurate');
  expect(pool.size).toBe(2);
  const [first, second] = [pool.look(raster, wanted), pool.look(raster, wanted)];
  expect(pool.look(raster, wanted)).toBeNull();
  await until(() => {
    expect(jobs).toHaveLength(2);
  });
  expect(jobs.map(({ worker }) => worker).sort()).toEqual([0, 1]);
  finish(1);
  finish(0);
  expect([(await first)?.runMilliseconds, (await second)?.runMilliseconds].sort()).toEqual([0, 1]);
  const closed = expect(pool.look(raster, wanted)).rejects.toMatchObject({
    code: 'worker-stopped',
  });
  void pool.close();
  await closed;
});

test('asked twice to open, it opens once; closed, it opens again', async () => {
  const { host } = fakeHost(ready);
  const pool = createCpuPool(host, 2);
  await Promise.all([pool.open('accurate'), pool.open('accurate')]);
  await pool.open('accurate');
  expect(host.connect).toHaveBeenCalledOnce();
  void pool.close();
  expect(pool.size).toBe(0);
  await pool.open('accurate');
  expect(host.connect).toHaveBeenCalledTimes(2);
  void pool.close();
});

test('idle, it gives its memory back', async () => {
  const { host, jobs, finish } = fakeHost(ready);
  const pool = createCpuPool(host, 1);
  await pool.open('accurate');
  vi.advanceTimersByTime(9_000);
  const answer = pool.look(raster, wanted);
  await until(() => {
    expect(jobs).toHaveLength(1);
  });
  finish(0);
  await answer;
  vi.advanceTimersByTime(9_000);
  expect(pool.size).toBe(1);
  vi.advanceTimersByTime(1_500);
  expect(pool.size).toBe(0);
  expect(host.close).toHaveBeenCalledOnce();
});

test('a worker that is silent fails its picture, and ends the pool for a while', async () => {
  const { host, jobs } = fakeHost(ready);
  const pool = createCpuPool(host, 2);
  await pool.open('accurate');
  const lost = pool.look(raster, wanted);
  await until(() => {
    expect(jobs).toHaveLength(1);
  });
  const failure = expect(lost).rejects.toMatchObject({ code: 'worker-stopped' });
  vi.advanceTimersByTime(20_000);
  await failure;
  expect(pool.size).toBe(0);
  await pool.open('accurate');
  expect(host.connect).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(5 * 60_000);
  await pool.open('accurate');
  expect(pool.size).toBe(2);
  void pool.close();
});

test('a document that goes fails the pictures under way at once', async () => {
  const { host } = fakeHost(ready);
  const pool = createCpuPool(host, 2);
  await pool.open('accurate');
  const lost = expect(pool.look(raster, wanted)).rejects.toMatchObject({
    code: 'worker-stopped',
  });
  await host.close();
  await lost;
  expect(pool.size).toBe(0);
});

test('where one worker does not start there is no pool', async () => {
  const { host } = fakeHost((post, worker) => {
    if (worker === 0) ready(post);
    else post({ type: 'failed', error: { code: 'model-missing', message: 'gone' } });
  });
  const pool = createCpuPool(host, 2);
  await pool.open('accurate');
  expect([pool.size, pool.isOpening]).toEqual([0, false]);
  expect(host.close).toHaveBeenCalledOnce();
});

test('where the document does not open there is no pool', async () => {
  const { host } = fakeHost(ready);
  host.connect.mockRejectedValue(new Error('no such page'));
  const pool = createCpuPool(host, 2);
  await pool.open('accurate');
  expect([pool.size, pool.isOpening]).toEqual([0, false]);
});

test("a worker's failure is its picture's, with its code", async () => {
  const { host, jobs } = fakeHost(ready);
  const pool = createCpuPool(host, 1);
  await pool.open('accurate');
  const answer = pool.look(raster, wanted);
  await until(() => {
    expect(jobs).toHaveLength(1);
  });
  const [entry] = jobs;
  entry?.post({
    ...{ type: 'done', id: entry.job.id },
    result: { ok: false, error: { code: 'no-backend', message: 'none' } },
  });
  await expect(answer).rejects.toMatchObject({ code: 'no-backend' });
  expect(pool.size).toBe(1);
  void pool.close();
});

test('without cores to spare it never opens', async () => {
  const { host } = fakeHost(ready);
  const pool = createCpuPool(host, 0);
  await pool.open('accurate');
  expect(host.connect).not.toHaveBeenCalled();
});

test('closed while it opens, it stays closed, and opens again at once when asked', async () => {
  let isSilent = true;
  const { host } = fakeHost((post) => {
    if (!isSilent) ready(post);
  });
  const pool = createCpuPool(host, 2);
  const opening = pool.open('accurate');
  await pool.close();
  await opening;
  expect([pool.size, pool.isOpening]).toEqual([0, false]);
  expect(host.close).toHaveBeenCalledOnce();
  isSilent = false;
  await pool.open('accurate');
  expect(pool.size).toBe(2);
});
