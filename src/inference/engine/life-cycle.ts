import type { EngineStatus } from '../../core/engine-status';
import { CodedError, toFailure } from '../../core/errors';
import type { OneAtATime } from '../../core/one-at-a-time';
import { loadModelFiles } from '../model/model-files';
import type { EngineConfig, EngineParts } from './api';
import { type BackendChoice, createBackendChoice } from './backend-choice';
import { type Loaded, probe, Superseded } from './probe';

type LifeFacts = Pick<EngineStatus, 'state' | 'failure' | 'loadMilliseconds'>;

/** idle → loading → ready → lost → loading … → failed, and what is loaded meanwhile. */
export interface LifeCycle {
  readonly choice: BackendChoice;
  readonly facts: Readonly<LifeFacts>;
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
    if (found !== undefined) return found;
    if (!isWanted()) throw new Superseded();
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
  const facts: LifeFacts = { state: 'idle', failure: null, loadMilliseconds: null };
  let loaded: Loaded | undefined;
  let starting: Promise<void> | undefined;

  async function open(): Promise<void> {
    const mine = epoch;
    const startedAt = performance.now();
    facts.state = 'loading';
    facts.failure = null;
    const isWanted = (): boolean => mine === epoch;
    const found = await openBest(wanted, choice, parts, isWanted);
    if (!isWanted()) {
      found.device.close();
      throw new Superseded();
    }
    accept(found, performance.now() - startedAt);
  }

  function accept(found: Loaded, milliseconds: number): void {
    loaded = found;
    facts.state = 'ready';
    facts.failure = null;
    facts.loadMilliseconds = milliseconds;
    void found.device.lost.then((reason) => {
      lose(found, reason);
    });
  }

  function lose(gone: Loaded, reason: string, again = false): void {
    gone.interrupt?.(new Error(reason));
    if (loaded !== gone) return;
    loaded = undefined;
    starting = undefined;
    facts.state = 'lost';
    facts.failure = { code: 'internal', message: reason };
    gone.device.close();
    choice.noteLoss(gone.backend, reason, again);
    start().catch(() => undefined); // the status tells
  }

  /** Opens, and opens once more where another configuration came meanwhile. */
  async function openUntilWanted(): Promise<void> {
    for (;;) {
      if (disposed) throw new CodedError('cancelled', 'The engine is closed.');
      const mine = epoch;
      if (facts.state !== 'lost') facts.state = 'loading'; // lost until the run under way has ended
      try {
        await exclusive(open);
        return;
      } catch (error) {
        if (error instanceof Superseded || mine !== epoch) continue;
        starting = undefined;
        facts.state = 'failed';
        facts.failure = toFailure(error);
        facts.loadMilliseconds = null;
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
    if (facts.state === 'loading' || facts.state === 'lost') return; // notices, and loads what is wanted now
    starting = undefined;
    facts.state = 'idle';
    facts.failure = null;
    choice.clearReports();
    facts.loadMilliseconds = null;
    void unload();
  }

  async function dispose(): Promise<void> {
    disposed = true;
    epoch += 1;
    starting = undefined;
    await unload();
    facts.state = 'idle';
  }

  return {
    ...{ choice, facts, configure, start, lose, dispose },
    get loaded() {
      return loaded;
    },
  };
}
