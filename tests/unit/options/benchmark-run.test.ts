import { expect, test } from 'vitest';

import { CodedError } from '../../../src/core/errors';
import { BACKENDS } from '../../../src/core/saying/prediction';
import { median, runBenchmark, type BenchmarkState } from '../../../src/options/benchmark-run';

test.each([
  [[3, 1, 100], 3],
  [[4, 1, 2, 100], 3],
  [[7], 7],
  [[], NaN],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('times every backend in turn and tells of each step', async () => {
  const states: BenchmarkState[] = [];
  await runBenchmark(
    (backend) =>
      Promise.resolve({ millisecondsPerImage: [BACKENDS.indexOf(backend)], refusal: null }),
    (state) => states.push(state),
  );
  expect(states.map(({ running }) => running)).toEqual([...BACKENDS, null]);
  expect(states.map(({ results }) => results.length)).toEqual([0, 1, 2, 3, 4]);
  expect(states.at(-1)?.results.map(({ backend }) => backend)).toEqual(BACKENDS);
});

test('a cancelled run keeps what it has, and is no failure', async () => {
  const states: BenchmarkState[] = [];
  await runBenchmark(
    (backend) =>
      backend === 'webgl'
        ? Promise.reject(new CodedError('cancelled', 'Stop.'))
        : Promise.resolve({ millisecondsPerImage: [1], refusal: null }),
    (state) => states.push(state),
  );
  expect(states.at(-1)).toMatchObject({ running: null, failure: null });
  expect(states.at(-1)?.results).toHaveLength(1);
});

test('any other failure is told', async () => {
  const states: BenchmarkState[] = [];
  await runBenchmark(
    () => Promise.reject(new CodedError('model-missing', 'Gone.')),
    (state) => states.push(state),
  );
  expect(states.at(-1)?.failure?.code).toBe('model-missing');
});
