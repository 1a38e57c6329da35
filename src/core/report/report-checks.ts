/**
 * Checks of a page's report, where a frame's renderer or a store gives it: either may hold anything. An
 * image of a wrong shape is left out and costs no other its place.
 */
import type { Need } from '../alt-text/alt-need';
import { SKIP_REASONS } from '../alt-text/candidate';
import { MAX_PAGE_TEXT_CHARACTERS, TEXT_SOURCES, type PageTexts } from '../alt-text/page-texts';
import { NEED_RULES } from '../alt-text/need-rules';
import {
  fittingEntries,
  isBoolean,
  oneOf,
  orMissing,
  orNull,
  shapeOf,
  textUpTo,
  wholeFrom,
  type Check,
} from '../check';
import { isErrorCode } from '../errors';
import { RUNGS, SILENCES } from '../saying/prediction';
import { isHint, isPrediction, isSynset } from '../saying/prediction-checks';
import { PENDING_REASONS, type FrameImage, type PageReport, type ReportImage } from './page-report';
import type { Triage } from './triage';

/** More than a page has that a browser can show. */
export const MAX_REPORT_IMAGES = 100_000;
/** Longer than any address, selector or text that reports cut theirs to. */
const isText = textUpTo(100_000);
const NEEDS: readonly Need[] = ['missing', 'weak', 'named', 'decorative'];
/** Chromium lays out no farther. */
const isSidePx = wholeFrom(0, 2 ** 26);
const isCount = wholeFrom(0, Number.MAX_SAFE_INTEGER);
const isFrameId = wholeFrom(0, 2 ** 31 - 1);

const isPageText = textUpTo(MAX_PAGE_TEXT_CHARACTERS);
const isPageTexts: Check<PageTexts> = shapeOf({
  ...{ caption: isPageText, heading: isPageText, link: isPageText, fileName: isPageText },
});

const facts = {
  ...{ id: textUpTo(64), address: orNull(isText), selector: isText },
  ...{ width: isSidePx, height: isSidePx },
  ...{ need: orNull(oneOf(...NEEDS)), rule: orNull(oneOf(...NEED_RULES)) },
  ...{ name: isText, applied: orNull(isText), texts: orMissing(isPageTexts) },
  purpose: orNull(shapeOf({ control: oneOf('link', 'button'), target: orNull(isText) })),
};
const isNull = oneOf(null);
const notLabelled = {
  ...{ rung: isNull, prediction: isNull, hint: isNull, silence: isNull, draft: isNull },
};

const isPendingReason = oneOf(...PENDING_REASONS);

/** By state. */
const CHECKS = {
  pending: shapeOf({ ...facts, ...notLabelled, state: oneOf('pending'), reason: isPendingReason }),
  skipped: shapeOf({
    ...{ ...facts, ...notLabelled, state: oneOf('skipped'), reason: oneOf(...SKIP_REASONS) },
  }),
  failed: shapeOf({ ...facts, ...notLabelled, state: oneOf('failed'), reason: isErrorCode }),
  labelled: shapeOf({
    ...{ ...facts, state: oneOf('labelled'), reason: isNull, rung: oneOf(...RUNGS) },
    ...{ prediction: isPrediction, hint: orNull(isHint), silence: orNull(oneOf(...SILENCES)) },
    draft: orNull(textUpTo(1000)),
  }),
} satisfies Record<FrameImage['state'], Check<FrameImage>>;

const hasState = shapeOf({ state: oneOf('pending', 'skipped', 'failed', 'labelled') });

export function isFrameImage(value: unknown): value is FrameImage {
  return hasState(value) && CHECKS[value.state](value);
}

const hasAddedFacts = shapeOf({
  frameId: isFrameId,
  mismatch: orNull(shapeOf({ term: textUpTo(1000), synset: isSynset })),
  pageDraft: orMissing(shapeOf({ text: isPageText, from: oneOf(...TEXT_SOURCES) })),
});

function isReportImage(value: unknown): value is ReportImage {
  return isFrameImage(value) && hasAddedFacts(value);
}

export const isCounts: Check<PageReport['counts']> = shapeOf({
  ...{ inferences: isCount, refetched: isCount, refetchedBytes: isCount },
  ...{ requests: isCount, sentBytes: isCount },
});

const hasHead = shapeOf({ url: isText, isPrivate: isBoolean, counts: isCounts });

/** The report with the images that fit, or null where it is none. */
export function readPageReport(stored: unknown): PageReport | null {
  if (!hasHead(stored)) return null;
  const { url, isPrivate, counts } = stored;
  const { images } = stored as { images?: unknown };
  return {
    ...{ url, isPrivate, counts },
    images: fittingEntries(isReportImage, MAX_REPORT_IMAGES, images),
  };
}

const isDecided = shapeOf({
  decision: oneOf('accepted', 'edited', 'rejected'),
  text: isText,
});

/** The decisions that fit. */
export function readTriage(stored: unknown): Triage {
  if (typeof stored !== 'object' || stored === null) return {};
  const decided: [string, Triage[string]][] = [];
  for (const [key, value] of Object.entries(stored)) {
    if (isDecided(value)) decided.push([key, value]);
  }
  return Object.fromEntries(decided);
}
