import browser from 'webextension-polyfill';

import { afterDismissals, type Dismissal } from '../core/saying/dismissal';
import type { Outcome } from '../messages/protocol';

export const RECENT_OUTCOMES = 'recentOutcomes';
/** As many as a person would scroll through; thumbnails are a few kB each, session storage holds 10 MB. */
const MAX_OUTCOMES = 50;

/** The last results, newest first. Session storage: in memory only, gone with the browser. */
export async function loadOutcomes(): Promise<Outcome[]> {
  const stored = await browser.storage.session.get(RECENT_OUTCOMES);
  return (stored[RECENT_OUTCOMES] as Outcome[] | undefined) ?? [];
}

let writing: Promise<unknown> = Promise.resolve();

/** Reads, changes and writes the list as one step, however many results arrive at once. */
function change(edit: (outcomes: Outcome[]) => Outcome[]): Promise<void> {
  const next = writing.then(async () => {
    await browser.storage.session.set({ [RECENT_OUTCOMES]: edit(await loadOutcomes()) });
  });
  writing = next.catch(() => undefined);
  return next;
}

export function rememberOutcome(outcome: Outcome): Promise<void> {
  return change((outcomes) =>
    [outcome, ...outcomes.filter(({ id }) => id !== outcome.id)].slice(0, MAX_OUTCOMES),
  );
}

/** Has the results follow a person's word on these labels. */
export function dismissInOutcomes(
  dismissals: readonly Dismissal[],
  isDismissed: boolean,
): Promise<void> {
  return change((outcomes) =>
    outcomes.map((outcome) => {
      const { result } = outcome;
      if (!result.ok) return outcome;
      const prediction = afterDismissals(result.prediction, dismissals, isDismissed);
      return { ...outcome, result: { ok: true, prediction } };
    }),
  );
}

export function forgetOutcomes(): Promise<void> {
  return change(() => []);
}
