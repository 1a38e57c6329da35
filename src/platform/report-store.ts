import { browser } from './browser';

import { shapeOf, textUpTo, wholeFrom, type Check } from '../core/check';
import { CodedError } from '../core/errors';
import type { PageReport } from '../core/report/page-report';
import { MAX_REPORT_IMAGES, readPageReport, readTriage } from '../core/report/report-checks';
import { fittingThumbnails } from '../core/report/thumbnail-address';
import type { Triage } from '../core/report/triage';
import {
  deleteAllKept,
  deleteKept,
  findReport,
  keepReport,
  keepTriage,
  listKept,
  type ReportHead,
} from './kept-reports';

export type { ReportHead } from './kept-reports';

/** A report as it was when its own tab was opened. */
export interface StoredReport {
  /** `Date.now()` */
  takenAt: number;
  report: PageReport;
  /** `data:` URLs by `imageKey`. */
  thumbnails: Record<string, string>;
  /** Where its page was then; another document in that tab is another page. */
  place: ReportPlace | null;
}

export interface ReportPlace {
  tabId: number;
  documentId: string;
}

/** Begins the ids of what is in session storage. */
const OF_SESSION = 'session-';
const REPORT = 'report:';
const TRIAGE = 'triage:';
const MAX_REPORTS = 2;
/** Session storage holds 10 MB, other things among them; a character is a byte of it, nearly always. */
const ROOM_CHARACTERS = 9_000_000;
/** Two reports side by side. A report of 20,000 labelled images is 23 MB, packed 2.3 MB; thumbnails fill the rest. */
const FAIR_CHARACTERS = ROOM_CHARACTERS / MAX_REPORTS;
/** A smaller one is stored as it is. */
const PACKED_FROM_CHARACTERS = 500_000;
/** As many bytes as become a text at a time. */
const CHUNK_BYTES = 0x6000;

const hasPlace = shapeOf({
  place: shapeOf({ tabId: wholeFrom(0, 2 ** 31 - 1), documentId: textUpTo(100) }),
});
/** The disk may hold what another version wrote. */
const isHead: Check<ReportHead> = shapeOf({
  ...{ id: textUpTo(100), takenAt: wholeFrom(0, 8.64e15), url: textUpTo(100_000) },
  images: wholeFrom(0, MAX_REPORT_IMAGES),
});
const hasTime = shapeOf({ takenAt: wholeFrom(0, Number.MAX_SAFE_INTEGER) });

/** Session storage may hold what another version wrote. */
function takenAtOf(stored: unknown): number {
  return hasTime(stored) ? stored.takenAt : 0;
}

/** As session storage holds it: a large report as gzip in base 64. */
type Kept = Pick<StoredReport, 'takenAt' | 'thumbnails' | 'place'> &
  ({ report: PageReport } | { packed: string });

async function through(bytes: Blob, stream: GenericTransformStream): Promise<Response> {
  return await Promise.resolve(new Response(bytes.stream().pipeThrough(stream)));
}

async function packed(text: string): Promise<string> {
  const zipped = await through(new Blob([text]), new CompressionStream('gzip'));
  const bytes = new Uint8Array(await zipped.arrayBuffer());
  let base64 = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    base64 += btoa(String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES)));
  }
  return base64;
}

/** @throws where it is not what `packed` makes */
async function unpacked(base64: unknown): Promise<unknown> {
  if (typeof base64 !== 'string') return null;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const text = await through(new Blob([bytes]), new DecompressionStream('gzip'));
  return await text.json();
}

/** What of it is a report, or null. */
async function readReport(stored: unknown): Promise<StoredReport | null> {
  if (typeof stored !== 'object' || stored === null) return null;
  const { report, packed: base64, thumbnails } = stored as Record<string, unknown>;
  const read = readPageReport(report ?? (await unpacked(base64).catch(() => null)));
  if (read === null) return null;
  return {
    ...{ takenAt: takenAtOf(stored), report: read, thumbnails: fittingThumbnails(thumbnails) },
    place: hasPlace(stored) ? stored.place : null,
  };
}

/** The first that have room; where one is missing, lists show a neutral tile. */
function fitting(thumbnails: StoredReport['thumbnails'], room: number): Record<string, string> {
  let left = room;
  const fit: Record<string, string> = {};
  for (const [key, thumbnail] of Object.entries(thumbnails)) {
    left -= key.length + thumbnail.length + 10;
    if (left < 0) break;
    fit[key] = thumbnail;
  }
  return fit;
}

