import { expect, test, vi } from 'vitest';

import type { CpuPool } from '../../../src/background/cpu-pool';
import { createPooledEngine } from '../../../src/background/pooled-engine';
import { CodedError } from '../../../src/core/errors';
import type { Backend } from '../../../src/core/saying/prediction';
import type { Engine } from '../../../src/inference/engine/engine';
import { lookAtCat } from '../../fixtures/looks';

const look = lookAtCat({ views: 2 });
const wanted = { views: 3, minimumConfidence: 0.5 } as const;
const raster = { width: 2, height: 2, data: new Uint8ClampedArray(16) };

function open({ backend = 'wasm', size = 0 }: { backend?: Backend | null; size?: number } = {}) {
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
  const pool = {
    open: vi.fn(() => Promise.resolve()),
    look: vi.fn<CpuPool['look']>(() =>
      Promise.resolve({ look, backend: 'wasm', runMilliseconds: 2 }),
    ),
    close: vi.fn(),
    get size() {
      return state.size;
    },
    get isOpening() {
      return state.isOpening;
    },
  };
  const onGrown = vi.fn();
  const pooled = createPooledEngine({ engine: engine as unknown as Engine, pool, onGrown });
  return { pooled, engine, pool, state, onGrown };
}

test('a handful of pictures is done without the pool', async () => {
  const { pooled, engine, pool } = open();
  pooled.expect(4);
  expect(pool.open).not.toHaveBeenCalled();
  await pooled.look(raster, wanted);
  expect(engine.classify).toHaveBeenCalledOnce();
  expect(pooled.capacity).toBe(1);
});

test('for more it is opened, once, and the queue is told', async () => {
  const { pooled, pool, state, onGrown } = open();
  pooled.expect(5);
  expect(pool.open).toHaveBeenCalledExactlyOnceWith('accurate');
  state.isOpening = true;
  pooled.expect(6);
  Object.assign(state, { isOpening: false, size: 2 });
  pooled.expect(7);
  expect(pool.open).toHaveBeenCalledOnce();
  await vi.waitFor(() => {
    expect(onGrown).toHaveBeenCalledOnce();
  });
  expect(pooled.capacity).toBe(2);
});

test.each(['webgpu', 'webgl', 'cpu', null] as const)('never beside %s', (backend) => {
  const { pooled, pool } = open({ backend });
  pooled.expect(50);
  expect(pool.open).not.toHaveBeenCalled();
});

test('on a GPU it takes a batch and the next one at a time', () => {
  expect(open({ backend: 'webgpu' }).pooled.capacity).toBe(16);
  expect(open({ backend: 'webgl' }).pooled.capacity).toBe(1);
});

test('a free worker takes the picture; the count is of both', async () => {
  const { pooled, engine, pool } = open({ size: 2 });
  const looked = await pooled.look(raster, wanted);
  expect(looked).toEqual({ look, backend: 'wasm', runMilliseconds: 2 });
  expect(pool.look).toHaveBeenCalledWith(raster, { variant: 'accurate', ...wanted });
  expect(engine.classify).not.toHaveBeenCalled();
  expect(pooled.status()).toMatchObject({ inferences: 4, workers: 2 });
});

test('with every worker busy, or one that fails, the engine does it', async () => {
  const { pooled, engine, pool } = open({ size: 2 });
  pool.look.mockReturnValueOnce(null);
  await pooled.look(raster, wanted);
  pool.look.mockReturnValueOnce(Promise.reject(new CodedError('worker-stopped', 'gone')));
  await pooled.look(raster, wanted);
  expect(engine.classify).toHaveBeenCalledTimes(2);
});
