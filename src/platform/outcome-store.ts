import {
  fittingEntries,
  listOf,
  numberFrom,
  oneOf,
  orNull,
  shapeOf,
  textUpTo,
  wholeFrom,
  type Check,
} from '../core/check';
import { isErrorCode, type Failure } from '../core/errors';
import { createOneAtATime } from '../core/one-at-a-time';
import { withInstead } from '../core/own-models/instead';
import { isThumbnail } from '../core/report/thumbnail-address';
import { type Concerned, concerning } from '../core/saying/dismissal';
import { RUNGS, type Prediction, type Saying } from '../core/saying/prediction';
import { isPrediction } from '../core/saying/prediction-checks';
import type { Outcome } from '../messages/protocol';
import { browser } from './browser';

export const RECENT_OUTCOMES = 'recentOutcomes';
/** As many as a person would scroll through; thumbnails are a few kB each, session storage holds 10 MB. */
const MAX_OUTCOMES = 50;

const isTime = wholeFrom(0, Number.MAX_SAFE_INTEGER);
/** A clock may be set back between the two ends of a duration. */
const isDuration = numberFrom(-1e12, 1e12);
const isAddress = textUpTo(10_000);
const isFailure: Check<Failure> = shapeOf({ code: isErrorCode, message: textUpTo(100_000) });

function isResult(value: unknown): value is Outcome['result'] {
  return (
    shapeOf({ ok: oneOf(true), prediction: isPrediction })(value) ||
    shapeOf({ ok: oneOf(false), error: isFailure })(value)
  );
}

const isOutcome: Check<Outcome> = shapeOf({
  ...{ id: textUpTo(100), requestedAt: isTime, source: orNull(isAddress), page: isAddress },
  result: isResult,
  failedRungs: listOf(shapeOf({ rung: oneOf(...RUNGS), error: isFailure }), RUNGS.length),
  ...{ milliseconds: isDuration, cardMilliseconds: isDuration },
  thumbnail: orNull(isThumbnail),
});

/** The last results, newest first. Session storage: in memory only, gone with the browser. */
export async function loadOutcomes(): Promise<Outcome[]> {
  const stored = await browser.storage.session.get(RECENT_OUTCOMES);
  return fittingEntries(isOutcome, MAX_OUTCOMES, stored[RECENT_OUTCOMES]);
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
  concerned: Concerned | null,
  sayAgain: (picture: string) => Promise<Saying | null>,
): Promise<void> {
  const isConcerned = concerning(concerned);
  return change((outcomes) =>
    Promise.all(
      outcomes.map(async (outcome) => {
        const { result } = outcome;
        if (!result.ok || !isConcerned(result.prediction)) return outcome;
        const saying = await sayAgain(result.prediction.picture).catch(() => null);
        const prediction = withInstead({ ...result.prediction, ...saying });
        return { ...outcome, result: { ok: true, prediction } as const };
      }),
    ),
  );
}

/** Adds to the results of a picture what else is said of it. */
export function addToOutcomes(picture: string, more: Partial<Prediction>): Promise<void> {
  return change((outcomes) =>
    outcomes.map((outcome) => {
      const { result } = outcome;
      if (!result.ok || result.prediction.picture !== picture) return outcome;
      return {
        ...outcome,
        result: { ok: true, prediction: withInstead({ ...result.prediction, ...more }) },
      };
    }),
  );
}

/** The small copy of a picture that is in the list, or null. */
export async function thumbnailOfOutcome(picture: string): Promise<string | null> {
  const outcomes = await inTurn(loadOutcomes);
  const found = outcomes.find(({ result }) => result.ok && result.prediction.picture === picture);
  return found?.thumbnail ?? null;
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

const isNumber = wholeFrom(0, 2 ** 31 - 1);
const isAsked: Check<AskedRequest> = shapeOf({
  ...{ requestId: textUpTo(100), tabId: isNumber, frameId: isNumber, requestedAt: isTime },
  attempts: isNumber,
});

async function loadAsked(): Promise<AskedRequest[]> {
  const stored = await browser.storage.session.get(ASKED_REQUESTS);
  return fittingEntries(isAsked, MAX_ASKED, stored[ASKED_REQUESTS]);
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
