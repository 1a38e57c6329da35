import { memoised } from '../core/memoised';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { type Look, LOOK_FORMAT, packLook, unpackLook } from '../core/look/look';
import { type Backend, BACKENDS, type Saying } from '../core/saying/prediction';
import { isSaying } from '../core/saying/prediction-checks';

/** What is kept of a picture: what the model saw. Not who asked, or how, and nothing that a setting decides. */
export interface StoredLook {
  look: Look;
  /** Looks at its two ends, where a person asked for two things in it. */
  ends?: readonly [Look, Look] | undefined;
  /** On which it was computed, for people to see. */
  backend: Backend;
  /**
   * What was said of it last, with the mark of the voice it was said in (`voiceMark`): who asks in the
   * same voice has the answer without the tables that `say` goes by.
   */
  said: { mark: string; saying: Saying } | null;
}

interface Entry extends Omit<StoredLook, 'look' | 'ends'> {
  key: string;
  format: number;
  /** See `packLook`. */
  look: Uint8Array;
  /** The same of both ends; missing where nobody asked. */
  ends?: Uint8Array[];
  /** `Date.now()` of the last use. */
  usedAt: number;
}

interface Schema extends DBSchema {
  looks: { key: string; value: Entry; indexes: { usedAt: number } };
}

/** About 2 kB an entry, of which the look is 1.1 kB: 40 MB at most. */
const MAX_ENTRIES = 20_000;
/** Pruned in steps, so that a full cache does not delete on every write. */
const PRUNED_AT_ONCE = 500;
/** A use within this time of the last one is not written again, milliseconds. */
const USE_RESOLUTION_MS = 60 * 60 * 1000;
/** What comes within this time is written together: a page brings pictures by the hundred. */
const WRITE_AFTER_MS = 250;

/** The name is of the first version, which kept predictions: another one would leave theirs on the disk for good. */
const DATABASE = 'predictions';

const database = memoised((): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(DATABASE, 2, {
    upgrade(db) {
      // Version 1 kept what was said, in stores of another shape: none of it can be read as a look.
      for (const name of [...db.objectStoreNames]) db.deleteObjectStore(name);
      db.createObjectStore('looks', { keyPath: 'key' }).createIndex('usedAt', 'usedAt');
    },
    // The browser closed it (the person deleted site data, or the disk is full): the next use opens it anew.
    terminated() {
      database.forget();
    },
  }),
);

/** What is to be written, by key. */
const unwritten = new Map<string, Entry>();
let writing: ReturnType<typeof setTimeout> | undefined;
/** How many entries the database has, as far as they were counted; counting reads every key. */
let stored: number | undefined;

/** Opens the database ahead of the first question; the first one of all takes several times as long as others. */
export async function openLooks(): Promise<void> {
  await (await database()).getKey('looks', '');
}

function readEnds(ends: unknown): [Look, Look] | undefined {
  if (!Array.isArray(ends)) return undefined;
  const [first = null, second = null] = ends.map((bytes: unknown) =>
    bytes instanceof Uint8Array ? unpackLook(bytes) : null,
  );
  return first === null || second === null ? undefined : [first, second];
}

/** The database is the browser's, and may hold what another version wrote: anything else is no look. */
function readEntry(entry: Partial<Entry>): StoredLook | null {
  const { format, look: bytes, ends, backend, said = null } = entry;
  if (format !== LOOK_FORMAT || !(bytes instanceof Uint8Array)) return null;
  const look = unpackLook(bytes);
  if (look === null || backend === undefined || !BACKENDS.includes(backend)) return null;
  const isSaid = typeof said?.mark === 'string' && isSaying(said.saying);
  return { look, ends: readEnds(ends), backend, said: isSaid ? said : null };
}

/** The stored look for a key, or null. With `touch`, it becomes the most recently used. */
export async function findLook(
  key: string,
  { touch }: { touch: boolean },
): Promise<StoredLook | null> {
  const waiting = unwritten.get(key);
  if (waiting !== undefined) return readEntry(waiting);
  const db = await database();
  const entry = await db.get('looks', key);
  if (entry === undefined) return null;
  const stored = readEntry(entry);
  const now = Date.now();
  // The time of a use, too, may be anything: what lies ahead would never make room.
  const isFresh = entry.usedAt <= now && now - entry.usedAt <= USE_RESOLUTION_MS;
  if (touch && stored !== null && !isFresh) {
    await db.put('looks', { ...entry, usedAt: now });
  }
  return stored;
}

/**
 * Stores a look, soon; it is found at once. The least recently used ones make room. The cache is a
 * convenience: what cannot be written is lost without a word.
 */
export function storeLook(key: string, { look, ends, backend, said }: StoredLook): void {
  const entry = {
    ...{ key, format: LOOK_FORMAT, look: packLook(look), backend, said, usedAt: Date.now() },
    ...(ends === undefined ? {} : { ends: ends.map(packLook) }),
  };
  unwritten.set(key, entry);
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
    const transaction = db.transaction('looks', 'readwrite');
    await Promise.all([...entries.map((entry) => transaction.store.put(entry)), transaction.done]);
    stored = stored === undefined ? await db.count('looks') : stored + entries.length;
    if (stored > MAX_ENTRIES) {
      // Looks that were written anew were counted twice.
      stored = await db.count('looks');
      if (stored > MAX_ENTRIES) {
        await prune(db);
        stored = undefined;
      }
    }
  } finally {
    for (const entry of taken) {
      if (unwritten.get(entry.key) === entry) unwritten.delete(entry.key);
    }
  }
}

async function prune(db: IDBPDatabase<Schema>): Promise<void> {
  const transaction = db.transaction('looks', 'readwrite');
  let cursor = await transaction.store.index('usedAt').openCursor();
  for (let pruned = 0; cursor !== null && pruned < PRUNED_AT_ONCE; pruned += 1) {
    await cursor.delete();
    cursor = await cursor.continue();
  }
  await transaction.done;
}

function bytesOf({ look, ends = [], ...rest }: Entry): number {
  try {
    const looks = [look, ...ends].filter((each) => each instanceof Uint8Array);
    return looks.reduce((sum, { length }) => sum + length, 0) + JSON.stringify(rest).length;
  } catch {
    return 0; // a row of another shape, with what JSON has no words for
  }
}

/** How many looks are stored, and about how many bytes they take. */
export async function measureLooks(): Promise<{ entries: number; bytes: number }> {
  await write();
  const db = await database();
  const entries = await db.count('looks');
  const sample = await db.getAll('looks', null, 20);
  const sampled = sample.reduce((sum, entry) => sum + bytesOf(entry), 0);
  return {
    entries,
    bytes: sample.length === 0 ? 0 : Math.round((sampled / sample.length) * entries),
  };
}

/** Looks that are stored, so many at most, in the order of their keys: hashes, so by chance. */
export async function sampleLooks(most: number): Promise<Look[]> {
  const db = await database();
  const entries = await db.getAll('looks', null, most);
  return entries.flatMap((entry) => readEntry(entry)?.look ?? []);
}

export async function forgetLooks(): Promise<void> {
  unwritten.clear();
  stored = undefined;
  const db = await database();
  await db.clear('looks');
}
