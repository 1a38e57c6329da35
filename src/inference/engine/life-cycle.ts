import type { EngineState } from '../../core/engine-status';
import { CodedError, type Failure, toFailure } from '../../core/errors';
import type { OneAtATime } from '../../core/one-at-a-time';
import { loadModelFiles } from '../model/model-files';
import type { EngineConfig, EngineParts } from './api';
import { type BackendChoice, createBackendChoice } from './backend-choice';
import { type Loaded, probe, Superseded } from './probe';

/** idle → loading → ready → lost → loading … → failed, and what is loaded meanwhile. */
export interface LifeCycle {
  readonly choice: BackendChoice;
  readonly state: EngineState;
  readonly failure: Failure | null;
  readonly loadMilliseconds: number | null;
  /** Undefined where the engine is not ready. */
  readonly loaded: Loaded | undefined;
  /** As `Engine.configure`. */
  configure: (config: EngineConfig) => void;
  /** As `Engine.start`. */
  start: () => Promise<void>;
  /**
   * The device is gone: it is rebuilt at once, on the next backend if this one was lost before.
   * @param again the picture under way has failed on this backend before
   */
  lose: (gone: Loaded, reason: string, again?: boolean) => void;
  /** Frees everything, for good. */
  dispose: () => Promise<void>;
}

/**
 * Loads the model on the first backend that works.
 * @throws Superseded, and CodedError `no-backend`, `model-missing`, `model-altered`
 */
async function openBest(
  { backend: pinned, variant }: EngineConfig,
  choice: BackendChoice,
  { models, fetchFile }: Pick<EngineParts, 'models' | 'fetchFile'>,
  isWanted: () => boolean,
): Promise<Loaded> {
  const candidates = choice.begin(pinned);
  // Read while the first backend opens.
  const reading = loadModelFiles(variant, models[variant], fetchFile);
  reading.catch(() => undefined); // thrown where it is awaited
  for (const candidate of candidates) {
    if (!choice.mayOpen(candidate)) continue;
    const { backend } = candidate.driver;
    const isProven = choice.isProven(backend, variant);
    const report = choice.reportFor(backend);
    const found = await probe(candidate, { variant, reading, isProven, isWanted }, report);
    if (!isWanted()) {
      found?.device.close();
      throw new Superseded();
    }
    if (found !== undefined) return found;
  }
  const { verified } = await reading;
  await verified; // a bad model file is the better reason
  throw new CodedError('no-backend', choice.refusals());
}

/** @param exclusive the line in which all that touches a device waits its turn */
export function createLifeCycle(
  parts: Omit<EngineParts, 'countTensors'>,
  exclusive: OneAtATime,
): LifeCycle {
  const choice = createBackendChoice(parts.drivers);
  let wanted: EngineConfig = { backend: 'auto', variant: 'accurate' };
  /** Changes whenever what is being loaded is no longer wanted. */
  let epoch = 0;
  let disposed = false;
  let state: EngineState = 'idle';
  let failure: Failure | null = null;
  let loadMilliseconds: number | null = null;
  let loaded: Loaded | undefined;
  let starting: Promise<void> | undefined;

  async function open(): Promise<void> {
    const mine = epoch;
    const startedAt = performance.now();
    state = 'loading';
    failure = null;
    const found = await openBest(wanted, choice, parts, () => mine === epoch);
    accept(found, performance.now() - startedAt);
  }

  function accept(found: Loaded, milliseconds: number): void {
    loaded = found;
    state = 'ready';
    failure = null;
    loadMilliseconds = milliseconds;
    void found.device.lost.then((reason) => {
      lose(found, reason);
    });
  }

  function lose(gone: Loaded, reason: string, again = false): void {
    gone.interrupt?.(new Error(reason));
    if (loaded !== gone) return;
    loaded = undefined;
    starting = undefined;
    state = 'lost';
    failure = { code: 'internal', message: reason };
    gone.device.close();
    choice.noteLoss(gone.backend, reason, again);
    start().catch(() => undefined); // the status tells
  }

  /** Opens, and opens once more where another configuration came meanwhile. */
  async function openUntilWanted(): Promise<void> {
    for (;;) {
      if (disposed) throw new CodedError('cancelled', 'The engine is closed.');
      const mine = epoch;
      if (state !== 'lost') state = 'loading'; // lost until the run under way has ended
      try {
        await exclusive(open);
        return;
      } catch (error) {
        if (error instanceof Superseded || mine !== epoch) continue;
        starting = undefined;
        state = 'failed';
        failure = toFailure(error);
        loadMilliseconds = null;
        choice.forgetLosses(); // the next start tries everything again
        throw error;
      }
    }
  }

  function start(): Promise<void> {
    starting ??= openUntilWanted();
    return starting;
  }

  /** Closes what is loaded, once nothing runs on it. */
  async function unload(): Promise<void> {
    const old = loaded;
    loaded = undefined;
    await exclusive(() => {
      old?.device.close();
      return Promise.resolve();
    });
  }

  function configure({ backend, variant }: EngineConfig): void {
    if (backend === wanted.backend && variant === wanted.variant) return;
    wanted = { backend, variant };
    epoch += 1;
    choice.forgetLosses();
    if (state === 'loading' || state === 'lost') return; // notices, and loads what is wanted now
    starting = undefined;
    state = 'idle';
    failure = null;
    choice.clearReports();
    loadMilliseconds = null;
    void unload();
  }

  async function dispose(): Promise<void> {
    disposed = true;
    epoch += 1;
    starting = undefined;
    await unload();
    state = 'idle';
  }

  return {
    ...{ choice, configure, start, lose, dispose },
    get state() {
      return state;
    },
    get failure() {
      return failure;
    },
    get loadMilliseconds() {
      return loadMilliseconds;
    },
    get loaded() {
      return loaded;
    },
  };
}
