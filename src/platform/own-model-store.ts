import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { shapeOf, type Check } from '../core/check';
import { CodedError } from '../core/errors';
import { memoised } from '../core/memoised';
import { createOneAtATime } from '../core/one-at-a-time';
import type { ModelParts } from '../core/own-models/model-parts';
import { MAX_OWN_MODELS } from '../core/own-models/own-answer';
import { isOwnModel, type OwnModel } from '../core/own-models/own-model';

interface Schema extends DBSchema {
  models: { key: string; value: OwnModel };
  /** What TensorFlow.js is given, by model: read only when the model runs. */
  parts: { key: string; value: ModelParts };
}

interface Known {
  db: IDBPDatabase<Schema>;
  models: readonly OwnModel[];
}

/** So long a deleted model can be brought back. */
const UNDO_MS = 10 * 60 * 1000;

/** What models did not have that earlier versions stored. */
const LATER = { isInstead: false };

const load = memoised(open);
const inTurn = createOneAtATime();

async function open(): Promise<Known> {
  const db = await openDB<Schema>('own-models', 1, {
    upgrade(created) {
      created.createObjectStore('models', { keyPath: 'id' });
      created.createObjectStore('parts');
    },
    // The browser closed it (the person deleted site data): the next use opens it anew.
    terminated() {
      load.forget();
    },
  });
  // The database may hold what another version wrote: what does not fit is left out.
  const stored: unknown[] = await db.getAll('models');
  const models = stored.map((each) => ({ ...LATER, ...(each as object) }));
  return { db, models: models.filter((each) => isOwnModel(each)) };
}

/** Models that were deleted and cannot be brought back any more. */
function over({ models }: Known): OwnModel[] {
  const latest = Date.now() - UNDO_MS;
  return models.filter(({ deletedAt }) => deletedAt !== null && deletedAt < latest);
}

/** All models in the order in which they were added, those that are deleted and can be brought back among them. */
export async function loadOwnModels(): Promise<OwnModel[]> {
  const { models } = await load();
  return models.toSorted((one, other) => one.addedAt - other.addedAt);
}

/** Removes what was deleted a while ago for good. */
export function sweepOwnModels(): Promise<void> {
  return inTurn(async () => {
    const known = await load();
    const gone = over(known);
    if (gone.length === 0) return;
    const transaction = known.db.transaction(['models', 'parts'], 'readwrite');
    await Promise.all([
      ...gone.flatMap(({ id }) => [
        transaction.objectStore('models').delete(id),
        transaction.objectStore('parts').delete(id),
      ]),
      transaction.done,
    ]);
    load.set({ ...known, models: known.models.filter((each) => !gone.includes(each)) });
  });
}

/**
 * Stores a model with its parts, both or none.
 * @throws CodedError `own-model-full`
 */
export function addOwnModel(model: OwnModel, parts: ModelParts): Promise<void> {
  return inTurn(async () => {
    const known = await load();
    if (known.models.filter(({ deletedAt }) => deletedAt === null).length >= MAX_OWN_MODELS) {
      throw new CodedError('own-model-full', `${MAX_OWN_MODELS} models are kept.`);
    }
    const transaction = known.db.transaction(['models', 'parts'], 'readwrite', {
      durability: 'strict',
    });
    await Promise.all([
      transaction.objectStore('models').put(model),
      transaction.objectStore('parts').put(parts, model.id),
      transaction.done,
    ]);
    load.set({ ...known, models: [...known.models, model] });
  });
}

/** Changes what is known of a model; one that is not there (any more) is left alone. */
export function changeOwnModel(id: string, changes: Partial<OwnModel>): Promise<void> {
  return inTurn(async () => {
    const known = await load();
    const model = known.models.find((each) => each.id === id);
    if (model === undefined) return;
    const changed = { ...model, ...changes };
    await known.db.put('models', changed);
    load.set({
      ...known,
      models: known.models.map((each) => (each.id === id ? changed : each)),
    });
  });
}

const isBytes: Check<Uint8Array> = (value): value is Uint8Array => value instanceof Uint8Array;
const isParts = shapeOf({ weights: isBytes });

/** What TensorFlow.js is given. @throws Error where it is not there (any more) */
export async function loadModelParts(id: string): Promise<ModelParts> {
  const { db } = await load();
  const parts = await db.get('parts', id);
  if (parts === undefined || !isParts(parts)) throw new Error('The model is not there any more.');
  return parts;
}

export function forgetOwnModels(): Promise<void> {
  return inTurn(async () => {
    const known = await load();
    const transaction = known.db.transaction(['models', 'parts'], 'readwrite');
    await Promise.all([
      transaction.objectStore('models').clear(),
      transaction.objectStore('parts').clear(),
      transaction.done,
    ]);
    load.set({ ...known, models: [] });
  });
}
