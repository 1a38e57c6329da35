import { memoised } from '../core/memoised';
import { askWorker } from '../messages/client';
import type { PartName } from '../messages/protocol';

/** A script of ours that another one of the same frame puts there when it first needs it. */
export interface Part<T> {
  /** Offers what the script does to the other; a newer version takes the place of an older one. */
  offer: (part: T) => void;
  /** What the script does; null where it is not (yet) in this frame. */
  readonly loaded: T | null;
  /**
   * Puts the script into this frame where it is not yet in it.
   * @throws CodedError where the frame may not be scripted any more, or the extension is gone
   */
  load: () => Promise<T>;
}

/** The part of this name, in the extension's own world, where the page doesn't see it. */
export function partOf<T>(name: PartName): Part<T> {
  const key = `alt-lens-${name}`;
  const world = globalThis as unknown as Record<string, T | undefined>;
  /** Only what was loaded by this very script: an older version may have left its own. */
  let loaded: T | null = null;
  return {
    offer: (part) => {
      world[key] = part;
    },
    get loaded() {
      return loaded;
    },
    load: memoised(async () => {
      await askWorker('loadPart', { part: name });
      const found = world[key];
      if (found === undefined) throw new Error(`The script ${name} offers nothing.`);
      loaded = found;
      return found;
    }),
  };
}
