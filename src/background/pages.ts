import { browser } from '../platform/browser';

import {
  fittingEntries,
  isBoolean,
  orNull,
  shapeOf,
  textUpTo,
  wholeFrom,
  type Check,
} from '../core/check';
import { putNewest } from '../core/newest';
import { createOneAtATime } from '../core/one-at-a-time';
import { isCounts } from '../core/report/report-checks';
import type { FrameProgress, PageReport } from '../messages/protocol';

type Counts = PageReport['counts'];

/** What is known of the page that a tab shows. */
export interface Page {
  /** The top frame's document. */
  documentId: string;
  origin: string | null;
  /** The person asked for labels on this page alone. */
  once: boolean;
  /** The page lets no labels be seen. */
  isUnshown: boolean;
  counts: Counts;
  /** By document. */
  frames: Record<string, { frameId: number; progress: FrameProgress }>;
}

/** Who speaks: a frame's content script. */
export interface FrameId {
  tabId: number;
  frameId: number;
  documentId: string;
}

/** A document in its tab. */
export type DocumentId = Pick<FrameId, 'tabId' | 'documentId'>;

export interface Pages {
  get(tabId: number): Page | null;
  tabIds(): number[];
  /** Notes a frame's document. A new top document is a new page: what the old one's frames asked for is over. */
  enter(frame: FrameId, origin: string | null): void;
  setOnce(tabId: number, once: boolean): void;
  /** The page that this document is a frame of lets no labels be seen. */
  setUnshown(document: DocumentId): void;
  /** Resolves when it is stored: a worker that is stopped after that has lost nothing. */
  setProgress(frame: FrameId, progress: FrameProgress): Promise<void>;
  /**
   * Adds to the counts of the page that this document is a frame of, at once or when the document is entered
   * (a click comes before any labelling); of a page that was left nothing is counted.
   */
  count(document: DocumentId, counts: Partial<Counts>): void;
  /** The tab was closed. */
  forget(tabId: number): void;
  /** The page with this top document was left for one that has not spoken. */
  leave(document: DocumentId): void;
  /** Until what was known before the worker last stopped is back. */
  readonly ready: Promise<void>;
}

const KEY = 'pages';
export const NO_PROGRESS: FrameProgress = {
  found: 0,
  pending: 0,
  labelled: 0,
  skipped: 0,
  failed: 0,
  far: 0,
  wanted: 0,
};

export const NO_COUNTS: Counts = {
  inferences: 0,
  refetched: 0,
  refetchedBytes: 0,
  requests: 0,
  sentBytes: 0,
};

/** More tabs than a browser can hold. */
const MAX_PAGES = 100_000;
const isId = wholeFrom(0, 2 ** 31 - 1);
const isCount = wholeFrom(0, Number.MAX_SAFE_INTEGER);
const isFrame: Check<Page['frames'][string]> = shapeOf({
  frameId: isId,
  progress: shapeOf({
    ...{ found: isCount, pending: isCount, labelled: isCount, skipped: isCount, failed: isCount },
    ...{ far: isCount, wanted: isCount },
  }),
});

function isFrames(value: unknown): value is Page['frames'] {
  return typeof value === 'object' && value !== null && Object.values(value).every(isFrame);
}

const isPage: Check<Page> = shapeOf({
  ...{
    documentId: textUpTo(100),
    origin: orNull(textUpTo(10_000)),
    once: isBoolean,
    isUnshown: isBoolean,
  },
  ...{ counts: isCounts, frames: isFrames },
});

function isEntry(value: unknown): value is [tabId: number, page: Page] {
  return Array.isArray(value) && isId(value[0]) && isPage(value[1]);
}

/** Documents that were clicked in and not labelled (yet) whose counts are held. */
const MAX_EARLY = 100;

/**
 * Counts that come within this time are written together, milliseconds: pictures come by the hundred, and
 * their page tells twice a second how far it is, which takes the counts along.
 */
const COUNTS_AFTER_MS = 1000;

const COUNT_NAMES = Object.keys(NO_COUNTS) as (keyof Counts)[];

function addTo(counts: Counts, added: Partial<Counts>): void {
  for (const name of COUNT_NAMES) counts[name] += added[name] ?? 0;
}

/** Counts of documents that no page is known of (yet), the newest. */
function createEarlyCounts() {
  const early = new Map<string, Counts>();
  return {
    add(documentId: string, added: Partial<Counts>): void {
      const counts = early.get(documentId) ?? { ...NO_COUNTS };
      addTo(counts, added);
      putNewest(early, documentId, counts, MAX_EARLY);
    },
    take(documentId: string): Counts {
      const counts = early.get(documentId) ?? NO_COUNTS;
      early.delete(documentId);
      return counts;
    },
  };
}

function newPage(documentId: string, origin: string | null): Page {
  return {
    documentId,
    origin,
    once: false,
    isUnshown: false,
    counts: { ...NO_COUNTS },
    frames: {},
  };
}

