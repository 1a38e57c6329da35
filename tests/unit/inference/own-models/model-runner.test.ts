import { expect, test, vi } from 'vitest';

import { modelFault } from '../../../../src/core/own-models/fault';
import type { ModelParts } from '../../../../src/core/own-models/model-parts';
import type { Backend } from '../../../../src/core/saying/prediction';
import {
  type BackendDoor,
  createModelRunner,
} from '../../../../src/inference/own-models/model-runner';
import type { OpenModel } from '../../../../src/inference/own-models/open-model';

const PARTS = {} as ModelParts;
const parts = () => Promise.resolve(PARTS);

/** Backends whose state a test sets; which one is tfjs's current one is kept. */
function world(names: Backend[]) {
  const state = { current: '', closed: [] as string[] };
  const lost = new Set<string>();
  const refusing = new Set<string>();
  const doors = names.map((name): BackendDoor => ({
    name,
    open: vi.fn((isWanted: boolean) => {
      if (refusing.has(name) && !isWanted) return Promise.reject(new Error(`no ${name}`));
      return Promise.resolve({
        use: () => {
          state.current = name;
          return Promise.resolve();
        },
        isLost: () => lost.has(name),
        close: () => state.closed.push(name),
      });
    }),
  }));
  const open = vi.fn((): Promise<OpenModel> => {
    const on = state.current;
    return Promise.resolve({
      shapes: { inputs: [], outputs: [] },
      run: () => Promise.resolve(Float32Array.of(names.indexOf(on as Backend))),
      close: () => state.closed.push(`model on ${on}`),
    });
  });
  return { state, lost, refusing, doors, open, runner: createModelRunner(doors, open) };
}

const use = (model: OpenModel) => model.run(new Float32Array(0), {} as never);

test('the first backend that opens, with each model opened once', async () => {
  const { runner, refusing, open } = world(['webgpu', 'webgl', 'wasm']);
  refusing.add('webgpu');
  for (let time = 0; time < 3; time += 1) {
    expect(await runner.withModel('a', parts, use, null)).toMatchObject({ backend: 'webgl' });
  }
  expect(open).toHaveBeenCalledTimes(1);
});

test('what the person chose comes first, and may be a GPU that is computed on the CPU', async () => {
  const { runner, refusing } = world(['webgpu', 'webgl', 'wasm']);
  refusing.add('webgl');
  expect(await runner.withModel('a', parts, use, 'webgl')).toMatchObject({ backend: 'webgl' });
});

test('a GPU that is lost in the midst of a run makes way, for all models and the next pictures', async () => {
  const { runner, lost, state, doors } = world(['webgpu', 'wasm']);
  expect(await runner.withModel('a', parts, use, null)).toMatchObject({ backend: 'webgpu' });
  const losing = await runner.withModel(
    'a',
    parts,
    async (model) => {
      const outputs = await use(model);
      // Zeros, or what was there before.
      if (outputs[0] === 0) lost.add('webgpu');
      return outputs;
    },
    null,
  );
  expect(losing).toMatchObject({ backend: 'wasm', value: Float32Array.of(1) });
  expect(state.closed).toEqual(['model on webgpu', 'webgpu']);
  expect(await runner.withModel('b', parts, use, null)).toMatchObject({ backend: 'wasm' });
  expect(doors[0]?.open).toHaveBeenCalledTimes(1);
});

test('a model that a backend cannot run goes on to the next; other models stay', async () => {
  const { runner, state } = world(['webgl', 'wasm']);
  const failing = () =>
    state.current === 'webgl' ? Promise.reject(new Error('no kernel')) : Promise.resolve('done');
  expect(await runner.withModel('a', parts, failing, null)).toEqual({
    ...{ value: 'done', backend: 'wasm' },
  });
  expect(await runner.withModel('b', parts, use, null)).toMatchObject({ backend: 'webgl' });
  expect(await runner.withModel('a', parts, use, null)).toMatchObject({ backend: 'wasm' });
});

test('a fault of the model itself is told at once; where nothing works, the last reason', async () => {
  const { runner, open } = world(['webgl', 'wasm']);
  const fault = modelFault('own-model-input', 'model.json', 'no picture');
  await expect(runner.withModel('a', parts, () => Promise.reject(fault), null)).rejects.toBe(fault);
  expect(open).toHaveBeenCalledTimes(1);
  await expect(
    runner.withModel('b', parts, () => Promise.reject(new Error('never')), null),
  ).rejects.toThrow('never');
});

test('what is forgotten is freed, and opened anew', async () => {
  const { runner, open, state } = world(['wasm']);
  await runner.withModel('a', parts, use, null);
  runner.forget('a');
  expect(state.closed).toEqual(['model on wasm']);
  await runner.withModel('a', parts, use, null);
  expect(open).toHaveBeenCalledTimes(2);
});
