import type { EngineStatus } from '../core/engine-status';
import { toFailure, type Failure } from '../core/errors';
import type { Settings } from '../core/settings/settings';
import { askWorker } from '../messages/client';
import type { Outcome } from '../messages/protocol';
import { RECENT_OUTCOMES } from '../platform/outcome-store';
import { onStored, SETTINGS } from '../platform/stored-changes';
import { untilVisible, wait } from '../ui/waiting';
import { StopCount } from './stop-count';

/** What the popup knows of the worker; null where the first answer is still under way. */
export interface LiveState {
  status: EngineStatus | null;
  outcomes: Outcome[] | null;
  settings: Settings | null;
  /** Why the worker could not be asked, the last time it was. */
  problem: Failure | null;
}

type Question = () => Promise<Partial<LiveState>>;

/** The engine's status is kept nowhere but in the worker's memory, so it is asked for. */
const POLL_MS = 2000;
/** While the engine changes its state, a person watches. */
const POLL_BUSY_MS = 300;

/**
 * Keeps `onChange` told of the worker's state until `signal` aborts. Results and settings are stored,
 * and are asked for again when the store says that it changed: a list with its thumbnails need not
 * travel every second. The engine's status is polled; while nobody sees the page nothing is asked,
 * so that a forgotten tab does not keep the worker awake.
 * @returns asks for everything at once, for a retry
 */
export function watchWorker(
  onChange: (changes: Partial<LiveState>) => void,
  signal: AbortSignal,
): () => Promise<void> {
  /** What the worker has not answered, because it was stopped: it is asked for again with the next poll. */
  const open = new Set<Question>();
  const stops = new StopCount();

  /** Tells the answers; where one did not come, the problem with it; where all came, that there is none. */
  async function tell(...questions: Question[]): Promise<Partial<LiveState>> {
    const answers = await Promise.all(
      questions.map(async (ask): Promise<Partial<LiveState>> => {
        try {
          const answer = await ask();
          open.delete(ask);
          return answer;
        } catch (error) {
          open.add(ask);
          return { problem: toFailure(error) };
        }
      }),
    );
    const changes = answers.reduce((all, answer) => ({ ...all, ...answer }), { problem: null });
    const { problem = null } = changes;
    if (problem === null) stops.answered();
    else if (!stops.isProblem(problem)) delete changes.problem;
    if (!signal.aborted) onChange(changes);
    return changes;
  }

  const status = async () => ({ status: await askWorker('getEngineStatus', {}) });
  const outcomes = async () => ({ outcomes: await askWorker('getRecentOutcomes', {}) });
  const settings = async () => ({ settings: await askWorker('getSettings', {}) });
  const askAll = () => tell(status, outcomes, settings);

  const ends = [
    onStored('session', RECENT_OUTCOMES, () => void tell(outcomes)),
    onStored('local', SETTINGS, () => void tell(settings)),
  ];
  signal.addEventListener('abort', () => {
    for (const end of ends) end();
  });

  async function poll(): Promise<void> {
    for (const ask of [status, outcomes, settings]) open.add(ask);
    while (!signal.aborted) {
      const changes = await tell(...new Set([status, ...open]));
      const state = changes.status?.state;
      const busy = state === 'loading' || state === 'lost' || stops.isRestarting;
      await wait(busy ? POLL_BUSY_MS : POLL_MS, signal);
      await untilVisible(signal);
    }
  }
  void poll();
  return async () => {
    await askAll();
  };
}