/** The sum over a page's frames. */
export function sumProgress(page: Page | null): FrameProgress {
  const sum = { ...NO_PROGRESS };
  for (const { progress } of Object.values(page?.frames ?? {})) {
    sum.found += progress.found;
    sum.pending += progress.pending;
    sum.labelled += progress.labelled;
    sum.skipped += progress.skipped;
    sum.failed += progress.failed;
    sum.far += progress.far;
    sum.wanted += progress.wanted;
  }
  return sum;
}

/**
 * The pages of all tabs. Kept in memory and copied to session storage, since the worker may stop at
 * any moment; nothing of it is ever on disk. `endRequests` ends what such documents asked for.
 */
export function createPages(
  endRequests: (isOver: (requester: DocumentId) => boolean) => void,
): Pages {
  const pages = new Map<number, Page>();
  const inTurn = createOneAtATime();
  /** The write that takes along what changes now; null where none waits. */
  let waiting: Promise<void> | null = null;
  let countsDue: ReturnType<typeof setTimeout> | undefined;

  const closed = new Set<number>();
  const early = createEarlyCounts();

  const ready = browser.storage.session.get(KEY).then(
    (stored) => {
      for (const [tabId, page] of fittingEntries(isEntry, MAX_PAGES, stored[KEY])) {
        if (!pages.has(tabId) && !closed.has(tabId)) pages.set(tabId, page);
      }
    },
    () => undefined, // nothing is known then: the pages tell again
  );

  /**
   * Writes at once, for the worker may stop at any moment; one write at a time, and what changes during
   * one goes into one more. Resolves when what has changed so far is written.
   */
  function save(): Promise<void> {
    waiting ??= inTurn(async () => {
      await ready;
      waiting = null;
      clearTimeout(countsDue);
      countsDue = undefined;
      // Only what a worker that starts anew would know: the next change writes it all again.
      await browser.storage.session.set({ [KEY]: [...pages] }).catch(() => undefined);
    });
    return waiting;
  }

  function pageOf({ tabId, frameId, documentId }: FrameId, origin: string | null): Page {
    const known = pages.get(tabId);
    if (known !== undefined && frameId === 0 && known.documentId === '') {
      known.documentId = documentId;
    }
    if (known !== undefined && (frameId !== 0 || known.documentId === documentId)) return known;
    // The new document may have asked already, for a person who was quick.
    if (known !== undefined) {
      endRequests((asked) => asked.tabId === tabId && asked.documentId !== documentId);
    }
    // A sub-frame may speak first: the top frame's document then takes the page over.
    const page = newPage(frameId === 0 ? documentId : '', origin);
    pages.set(tabId, page);
    return page;
  }

  /** A frame that navigated is another document: the old one's counts go with it. */
  function putFrame(page: Page, { frameId, documentId }: FrameId, progress: FrameProgress): void {
    page.frames = Object.fromEntries(
      Object.entries(page.frames).filter(
        ([id, frame]) => id === documentId || frame.frameId !== frameId,
      ),
    );
    page.frames[documentId] = { frameId, progress };
  }

  return {
    ready,
    get: (tabId) => pages.get(tabId) ?? null,
    tabIds: () => [...pages.keys()],
    enter(frame, origin) {
      const page = pageOf(frame, origin);
      putFrame(page, frame, page.frames[frame.documentId]?.progress ?? NO_PROGRESS);
      if (frame.frameId === 0) page.origin = origin;
      addTo(page.counts, early.take(frame.documentId));
      void save();
    },
    setOnce(tabId, once) {
      const page = pages.get(tabId);
      if (page !== undefined) Object.assign(page, { once, isUnshown: false });
      void save();
    },
    setUnshown({ tabId, documentId }) {
      const page = pages.get(tabId);
      if (page?.frames[documentId] === undefined) return;
      page.isUnshown = true;
      void save();
    },
    setProgress(frame, progress) {
      putFrame(pageOf(frame, null), frame, progress);
      return save();
    },
    count({ tabId, documentId }, added) {
      const page = pages.get(tabId);
      if (page?.frames[documentId] === undefined) {
        early.add(documentId, added);
        return;
      }
      addTo(page.counts, added);
      // Each write goes through the browser's process and comes back as an event.
      countsDue ??= setTimeout(() => void save(), COUNTS_AFTER_MS);
    },
    forget(tabId) {
      pages.delete(tabId);
      // A worker that was started by this event has not read yet what it knew of the tab.
      closed.add(tabId);
      void ready.then(() => closed.delete(tabId));
      endRequests((asked) => asked.tabId === tabId);
      void save();
    },
    leave({ tabId, documentId }) {
      const page = pages.get(tabId);
      if (page?.documentId !== documentId) return;
      pages.delete(tabId);
      endRequests((asked) => asked.tabId === tabId && page.frames[asked.documentId] !== undefined);
      void save();
    },
  };
}
