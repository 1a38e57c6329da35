/** The search for a better backend than the one that stands in: beside its runs, and after its first answers. */
import { lazy } from '../../core/lazy';
import type { OneAtATime } from '../../core/one-at-a-time';
import type { ModelVariant } from '../../core/saying/prediction';
import { loadModelFiles } from '../model/model-files';
import type { EngineParts } from './api';
import type { BackendChoice, Candidate } from './backend-choice';
import { tryCandidate } from './opening';
import { type Loaded, messageOf, Superseded } from './probe';

/** What is to be searched for. */
export interface SearchPlan {
  /** To be tried in this order; none where the best backend is loaded. */
  better: readonly Candidate[];
  variant: ModelVariant;
  /** Is what stands in still loaded, and wanted? */
  isWanted: () => boolean;
}

export interface Search {
  readonly isPlanned: boolean;
  /** The search that `run` starts; no other one is under way. */
  plan: (plan: SearchPlan) => void;
  /** What was planned is not wanted any more; a search under way ends by itself. */
  drop: () => void;
  /** Searches as planned, once. Never rejects: what stands in goes on where nothing better is found. */
  run: () => Promise<void>;
  /** Resolves when no search is under way: until then one may hold a device, and tfjs's one current backend. */
  ended: () => Promise<void>;
}

/**
 * @param exclusive the line in which all that touches a device waits its turn
 * @param accept takes what was found in the place of what stood in
 */
export function createSearch(
  { models, fetchFile }: Pick<EngineParts, 'models' | 'fetchFile'>,
  choice: BackendChoice,
  { exclusive, accept }: { exclusive: OneAtATime; accept: (found: Loaded) => void },
): Search {
  let planned: SearchPlan | undefined;
  let running: Promise<void> | undefined;

  async function find({ better, variant, isWanted }: SearchPlan): Promise<Loaded | undefined> {
    // Anew, and only where a device opens: nothing keeps the weights until then.
    const read = lazy(() => loadModelFiles(variant, models[variant], fetchFile));
    for (const candidate of better) {
      if (!isWanted()) return undefined;
      try {
        const found = await tryCandidate(candidate, choice, { variant, read, isWanted });
        if (found !== undefined) return found;
      } catch (error) {
        if (error instanceof Superseded || !isWanted()) return undefined;
        // The model's files are gone by now; what stands in has them.
        const report = choice.reportFor(candidate.driver.backend);
        report.outcome = 'refused';
        report.reason = { code: 'failed-to-start', message: messageOf(error) };
      }
    }
    return undefined;
  }

  async function search(plan: SearchPlan): Promise<void> {
    const found = await find(plan);
    if (found === undefined) return;
    await exclusive(() => {
      if (plan.isWanted()) {
        choice.noteStandIn(found.backend);
        accept(found);
      } else {
        found.device.close();
      }
      return Promise.resolve();
    });
  }

  return {
    get isPlanned() {
      return planned !== undefined;
    },
    plan(plan) {
      planned = plan.better.length === 0 ? undefined : plan;
    },
    drop() {
      planned = undefined;
    },
    async run() {
      const plan = planned;
      if (plan === undefined) return;
      running ??= search(plan).finally(() => {
        running = undefined;
        if (planned === plan) planned = undefined;
      });
      await running;
    },
    ended: async () => {
      await running;
    },
  };
}
