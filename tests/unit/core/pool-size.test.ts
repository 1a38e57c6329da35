import { expect, test } from 'vitest';

import { poolSize } from '../../../src/core/pool-size';

test.each([
  { cores: 1, memory: 8, workers: 0 },
  { cores: 2, memory: 8, workers: 2 },
  { cores: 4, memory: 8, workers: 3 },
  { cores: 8, memory: 8, workers: 6 },
  { cores: 64, memory: 64, workers: 6 },
  { cores: 8, memory: 4, workers: 4 },
  { cores: 8, memory: 2, workers: 2 },
  { cores: 4, memory: 1, workers: 0 },
  { cores: 4, memory: 0.25, workers: 0 },
  { cores: 4, memory: undefined, workers: 3 },
])('$cores cores and $memory GB: $workers workers', ({ cores, memory, workers }) => {
  expect(poolSize(cores, memory)).toBe(workers);
});
