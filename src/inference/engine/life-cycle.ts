import type { EngineStatus } from '../../core/engine-status';
import { CodedError, type Failure, toFailure } from '../../core/errors';
import type { OneAtATime } from '../../core/one-at-a-time';
import type { EngineConfig, EngineParts } from './api';
import { type BackendChoice, createBackendChoice } from './backend-choice';
import { openBest } from './opening';
import { type Loaded, Superseded } from './probe';
import { createSearch } from './search';

type LifeFacts = Pick<EngineStatus, 'state' | 'failure' | 'loadMilliseconds'>;

/** idle → loading → ready → lost → loading … → failed, and what is loaded meanwhile. */
export interface LifeCycle {
  readonly choice: BackendChoice;
  readonly facts: Readonly<LifeFacts>;
  /** Undefined where the engine is not ready. */
  readonly loaded: Loaded | undefined;
  /** As `EngineStatus`. */
  readonly isChoosing: boolean;
  /** As `Engine.configure`. */
  configure: (config: EngineConfig) => void;
  /** As `Engine.ready`. */
  ready: () => Promise<void>;
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

function become(facts: LifeFacts, state: LifeFacts['state'], failure: Failure | null = null): void {
  facts.state = state;
  facts.failure = failure;
  if (state === 'idle' || state === 'failed') facts.loadMilliseconds = null;
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
  const search = createSearch(parts, choice, { exclusive, accept });

  async function open(): Promise<void> {
    const mine = epoch;
    const startedAt = performance.now();
    // What was best before the loss is known, and mostly back in a moment.
    const mayStandIn = facts.state !== 'lost';
    become(facts, 'loading');
    const isWanted = (): boolean => mine === epoch;
    const { found, better } = await openBest(wanted, choice, parts, { isWanted, mayStandIn });
    accept(found);
    facts.loadMilliseconds = performance.now() - startedAt;
    search.plan({ better, variant: found.variant, isWanted: () => isWanted() && loaded === found });
  }

  /** In the place of what is loaded, if something is. */
  function accept(found: Loaded): void {
    loaded?.device.close();
    loaded = found;
    become(facts, 'ready');
    void found.device.lost.then((reason) => {
      lose(found, reason);
    });
  }

  function lose(gone: Loaded, reason: string, again = false): void {
    gone.interrupt?.(new Error(reason));
    if (loaded !== gone) return;
    loaded = undefined;
    starting = undefined;
    become(facts, 'lost', { code: 'internal', message: reason });
    gone.device.close();
    search.drop();
    choice.noteLoss(gone.backend, reason, again);
    ready().catch(() => undefined); // the status tells
  }

  /** Opens, and opens once more where another configuration came meanwhile. */
  async function openUntilWanted(): Promise<void> {
    for (;;) {
      if (disposed) throw new CodedError('cancelled', 'The engine is closed.');
      const mine = epoch;
      if (facts.state !== 'lost') become(facts, 'loading'); // lost until the run under way has ended
      try {
        await search.ended();
        await exclusive(open);
        return;
      } catch (error) {
        if (error instanceof Superseded || mine !== epoch) continue;
        starting = undefined;
        become(facts, 'failed', toFailure(error));
        choice.forgetLosses(); // the next start tries everything again
        throw error;
      }
    }
  }

  const ready = (): Promise<void> => (starting ??= openUntilWanted());

  async function start(): Promise<void> {
    do {
      await ready();
      await search.run();
    } while (loaded === undefined || search.isPlanned);
  }

  /** Closes what is loaded, once nothing runs on it. */
  async function unload(): Promise<void> {
    const old = loaded;
    loaded = undefined;
    search.drop();
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
    become(facts, 'idle');
    choice.clearReports();
    void unload();
  }

  async function dispose(): Promise<void> {
    disposed = true;
    epoch += 1;
    starting = undefined;
    await unload();
    become(facts, 'idle');
  }

  return {
    ...{ choice, facts, configure, ready, start, lose, dispose },
    get loaded() {
      return loaded;
    },
    get isChoosing() {
      return search.isPlanned;
    },
  };
}
