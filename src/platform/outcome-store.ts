import { createOneAtATime } from '../core/one-at-a-time';
import { browser } from './browser';

import type { Saying } from '../core/saying/prediction';
import type { Outcome } from '../messages/protocol';

export const RECENT_OUTCOMES = 'recentOutcomes';
/** As many as a person would scroll through; thumbnails are a few kB each, session storage holds 10 MB. */
const MAX_OUTCOMES = 50;

/** The last results, newest first. Session storage: in memory only, gone with the browser. */
export async function loadOutcomes(): Promise<Outcome[]> {
  const stored = await browser.storage.session.get(RECENT_OUTCOMES);
  return (stored[RECENT_OUTCOMES] as Outcome[] | undefined) ?? [];
}

const inTurn = createOneAtATime();

/** Reads, changes and writes the list as one step, however many results arrive at once. */
function change(edit: (outcomes: Outcome[]) => Outcome[] | Promise<Outcome[]>): Promise<void> {
  return inTurn(async () => {
    await browser.storage.session.set({ [RECENT_OUTCOMES]: await edit(await loadOutcomes()) });
  });
}

export function rememberOutcome(outcome: Outcome): Promise<void> {
  return change((outcomes) =>
    [outcome, ...outcomes.filter(({ id }) => id !== outcome.id)].slice(0, MAX_OUTCOMES),
  );
}

/** Has the results follow what is said now of these pictures, or of all (null); what is not known stays as it was. */
export function sayOutcomesAgain(
  pictures: readonly string[] | null,
  sayAgain: (picture: string) => Promise<Saying | null>,
): Promise<void> {
  return change((outcomes) =>
    Promise.all(
      outcomes.map(async (outcome) => {
        const { result } = outcome;
        if (!result.ok || pictures?.includes(result.prediction.picture) === false) return outcome;
        const saying = await sayAgain(result.prediction.picture).catch(() => null);
        const prediction = { ...result.prediction, ...saying };
        return { ...outcome, result: { ok: true, prediction } as const };
      }),
    ),
  );
}

export function forgetOutcomes(): Promise<void> {
  return change(() => []);
}

const ASKED_REQUESTS = 'askedRequests';
/** More than a person has open at a time. */
const MAX_ASKED = 16;

/** A request that a person made of a frame. Kept over a stop of the worker: its outcome comes later. */
export interface AskedRequest {
  requestId: string;
  tabId: number;
  frameId: number;
  /** `Date.now()` of the click or key press. */
  requestedAt: number;
  /** So many outcomes of it were told: a person may try again. */
  attempts: number;
}

async function loadAsked(): Promise<AskedRequest[]> {
  const stored = await browser.storage.session.get(ASKED_REQUESTS);
  return (stored[ASKED_REQUESTS] as AskedRequest[] | undefined) ?? [];
}

export async function findAsked(requestId: string): Promise<AskedRequest | null> {
  const asked = await inTurn(loadAsked);
  return asked.find((each) => each.requestId === requestId) ?? null;
}

/** Notes a request, or what has become of it; the oldest make room. */
export function changeAsked(request: AskedRequest): Promise<void> {
  return inTurn(async () => {
    const others = (await loadAsked()).filter(({ requestId }) => requestId !== request.requestId);
    const asked = [request, ...others].slice(0, MAX_ASKED);
    await browser.storage.session.set({ [ASKED_REQUESTS]: asked });
  });
}
