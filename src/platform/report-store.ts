import { browser } from './browser';

import { shapeOf, wholeFrom } from '../core/check';
import { CodedError } from '../core/errors';
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
const MAX_REPORTS = 2;
/** Session storage holds 10 MB, other things among them; a character is a byte of it, nearly always. */
const ROOM_CHARACTERS = 9_000_000;
/** Two reports side by side. A report of 20,000 labelled images is 23 MB, packed 2.3 MB; thumbnails fill the rest. */
const FAIR_CHARACTERS = ROOM_CHARACTERS / MAX_REPORTS;
/** A smaller one is stored as it is. */
const PACKED_FROM_CHARACTERS = 500_000;
/** As many bytes as become a text at a time. */
const CHUNK_BYTES = 0x6000;

const hasTime = shapeOf({ takenAt: wholeFrom(0, Number.MAX_SAFE_INTEGER) });

/** Session storage may hold what another version wrote. */
function takenAtOf(stored: unknown): number {
  return hasTime(stored) ? stored.takenAt : 0;
}

/** As session storage holds it: a large report as gzip in base 64. */
type Kept = Pick<StoredReport, 'takenAt' | 'thumbnails'> &
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
  return { takenAt: takenAtOf(stored), report: read, thumbnails: fittingThumbnails(thumbnails) };
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

/** Makes room: of the reports that are kept, only so many stay. */
async function dropOld(most: number): Promise<void> {
  const kept = Object.entries(await browser.storage.session.get(null))
    .filter(([key]) => key.startsWith(REPORT))
    .map(([key, value]) => ({ key, takenAt: takenAtOf(value) }))
    .sort((a, b) => b.takenAt - a.takenAt);
  const old = kept.slice(most).map(({ key }) => key);
  await browser.storage.session.remove([...old, ...old.map((key) => key.replace(REPORT, TRIAGE))]);
}

/**
 * Keeps a report for its tab, until the browser closes or newer ones take its place: the page that it
 * is about may be left. Session storage is in memory only. Where there is no room for all, the last
 * thumbnails are left out, then the reports before it.
 * @returns the id to load it with
 * @throws CodedError `report-too-large`
 */
export async function storeReport({ takenAt, report, thumbnails }: StoredReport): Promise<string> {
  const text = JSON.stringify(report);
  const content =
    text.length < PACKED_FROM_CHARACTERS ? { report } : { packed: await packed(text) };
  const length = 'packed' in content ? content.packed.length : text.length;
  if (length > ROOM_CHARACTERS) throw new CodedError('report-too-large', `${length} characters`);
  await dropOld(length > FAIR_CHARACTERS ? 0 : MAX_REPORTS - 1);
  const id = crypto.randomUUID();
  const keep = async (some: StoredReport['thumbnails']): Promise<void> => {
    const kept: Kept = { takenAt, thumbnails: some, ...content };
    await browser.storage.session.set({ [REPORT + id]: kept });
  };
  try {
    await keep(fitting(thumbnails, FAIR_CHARACTERS - length));
  } catch {
    // Something else fills the storage.
    await dropOld(0);
    await keep({}).catch((error: unknown) => {
      throw new CodedError('report-too-large', String(error), { cause: error });
    });
  }
  return id;
}

/** The report of this id and what the person decided on it, or null where it is gone. */
export async function loadReport(
  id: string,
): Promise<{ stored: StoredReport; triage: Triage } | null> {
  const found = await browser.storage.session.get([REPORT + id, TRIAGE + id]);
  const stored = await readReport(found[REPORT + id]);
  return stored === null ? null : { stored, triage: readTriage(found[TRIAGE + id]) };
}

/** Keeps the decisions beside their report, so that a reload of its tab loses nothing. */
export async function storeTriage(id: string, triage: Triage): Promise<void> {
  await browser.storage.session.set({ [TRIAGE + id]: triage });
}
