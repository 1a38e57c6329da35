import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { Prediction } from '../core/saying/prediction';

/** What is kept of a prediction: what the model said, not which picture was asked for, how, and what a person made of it. */
export type StoredPrediction = Omit<
  Prediction,
  'picture' | 'dismissed' | 'rung' | 'inferenceMilliseconds' | 'cached'
>;

interface Entry {
  key: string;
  prediction: StoredPrediction;
  /** `Date.now()` of the last use. */
  usedAt: number;
}

interface Schema extends DBSchema {
  predictions: { key: string; value: Entry; indexes: { usedAt: number } };
}

/** About 1 kB an entry: 20 MB at most. */
const MAX_ENTRIES = 20_000;
/** Pruned in steps, so that a full cache does not delete on every write. */
const PRUNED_AT_ONCE = 500;
/** A use within this time of the last one is not written again, milliseconds. */
const USE_RESOLUTION_MS = 60 * 60 * 1000;
/** What comes within this time is written together: a page brings pictures by the hundred. */
const WRITE_AFTER_MS = 250;

let opening: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('predictions', 1, {
    upgrade(db) {
      db.createObjectStore('predictions', { keyPath: 'key' }).createIndex('usedAt', 'usedAt');
    },
    // The browser closed it (the person deleted site data, or the disk is full): the next use opens it anew.
    terminated() {
      opening = undefined;
    },
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** What is to be written, by key. */
const unwritten = new Map<string, Entry>();
let writing: ReturnType<typeof setTimeout> | undefined;
/** How many entries the database has, as far as they were counted; counting reads every key. */
let stored: number | undefined;

/** Opens the database ahead of the first question; the first one of all takes several times as long as others. */
export async function openPredictions(): Promise<void> {
  await (await database()).getKey('predictions', '');
}

/** The stored prediction for a key, or null. With `touch`, it becomes the most recently used. */
export async function findPrediction(
  key: string,
  { touch }: { touch: boolean },
): Promise<StoredPrediction | null> {
  const waiting = unwritten.get(key);
  if (waiting !== undefined) return waiting.prediction;
  const db = await database();
  const entry = await db.get('predictions', key);
  if (entry === undefined) return null;
  const now = Date.now();
  if (touch && now - entry.usedAt > USE_RESOLUTION_MS) {
    await db.put('predictions', { ...entry, usedAt: now });
  }
  return entry.prediction;
}

/**
 * Stores a prediction, soon; it is found at once. The least recently used ones make room. The cache is a
 * convenience: what cannot be written is lost without a word.
 */
export function storePrediction(key: string, prediction: StoredPrediction): void {
  unwritten.set(key, { key, prediction, usedAt: Date.now() });
  writing ??= setTimeout(() => {
    write().catch(() => undefined);
  }, WRITE_AFTER_MS);
}

async function write(): Promise<void> {
  clearTimeout(writing);
  writing = undefined;
  const taken = [...unwritten.values()];
  if (taken.length === 0) return;
  try {
    const db = await database();
    // What was forgotten while the database opened stays forgotten.
    const entries = taken.filter((entry) => unwritten.get(entry.key) === entry);
    const transaction = db.transaction('predictions', 'readwrite');
    await Promise.all([...entries.map((entry) => transaction.store.put(entry)), transaction.done]);
    stored = stored === undefined ? await db.count('predictions') : stored + entries.length;
    if (stored > MAX_ENTRIES) {
      await prune(db);
      stored = undefined;
    }
  } finally {
    for (const entry of taken) {
      if (unwritten.get(entry.key) === entry) unwritten.delete(entry.key);
    }
  }
}

async function prune(db: IDBPDatabase<Schema>): Promise<void> {
  const transaction = db.transaction('predictions', 'readwrite');
  let cursor = await transaction.store.index('usedAt').openCursor();
  for (let pruned = 0; cursor !== null && pruned < PRUNED_AT_ONCE; pruned += 1) {
    await cursor.delete();
    cursor = await cursor.continue();
  }
  await transaction.done;
}

/** How many predictions are stored, and about how many bytes they take. */
export async function measurePredictions(): Promise<{ entries: number; bytes: number }> {
  await write();
  const db = await database();
  const entries = await db.count('predictions');
  const sample = await db.getAll('predictions', null, 20);
  const sampled = sample.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0);
  return {
    entries,
    bytes: sample.length === 0 ? 0 : Math.round((sampled / sample.length) * entries),
  };
}

export async function forgetPredictions(): Promise<void> {
  unwritten.clear();
  stored = undefined;
  const db = await database();
  await db.clear('predictions');
}
