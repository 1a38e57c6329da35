import { toFailure, type Failure } from '../core/errors';
import { askWorker } from '../messages/client';
import type { PageReport, PageState } from '../messages/protocol';
import { untilVisible, wait } from '../ui/waiting';
import { StopCount } from './stop-count';

/** What the popup knows of the page in front; null where there is no answer yet. */
export interface PageKnowledge {
  state: PageState | null;
  /** Only while the page is labelled. */
  report: PageReport | null;
  /** Why the page could not be asked about, the last time it was. */
  problem: Failure | null;
}

const POLL_MS = 2500;
/** While images get their labels, a person watches. */
const POLL_BUSY_MS = 600;
/** So long after something was done, what comes of it is waited for. */
const EAGER_MS = 5000;
/** The page's own thread makes the report: after each it gets this many times the report's cost in peace. */
const REST_FACTOR = 8;
const MIN_REST_MS = 1200;

/**
 * Keeps `onChange` told of a tab's page until `signal` aborts: its state, and its report whenever the
 * progress has changed. While nobody sees the popup nothing is asked.
 * @returns asks at once, after something was done
 */
export function watchPage(
  tabId: number,
  onChange: (changes: Partial<PageKnowledge>) => void,
  signal: AbortSignal,
): () => Promise<void> {
  let reported = '';
  let restUntil = 0;
  let eagerUntil = 0;
  let waking = new AbortController();
  const stops = new StopCount();

  function tell(changes: Partial<PageKnowledge>): void {
    if (!signal.aborted) onChange(changes);
  }

  async function askReport(progress: string): Promise<void> {
    const begin = performance.now();
    const report = await askWorker('getPageReport', { tabId });
    const cost = performance.now() - begin;
    restUntil = performance.now() + Math.max(MIN_REST_MS, cost * REST_FACTOR);
    reported = progress;
    tell({ report });
  }

  async function ask(): Promise<PageState | null> {
    try {
      const state = await askWorker('getPageState', { tabId });
      tell({ state, problem: null });
      const progress = JSON.stringify([state.labelling, state.progress]);
      if (state.labelling !== 'on') {
        reported = '';
        tell({ report: null });
      } else if (progress !== reported && performance.now() >= restUntil) {
        await askReport(progress);
      }
      stops.answered();
      return state;
    } catch (error) {
      const problem = toFailure(error);
      if (stops.isProblem(problem)) tell({ problem });
      return null;
    }
  }

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      const state = await ask();
      const isBusy = state?.labelling === 'on' && state.progress.pending > 0;
      const isEager = performance.now() < eagerUntil;
      waking = new AbortController();
      await wait(
        isBusy || isEager || stops.isRestarting ? POLL_BUSY_MS : POLL_MS,
        AbortSignal.any([signal, waking.signal]),
      );
      await untilVisible(signal);
    }
  }
  void poll();
  return async () => {
    eagerUntil = performance.now() + EAGER_MS;
    await ask();
    waking.abort();
  };
}
