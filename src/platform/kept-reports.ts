/** Reports on the device's disk, until the person deletes them or newer ones take their place. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { memoised } from '../core/memoised';

/** What lists tell of a report without reading it. */
export interface ReportHead {
  id: string;
  /** `Date.now()` */
  takenAt: number;
  /** Of its page. */
  url: string;
  /** How many it has. */
  images: number;
}

interface Schema extends DBSchema {
  heads: { key: string; value: ReportHead; indexes: { takenAt: number } };
  reports: { key: string; value: unknown };
  triages: { key: string; value: unknown };
}

/** One of many images with its small pictures is 2 MB. */
export const MOST_KEPT = 20;
const STORES = ['heads', 'reports', 'triages'] as const;

const database = memoised((): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>('reports', 1, {
    upgrade(db) {
      db.createObjectStore('heads', { keyPath: 'id' }).createIndex('takenAt', 'takenAt');
      db.createObjectStore('reports');
      db.createObjectStore('triages');
    },
    // The browser closed it: the next use opens it anew.
    terminated() {
      database.forget();
    },
  }),
);

/** Keeps a report; beyond the most that are kept, the oldest go. @throws where the disk has no room */
export async function keepReport(head: ReportHead, report: unknown): Promise<void> {
  const db = await database();
  const transaction = db.transaction(STORES, 'readwrite');
  const heads = transaction.objectStore('heads');
  await Promise.all([heads.put(head), transaction.objectStore('reports').put(report, head.id)]);
  const ids = await heads.index('takenAt').getAllKeys();
  const old = ids.slice(0, Math.max(0, ids.length - MOST_KEPT));
  await Promise.all(
    old.flatMap((id) => STORES.map((store) => transaction.objectStore(store).delete(id))),
  );
  await transaction.done;
}

export async function findReport(id: string): Promise<{ report: unknown; triage: unknown }> {
  const db = await database();
  const [report, triage] = await Promise.all([db.get('reports', id), db.get('triages', id)]);
  return { report, triage };
}

export async function keepTriage(id: string, triage: unknown): Promise<void> {
  const transaction = (await database()).transaction(STORES, 'readwrite');
  // Of a report that was deleted meanwhile nothing is to come back.
  const isKept = (await transaction.objectStore('heads').getKey(id)) !== undefined;
  if (isKept) await transaction.objectStore('triages').put(triage, id);
  await transaction.done;
}

/** Newest first. */
export async function listKept(): Promise<ReportHead[]> {
  const heads = await (await database()).getAllFromIndex('heads', 'takenAt');
  return heads.reverse();
}

export async function deleteKept(id: string): Promise<void> {
  const transaction = (await database()).transaction(STORES, 'readwrite');
  await Promise.all(STORES.map((store) => transaction.objectStore(store).delete(id)));
  await transaction.done;
}

export async function deleteAllKept(): Promise<void> {
  const transaction = (await database()).transaction(STORES, 'readwrite');
  await Promise.all(STORES.map((store) => transaction.objectStore(store).clear()));
  await transaction.done;
}