/** Makes room: of the reports that are kept, but for this one, only so many stay. */
async function dropOld(most: number, but: string): Promise<void> {
  const kept = Object.entries(await browser.storage.session.get(null))
    .filter(([key]) => key.startsWith(REPORT) && key !== REPORT + but)
    .map(([key, value]) => ({ key, takenAt: takenAtOf(value) }))
    .sort((a, b) => b.takenAt - a.takenAt);
  const old = kept.slice(most).map(({ key }) => key);
  await browser.storage.session.remove([...old, ...old.map((key) => key.replace(REPORT, TRIAGE))]);
}

/**
 * Keeps a report in session storage, which is in memory only, until the browser closes or newer ones take
 * its place. Where there is no room for all, the last thumbnails are left out, then the reports before it.
 * @throws CodedError `report-too-large`
 */
async function storeForSession(id: string, stored: StoredReport): Promise<void> {
  const { takenAt, report, thumbnails, place } = stored;
  const text = JSON.stringify(report);
  const content =
    text.length < PACKED_FROM_CHARACTERS ? { report } : { packed: await packed(text) };
  const length = 'packed' in content ? content.packed.length : text.length;
  if (length > ROOM_CHARACTERS) throw new CodedError('report-too-large', `${length} characters`);
  await dropOld(length > FAIR_CHARACTERS ? 0 : MAX_REPORTS - 1, id);
  const keep = async (some: StoredReport['thumbnails']): Promise<void> => {
    const kept: Kept = { takenAt, thumbnails: some, place, ...content };
    await browser.storage.session.set({ [REPORT + id]: kept });
  };
  try {
    await keep(fitting(thumbnails, FAIR_CHARACTERS - length));
  } catch {
    // Something else fills the storage.
    await dropOld(0, id);
    await keep({}).catch((error: unknown) => {
      throw new CodedError('report-too-large', String(error), { cause: error });
    });
  }
}

async function storeAs(id: string, stored: StoredReport): Promise<void> {
  if (id.startsWith(OF_SESSION)) {
    await storeForSession(id, stored);
    return;
  }
  const { takenAt, report } = stored;
  await keepReport({ id, takenAt, url: report.url, images: report.images.length }, stored);
}

/**
 * Keeps a report: its page may be left, and the browser closed. One of a private window is never on the
 * disk and ends with the browser, as does one for which the disk has no room.
 * @returns the id to load it with
 * @throws CodedError `report-too-large`
 */
export async function storeReport(stored: StoredReport): Promise<string> {
  const id = crypto.randomUUID();
  if (!stored.report.isPrivate) {
    try {
      await storeAs(id, stored);
      return id;
    } catch {
      // In memory then.
    }
  }
  await storeAs(OF_SESSION + id, stored);
  return OF_SESSION + id;
}

/** Puts a newer report of the same page in the place of one; what was decided stays. @throws CodedError `report-too-large` */
export async function replaceReport(id: string, stored: StoredReport): Promise<void> {
  await storeAs(id, stored);
}

/** Is the report kept when the browser closes? */
export function isKeptOnDevice(id: string): boolean {
  return !id.startsWith(OF_SESSION);
}

async function findStored(id: string): Promise<{ report: unknown; triage: unknown }> {
  if (isKeptOnDevice(id)) return await findReport(id);
  const found = await browser.storage.session.get([REPORT + id, TRIAGE + id]);
  return { report: found[REPORT + id], triage: found[TRIAGE + id] };
}

/** The report of this id and what the person decided on it, or null where it is gone. */
export async function loadReport(
  id: string,
): Promise<{ stored: StoredReport; triage: Triage } | null> {
  const found = await findStored(id);
  const stored = await readReport(found.report);
  return stored === null ? null : { stored, triage: readTriage(found.triage) };
}

/** Keeps the decisions beside their report, so that a reload of its tab loses nothing. */
export async function storeTriage(id: string, triage: Triage): Promise<void> {
  if (isKeptOnDevice(id)) {
    await keepTriage(id, triage);
    return;
  }
  // Of a report that was deleted meanwhile nothing is to come back.
  const found = await browser.storage.session.get(REPORT + id);
  if (REPORT + id in found) await browser.storage.session.set({ [TRIAGE + id]: triage });
}

/** The reports that are kept on the device, newest first; those of private windows are in no list. */
export async function listReports(): Promise<ReportHead[]> {
  return (await listKept()).filter(isHead);
}

export async function deleteReport(id: string): Promise<void> {
  if (isKeptOnDevice(id)) await deleteKept(id);
  else await browser.storage.session.remove([REPORT + id, TRIAGE + id]);
}

/** Deletes what `listReports` lists. */
export async function deleteReports(): Promise<void> {
  await deleteAllKept();
}
