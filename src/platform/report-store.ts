import { browser } from './browser';

import { shapeOf, wholeFrom } from '../core/check';
import type { PageReport } from '../core/report/page-report';
import { readPageReport, readTriage } from '../core/report/report-checks';
import { fittingThumbnails } from '../core/report/thumbnail-address';
import type { Triage } from '../core/report/triage';

/** A report as it was when its own tab was opened. */
export interface StoredReport {
  /** `Date.now()` */
  takenAt: number;
  report: PageReport;
  /** `data:` URLs by `imageKey`. */
  thumbnails: Record<string, string>;
}

const REPORT = 'report:';
const TRIAGE = 'triage:';
/** A report of 2,000 images with its thumbnails is about 4 MB, session storage holds 10 MB. */
const MAX_REPORTS = 2;

const hasTime = shapeOf({ takenAt: wholeFrom(0, Number.MAX_SAFE_INTEGER) });

/** Session storage may hold what another version wrote. */
function takenAtOf(stored: unknown): number {
  return hasTime(stored) ? stored.takenAt : 0;
}

/** What of it is a report, or null. */
function readReport(stored: unknown): StoredReport | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { report, thumbnails } = stored as Partial<Record<keyof StoredReport, unknown>>;
  const read = readPageReport(report);
  if (read === null) return null;
  return { takenAt: takenAtOf(stored), report: read, thumbnails: fittingThumbnails(thumbnails) };
}

/**
 * Keeps a report for its tab, until the browser closes or newer ones take its place: the page that it
 * is about may be left. Session storage is in memory only.
 * @returns the id to load it with
 */
export async function storeReport(stored: StoredReport): Promise<string> {
  const kept = Object.entries(await browser.storage.session.get(null))
    .filter(([key]) => key.startsWith(REPORT))
    .map(([key, value]) => ({ key, takenAt: takenAtOf(value) }))
    .sort((a, b) => b.takenAt - a.takenAt);
  const old = kept.slice(MAX_REPORTS - 1).map(({ key }) => key);
  await browser.storage.session.remove([...old, ...old.map((key) => key.replace(REPORT, TRIAGE))]);
  const id = crypto.randomUUID();
  await browser.storage.session.set({ [REPORT + id]: stored });
  return id;
}

/** The report of this id and what the person decided on it, or null where it is gone. */
export async function loadReport(
  id: string,
): Promise<{ stored: StoredReport; triage: Triage } | null> {
  const found = await browser.storage.session.get([REPORT + id, TRIAGE + id]);
  const stored = readReport(found[REPORT + id]);
  return stored === null ? null : { stored, triage: readTriage(found[TRIAGE + id]) };
}

/** Keeps the decisions beside their report, so that a reload of its tab loses nothing. */
export async function storeTriage(id: string, triage: Triage): Promise<void> {
  await browser.storage.session.set({ [TRIAGE + id]: triage });
}
