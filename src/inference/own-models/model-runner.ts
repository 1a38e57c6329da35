import { isCodedError } from '../../core/errors';
import { createOneAtATime } from '../../core/one-at-a-time';
import type { ModelParts } from '../../core/own-models/model-parts';
import type { Backend } from '../../core/saying/prediction';
import { withinTime } from '../engine/time-box';
import type { OpenModel } from './open-model';

/** A backend of tfjs that is open. */
export interface OpenBackend {
  /** Makes this backend tfjs's current one. */
  use: () => Promise<void>;
  /** Is its device lost? Then what it gave last is worth nothing. */
  isLost: () => boolean;
  /** Never throws. */
  close: () => void;
}

/** A way to a backend. */
export interface BackendDoor {
  name: Backend;
  /**
   * @param isWanted did the person choose this backend? Else a GPU that is computed on the CPU is refused.
   * @throws where the backend cannot work here
   */
  open: (isWanted: boolean) => Promise<OpenBackend>;
}

/** Runs models on the first backend that can. */
export interface ModelRunner {
  /**
   * Does something with a model on the first backend that can do it, one after the other: one that fails, or
   * whose device is lost meanwhile, makes way for the next.
   * @param pinned the backend that the person chose, which comes first
   * @throws Error with each backend's reason; at once, what has a code
   */
  withModel: <T>(
    id: string,
    parts: () => Promise<ModelParts>,
    use: (model: OpenModel) => Promise<T>,
    pinned: Backend | null,
  ) => Promise<{ value: T; backend: Backend }>;
  /** Frees what is held of a model. */
  forget: (id: string) => void;
}

/** A model of 64 MB on plain JavaScript needs less. */
const PATIENCE_MS = 60_000;

interface Held {
  backend: OpenBackend;
  models: Map<string, OpenModel>;
}

/** @param doors the best backend first */
export function createModelRunner(
  doors: readonly BackendDoor[],
  open: (parts: ModelParts) => Promise<OpenModel>,
): ModelRunner {
  const inTurn = createOneAtATime();
  const held = new Map<Backend, Held>();
  /** Names of backends that do not work here (any more), and of those that a model does not run on. */
  const refused = new Set<string>();

  function drop(name: Backend): void {
    const { backend, models } = held.get(name) ?? {};
    held.delete(name);
    for (const model of models?.values() ?? []) model.close();
    backend?.close();
  }

  async function heldOf({ name, open: enter }: BackendDoor, isWanted: boolean): Promise<Held> {
    const known = held.get(name);
    if (known !== undefined && !known.backend.isLost()) return known;
    drop(name);
    const opened = { backend: await enter(isWanted), models: new Map<string, OpenModel>() };
    held.set(name, opened);
    return opened;
  }

  async function modelOn({ models }: Held, id: string, parts: () => Promise<ModelParts>) {
    const known = models.get(id);
    if (known !== undefined) return known;
    const model = await open(await parts());
    models.set(id, model);
    return model;
  }

  async function attempt<T>(
    place: Held,
    id: string,
    parts: () => Promise<ModelParts>,
    use: (model: OpenModel) => Promise<T>,
  ): Promise<T> {
    await place.backend.use();
    const value = await use(await modelOn(place, id, parts));
    if (place.backend.isLost()) throw new Error('The device was lost.');
    return value;
  }

  return {
    withModel: (id, parts, use, pinned) =>
      inTurn(async () => {
        const order = doors.toSorted(
          (one, other) => Number(other.name === pinned) - Number(one.name === pinned),
        );
        const reasons: string[] = [];
        for (const door of order) {
          const { name } = door;
          if (refused.has(name) || refused.has(`${name} ${id}`)) continue;
          let place: Held;
          try {
            place = await withinTime(heldOf(door, name === pinned), PATIENCE_MS, name);
          } catch (error) {
            reasons.push(`${name}: ${String(error)}`);
            refused.add(name);
            continue;
          }
          try {
            const running = attempt(place, id, parts, use);
            return { value: await withinTime(running, PATIENCE_MS, name), backend: name };
          } catch (error) {
            if (isCodedError(error) && !place.backend.isLost()) throw error;
            reasons.push(`${name}: ${String(error)}`);
            refused.add(place.backend.isLost() ? name : `${name} ${id}`);
            if (place.backend.isLost()) drop(name);
            else place.models.delete(id);
          }
        }
        throw new Error(reasons.join('; ') || 'No backend runs this model.');
      }),
    forget(id) {
      for (const { models } of held.values()) {
        models.get(id)?.close();
        models.delete(id);
      }
      for (const { name } of doors) refused.delete(`${name} ${id}`);
    },
  };
}
