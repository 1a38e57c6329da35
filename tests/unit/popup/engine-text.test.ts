import { describe, expect, test } from 'vitest';

import {
  BACKEND_REASONS,
  type BackendReport,
  CPU_DEVICES,
  type EngineStatus,
} from '../../../src/core/engine-status';
import { BACKENDS, MODEL_VARIANTS } from '../../../src/core/saying/prediction';
import { snake } from '../../../src/core/message-key';
import { engineView } from '../../../src/popup/engine-text';
import { backendName, duration, kilobytes, megabytes, modelName } from '../../../src/ui/format';
import { english, explained } from '../../fixtures/popup/english';

const IDLE: EngineStatus = {
  state: 'idle',
  backend: null,
  backends: [],
  isChoosing: false,
  model: null,
  loadMilliseconds: null,
  failure: null,
  inferences: 0,
  batchSize: 1,
  tensors: 0,
  workers: 0,
  unawaitedFailures: {},
  brokenWords: [],
};

const refused = (
  backend: BackendReport['backend'],
  code: NonNullable<BackendReport['reason']>['code'],
  device: string | null = null,
): BackendReport => ({
  backend,
  outcome: 'refused',
  reason: { code, message: `expert's ${code}` },
  device,
  probeMilliseconds: 1,
});

const report = (
  backend: BackendReport['backend'],
  outcome: 'used' | 'not-tried',
  device: string | null = null,
): BackendReport => ({ backend, outcome, reason: null, device, probeMilliseconds: null });

const view = (changes: Partial<EngineStatus>) =>
  engineView({ ...IDLE, ...changes }, english, explained, 'en');

describe('a ready engine', () => {
  const ready: Partial<EngineStatus> = {
    state: 'ready',
    backend: 'wasm',
    backends: [
      refused('webgpu', 'no-adapter'),
      refused('webgl', 'software-only', 'SwiftShader'),
      report('wasm', 'used'),
      report('cpu', 'not-tried'),
    ],
    model: { variant: 'accurate', id: 'mobilenet-1.0-224', bytes: 4_264_000 },
    loadMilliseconds: 1240,
  };

  test('names its backend, model, size and load time', () => {
    const { tone, headline, start, facts } = view(ready);
    expect({ tone, headline, start }).toEqual({
      tone: 'good',
      headline: 'Ready',
      start: null,
    });
    expect(facts.slice(0, 3)).toEqual([
      { term: 'Runs on', values: [{ value: 'CPU (WebAssembly)', detail: null }] },
      {
        term: 'Model',
        values: [{ value: 'MobileNetV1 1.0/224, 4.3 MB', detail: 'mobilenet-1.0-224' }],
      },
      { term: 'Loaded in', values: [{ value: '1.2 sec', detail: null }] },
    ]);
  });

  test('says why each better backend is not used, and nothing of the lesser ones', () => {
    expect(view(ready).facts.slice(3)).toEqual([
      {
        term: 'Not used',
        values: [
          { value: 'WebGPU: no graphics adapter found', detail: "expert's no-adapter" },
          {
            value: 'WebGL: only in software here, slower than the CPU',
            detail: "SwiftShader\nexpert's software-only",
          },
        ],
      },
    ]);
  });

  test.each(CPU_DEVICES)('says in words how the CPU multiplies: %s', (device) => {
    const backends = [report('wasm', 'used', device)];
    const said = view({ state: 'ready', backend: 'wasm', backends }).facts.at(-1);
    const value = english(snake(`popup_device_${device}`));
    expect(said).toEqual({ term: 'Device', values: [{ value, detail: null }] });
    expect(value).toMatch(/^SIMD, (?:8|16)-bit multiplications \(.+\)$/);
  });

  test('a backend that was refused after the used one was not better', () => {
    const backends = [report('webgl', 'used', 'A GPU'), refused('wasm', 'not-chosen')];
    const { facts } = view({ state: 'ready', backend: 'webgl', backends });
    expect(facts.slice(1)).toEqual([
      { term: 'Device', values: [{ value: 'A GPU', detail: null }] },
    ]);
  });
});

test('an idle engine offers to start', () => {
  expect(view({})).toMatchObject({ tone: 'idle', headline: 'Not started yet', start: 'Start now' });
});

test.each(['loading', 'lost'] as const)('a %s engine is busy and offers nothing', (state) => {
  const { tone, start, headline } = view({ state });
  expect({ tone, start }).toEqual({ tone: 'busy', start: null });
  expect(headline).not.toBe('');
});

test('a failed engine says what happened, what to do, each reason, and offers another try', () => {
  const { tone, explanation, start, facts } = view({
    state: 'failed',
    backends: [refused('webgpu', 'timed-out'), refused('wasm', 'wrong-result')],
    failure: { code: 'no-backend', message: '' },
  });
  expect({ tone, explanation, start }).toEqual({
    tone: 'bad',
    explanation: 'what no-backend. do no-backend.',
    start: 'Try again',
  });
  expect(facts.flatMap(({ values }) => values.map(({ value }) => value))).toEqual([
    'WebGPU: did not answer in time',
    'CPU (WebAssembly): gave wrong results in its self-test',
  ]);
});

test('every reason, backend and model has its own words', () => {
  const said = [
    ...BACKEND_REASONS.map((code) => english(snake(`popup_reason_${code}`))),
    ...BACKENDS.map((backend) => backendName(backend, english)),
    ...MODEL_VARIANTS.map((variant) => modelName(variant, english)),
  ];
  expect(new Set(said).size).toBe(BACKEND_REASONS.length + BACKENDS.length + MODEL_VARIANTS.length);
});

test.each([
  [31.4, '31 ms'],
  [999.4, '999 ms'],
  [999.6, '1 sec'],
  [12_340, '12.3 sec'],
])('%d ms read %s', (milliseconds, expected) => {
  expect(duration(milliseconds, 'en')).toBe(expected);
});

test('numbers follow the language', () => {
  expect(megabytes(1_360_000, 'de')).toBe('1,4 MB');
});

test('bytes below a megabyte are told in kilobytes', () => {
  expect(kilobytes(0, 'en')).toBe('0 kB');
  expect(kilobytes(1_360, 'en')).toBe('1.4 kB');
  expect(kilobytes(120_400, 'de')).toBe('120 kB');
  expect(kilobytes(999_600, 'en')).toBe('1 MB');
});
