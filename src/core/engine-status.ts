import type { ErrorCode, Failure } from './errors';
import type { Language } from './saying/languages';
import type { Backend, ModelVariant } from './saying/prediction';

/** `idle → loading → ready → lost → loading … → failed` */
export type EngineState = 'idle' | 'loading' | 'ready' | 'lost' | 'failed';

export const BACKEND_OUTCOMES = ['used', 'refused', 'not-tried', 'stood-in'] as const;

/**
 * How our kernels multiply on a CPU, as a device's name: bytes, exact with an unsigned or a signed second operand,
 * or exact by twos alone; else 16-bit integers, where the browser has no relaxed SIMD, or its products of bytes are
 * not exact.
 */
export const CPU_DEVICES = [
  'simd-uint8',
  'simd-int8',
  'simd-pairs',
  'simd-no-relaxed',
  'simd-inexact',
] as const;
export type CpuDevice = (typeof CPU_DEVICES)[number];

/** One backend as the engine saw it: those that were tried, the better ones first, and then the others. */
export interface BackendReport {
  backend: Backend;
  /**
   * `used`, refused with a reason, never tried because a better one worked, or `stood-in`: it worked, and
   * answered until a better one was found.
   */
  outcome: (typeof BACKEND_OUTCOMES)[number];
  /** Why it was refused. The code is for text, the message for experts. */
  reason: { code: BackendReason; message: string } | null;
  /** What the graphics driver calls itself, where it tells; of our kernels on the CPU a `CpuDevice`. */
  device: string | null;
  probeMilliseconds: number | null;
}

export const BACKEND_REASONS = [
  'not-in-this-browser',
  'no-adapter',
  'software-only',
  'timed-out',
  'wrong-result',
  'failed-to-start',
  'lost',
  'not-chosen', // another backend is pinned
] as const;
export type BackendReason = (typeof BACKEND_REASONS)[number];

/** What an engine found out about the backends, for one that starts later in the same browser session. */
export interface BackendMemory {
  variant: ModelVariant;
  backends: BackendReport[];
}

export interface EngineStatus {
  state: EngineState;
  backend: Backend | null;
  backends: BackendReport[];
  /** Is a better backend still to be tried, while the one in use stands in for it? */
  isChoosing: boolean;
  model: { variant: ModelVariant; id: string; bytes: number } | null;
  /** From the request to the first finished warm-up, milliseconds. */
  loadMilliseconds: number | null;
  /** Present in `failed` and `lost`. */
  failure: Failure | null;
  /** Classifications since the worker started. */
  inferences: number;
  /** Pictures that go into one run, where several wait; 1 where not ready. */
  batchSize: number;
  /** Live tensors, for leak tests. */
  tensors: number;
  /** Workers of the CPU pool that run the model at the service worker's side; 0 while there are none. */
  workers: number;
  /** How often what nobody waited for has failed since the worker started, by code. */
  unawaitedFailures: Partial<Record<ErrorCode, number>>;
  /** Languages whose words could not be read since the worker started: English is spoken instead. */
  brokenWords: Language[];
}
