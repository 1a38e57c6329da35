import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { CodedError } from '../core/errors';
import { memoised } from '../core/memoised';
import { createOneAtATime } from '../core/one-at-a-time';
import { isThumbnail } from '../core/report/thumbnail-address';
import {
  isOwnExample,
  isOwnLabel,
  MAX_OWN_EXAMPLES,
  MAX_OWN_LABELS,
  type OwnExample,
  type OwnLabel,
  type Taught,
} from '../core/teaching/own-label';

interface Schema extends DBSchema {
  labels: { key: string; value: OwnLabel };
  examples: { key: string; value: OwnExample };
  /** Small copies as `data:` URLs, by example: read only where they are shown. */
  thumbnails: { key: string; value: string };
}

/** What is written at once or not at all. */
export interface OwnChange {
  putLabels?: readonly OwnLabel[];
  putExamples?: readonly OwnExample[];
  /** By id of their example. */
  putThumbnails?: ReadonlyMap<string, string>;
  /** Ids. What is left of a label without examples goes with it. */
  dropLabels?: readonly string[];
  dropExamples?: readonly string[];
}

interface Known extends Taught {
  db: IDBPDatabase<Schema>;
}

const STORES = ['labels', 'examples', 'thumbnails'] as const;

/** Read once: no picture waits for the database. */
const load = memoised(open);
const inTurn = createOneAtATime();

async function open(): Promise<Known> {
  const db = await openDB<Schema>('own-labels', 1, {
    upgrade(created) {
      created.createObjectStore('labels', { keyPath: 'id' });
      created.createObjectStore('examples', { keyPath: 'id' });
      created.createObjectStore('thumbnails');
    },
    // The browser closed it (the person deleted site data): the next use opens it anew.
    terminated() {
      load.forget();
    },
  });
  const [labels, examples] = await Promise.all([db.getAll('labels'), db.getAll('examples')]);
  return { db, ...readTaught(labels, examples) };
}

/** The database is the browser's, and may hold what another version wrote: what does not fit is left out. */
function readTaught(labels: unknown[], examples: unknown[]): Taught {
  const known = labels.filter((each) => isOwnLabel(each));
  const ids = new Set(known.map(({ id }) => id));
  return {
    labels: known,
    examples: examples.filter(
      (each): each is OwnExample => isOwnExample(each) && ids.has(each.label),
    ),
  };
}

/** All that was taught, in the order of ids; a new object after each change. */
export async function loadTaught(): Promise<Taught> {
  return await load();
}

function changed({ labels, examples }: Taught, change: OwnChange): Taught {
  const { putLabels = [], putExamples = [], dropLabels = [], dropExamples = [] } = change;
  const goneLabels = new Set(dropLabels);
  const gone = new Set(dropExamples);
  const replaced = new Set(putExamples.map(({ id }) => id));
  const renewed = new Set(putLabels.map(({ id }) => id));
  const kept = examples.filter(
    ({ id, label }) => !gone.has(id) && !replaced.has(id) && !goneLabels.has(label),
  );
  return {
    labels: [...labels.filter(({ id }) => !goneLabels.has(id) && !renewed.has(id)), ...putLabels],
    examples: [...kept, ...putExamples],
  };
}

/**
 * Makes changes as one: after a stop of the worker in their midst all of them are there, or none.
 * @param edit what to change of what is there; null for nothing
 * @returns what is there now
 * @throws CodedError `own-labels-full`
 */
export function changeTaught(edit: (taught: Taught) => OwnChange | null): Promise<Taught> {
  return inTurn(async () => {
    const known = await load();
    const change = edit(known);
    if (change === null) return known;
    const after = changed(known, change);
    if (after.labels.length > MAX_OWN_LABELS || after.examples.length > MAX_OWN_EXAMPLES) {
      throw new CodedError('own-labels-full', `${after.examples.length} examples are too many.`);
    }
    const left = new Set(after.examples.map(({ id }) => id));
    const transaction = known.db.transaction(STORES, 'readwrite', { durability: 'strict' });
    const [labels, examples, thumbnails] = STORES.map((name) => transaction.objectStore(name));
    const gone = known.examples.filter(({ id }) => !left.has(id)).map(({ id }) => id);
    await Promise.all([
      ...(change.dropLabels ?? []).map((id) => labels?.delete(id)),
      ...gone.flatMap((id) => [examples?.delete(id), thumbnails?.delete(id)]),
      ...(change.putLabels ?? []).map((label) => transaction.objectStore('labels').put(label)),
      ...(change.putExamples ?? []).map((one) => transaction.objectStore('examples').put(one)),
      ...[...(change.putThumbnails ?? [])].map(([id, thumbnail]) =>
        transaction.objectStore('thumbnails').put(thumbnail, id),
      ),
      transaction.done,
    ]);
    load.set({ db: known.db, ...after });
    return after;
  });
}

/** The small copies that are kept, by example. */
export async function loadOwnThumbnails(): Promise<ReadonlyMap<string, string>> {
  const { db } = await load();
  const [keys, values] = await Promise.all([db.getAllKeys('thumbnails'), db.getAll('thumbnails')]);
  return new Map(
    keys.flatMap((key, place): [string, string][] => {
      const thumbnail: unknown = values[place];
      return isThumbnail(thumbnail) ? [[key, thumbnail]] : [];
    }),
  );
}

/** Forgets the small copies, and nothing else. */
export async function forgetOwnThumbnails(): Promise<void> {
  await (await load()).db.clear('thumbnails');
}
