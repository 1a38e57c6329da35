import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { shapeOf, textUpTo, wholeFrom } from '../core/check';
import { memoised } from '../core/memoised';
import type { Dismissal } from '../core/saying/dismissal';
import { keepsBack } from '../core/saying/keeps-back';
import { isSynset } from '../core/saying/prediction-checks';
import { comparable, copiesOf, type Comparable } from '../core/teaching/copies';
import { isSight, type Sight } from '../core/teaching/own-label';

interface Entry extends Dismissal {
  /** `Date.now()` of the last time that its picture was spoken of. */
  usedAt: number;
  /** By which the picture is known in another size or quality; null where it was dismissed before that was kept. */
  sight: Sight | null;
}

interface Schema extends DBSchema {
  dismissals: { key: [string, string]; value: Entry; indexes: { usedAt: number } };
}

/** More than a person dismisses in years; about 200 B each, all of them in the worker's memory. */
const MAX_ENTRIES = 5000;
/** A use within this time of the last one is not written again, milliseconds. */
const USE_RESOLUTION_MS = 24 * 60 * 60 * 1000;

interface Known {
  db: IDBPDatabase<Schema>;
  /** By picture, the least recently used first. */
  entries: Map<string, Entry[]>;
  /** By picture, of those that have one. */
  sights: Map<string, Comparable & { picture: string }>;
  size: number;
}

const isDismissal = shapeOf({ picture: textUpTo(100), synset: isSynset });
const isTime = wholeFrom(0, Number.MAX_SAFE_INTEGER);

/** The database is the browser's, and may hold what another version wrote: what is no dismissal is left out. */
function readEntries(stored: unknown[]): Entry[] {
  const now = Date.now();
  return stored
    .filter((each) => isDismissal(each))
    .map((each: Dismissal & { usedAt?: unknown; sight?: unknown }) => {
      const { picture, synset, usedAt, sight } = each;
      return {
        ...{ picture, synset, sight: isSight(sight) ? sight : null },
        // The person's word counts, also where its time makes no sense.
        usedAt: isTime(usedAt) && usedAt <= now ? usedAt : 0,
      };
    })
    .sort((one, other) => one.usedAt - other.usedAt);
}

/** Read once: no picture waits for the database, and nearly none has a dismissal. */
const load = memoised(open);

async function open(): Promise<Known> {
  const db = await openDB<Schema>('dismissals', 1, {
    upgrade(created) {
      created
        .createObjectStore('dismissals', { keyPath: ['picture', 'synset'] })
        .createIndex('usedAt', 'usedAt');
    },
    // The browser closed it (the person deleted site data): the next use opens it anew.
    terminated() {
      load.forget();
    },
  });
  const known: Known = { db, entries: new Map(), sights: new Map(), size: 0 };
  for (const entry of readEntries(await db.getAll('dismissals'))) note(known, entry);
  return known;
}

/** Makes the entry the most recently used one. */
function note(known: Known, entry: Entry): void {
  const { picture, synset } = entry;
  const before = known.entries.get(picture) ?? [];
  const others = before.filter((each) => each.synset !== synset);
  known.size += 1 + others.length - before.length;
  known.entries.delete(picture);
  known.entries.set(picture, [...others, entry]);
  const { sight } = entry;
  if (sight !== null) known.sights.set(picture, { ...comparable(sight), picture });
}

/**
 * The pictures with dismissals that are this one in another size or quality.
 * @param sightOf asked only where something is dismissed: every picture comes by here
 */
export async function dismissedCopies(sightOf: () => Sight): Promise<string[]> {
  const { sights } = await load();
  return sights.size === 0
    ? []
    : copiesOf(sightOf(), sights.values()).map(({ picture }) => picture);
}

/** Reads them ahead of the first question. */
export async function openDismissals(): Promise<void> {
  await load();
}

/** The labels of a picture that the person dismissed, as synsets. With `touch`, they become the most recently used. */
export async function dismissedLabels(
  picture: string,
  { touch }: { touch: boolean },
): Promise<string[]> {
  const known = await load();
  const entries = known.entries.get(picture) ?? [];
  const usedAt = Date.now();
  for (const entry of touch ? entries : []) {
    if (usedAt - entry.usedAt <= USE_RESOLUTION_MS) continue;
    const used = { ...entry, usedAt };
    note(known, used);
    // The picture does not wait for it; lost, it is written at the next use.
    known.db.put('dismissals', used).catch(() => undefined);
  }
  return entries.map(({ synset }) => synset);
}

/** Remembers that these labels are wrong; the least recently used ones make room. */
export async function storeDismissals(
  dismissals: readonly (Dismissal & { sight?: Sight | null })[],
): Promise<void> {
  const known = await load();
  const entries = dismissals.map(({ picture, synset, sight = null }) => ({
    ...{ picture, synset, sight },
    usedAt: Date.now(),
  }));
  const transaction = known.db.transaction('dismissals', 'readwrite');
  await Promise.all([...entries.map((entry) => transaction.store.put(entry)), transaction.done]);
  for (const entry of entries) note(known, entry);
  for (const [picture, old] of known.entries) {
    if (known.size <= MAX_ENTRIES) break;
    await remove(known, picture, old);
  }
}

/** Takes back every dismissal that keeps this label of this picture back. @returns their synsets */
export async function removeDismissal({ picture, synset }: Dismissal): Promise<string[]> {
  const known = await load();
  const taken = known.entries.get(picture)?.filter((each) => keepsBack(each.synset, synset)) ?? [];
  await remove(known, picture, taken);
  return taken.map((each) => each.synset);
}

async function remove(known: Known, picture: string, taken: readonly Entry[]): Promise<void> {
  const transaction = known.db.transaction('dismissals', 'readwrite');
  await Promise.all([
    ...taken.map(({ synset }) => transaction.store.delete([picture, synset])),
    transaction.done,
  ]);
  const left = known.entries.get(picture)?.filter((each) => !taken.includes(each)) ?? [];
  known.size -= (known.entries.get(picture)?.length ?? 0) - left.length;
  if (left.length === 0) {
    known.entries.delete(picture);
    known.sights.delete(picture);
  } else known.entries.set(picture, left);
}

export async function countDismissals(): Promise<number> {
  return (await load()).size;
}

/** Forgets all of them. @returns what was forgotten, to bring it back with `storeDismissals` */
export async function forgetDismissals(): Promise<Dismissal[]> {
  const known = await load();
  await known.db.clear('dismissals');
  const forgotten = [...known.entries.values()].flat();
  known.entries.clear();
  known.sights.clear();
  known.size = 0;
  return forgotten.map(({ picture, synset }) => ({ picture, synset }));
}
