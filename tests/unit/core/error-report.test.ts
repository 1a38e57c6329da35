import { expect, test } from 'vitest';

import type { EngineStatus } from '../../../src/core/engine-status';
import { errorReport } from '../../../src/core/error-report';

const SECRET = 'https://example.org/private/cat.jpg of “My diary”';

const status: EngineStatus = {
  state: 'failed',
  isChoosing: false,
  backend: null,
  backends: [
    {
      backend: 'webgpu',
      outcome: 'refused',
      reason: { code: 'no-adapter', message: SECRET },
      device: null,
      probeMilliseconds: 12,
    },
    {
      backend: 'wasm',
      outcome: 'used',
      reason: null,
      device: 'SIMD',
      probeMilliseconds: 3,
    },
  ],
  model: { variant: 'accurate', id: 'mobilenet-v1-1.0-224', bytes: 4_286_204 },
  loadMilliseconds: 175.4,
  failure: { code: 'model-altered', message: SECRET },
  inferences: 7,
  batchSize: 1,
  tensors: 0,
  workers: 2,
  unawaitedFailures: { internal: 3 },
  brokenWords: [],
};

test('a report has codes, versions and what the engine knows, and nothing of the page', () => {
  const report = errorReport({
    failure: { code: 'image-not-readable', message: SECRET },
    rungs: [{ rung: 'page-fetch', error: { code: 'network-failed', message: SECRET } }],
    version: '1.2.3',
    browser: 'Mozilla/5.0 Chrome/156',
    status,
  });
  for (const part of [
    ...['Alt Lens 1.2.3', 'Mozilla/5.0 Chrome/156', 'Error: image-not-readable'],
    ...['page-fetch: network-failed', 'failed, mobilenet-v1-1.0-224, model-altered'],
    ...['webgpu: refused, no-adapter', 'wasm: used (SIMD)', '175 ms', 'Workers: 2', 'internal 3'],
  ]) {
    expect(report).toContain(part);
  }
  for (const word of ['example', 'private', 'cat', 'diary', '://']) {
    expect(report).not.toContain(word);
  }
});

test('where the worker does not answer, that is told', () => {
  const failure = { code: 'worker-stopped', message: '' } as const;
  const report = errorReport({ failure, version: '1.2.3', browser: 'A browser', status: null });
  expect(report.split('\n').at(-1)).toBe('Engine: no answer');
});
