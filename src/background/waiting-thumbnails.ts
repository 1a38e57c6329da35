import type { Raster } from '../core/look/raster';
import { inNextTurn } from './next-turn';
import { makeThumbnail } from './thumbnails';

const MAX_WAITING = 16;

/** Thumbnails wait here for the outcome of their request, which the page sends when its card is shown. */
export interface WaitingThumbnails {
  /**
   * Has one made once its picture's answer has left, or there is none: making one holds the thread for
   * milliseconds. The oldest gives way where too many wait.
   */
  keep: (requestId: string, raster: Raster, answer: Promise<unknown>) => void;
  drop: (requestId: string) => void;
  /** Once, as a `data:` URL; null where it is not known (any more) or could not be made. */
  take: (requestId: string) => Promise<string | null>;
}

export function createWaitingThumbnails(): WaitingThumbnails {
  const waiting = new Map<string, Promise<string | null>>();

  return {
    keep(requestId, raster, answer) {
      const hasLeft = answer.catch(() => undefined).then(() => new Promise<void>(inNextTurn));
      waiting.set(
        requestId,
        hasLeft.then(() => makeThumbnail(raster)).catch(() => null),
      );
      const [oldest] = waiting.keys();
      if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
    },
    drop(requestId) {
      waiting.delete(requestId);
    },
    async take(requestId) {
      const thumbnail = waiting.get(requestId);
      waiting.delete(requestId);
      return (await thumbnail) ?? null;
    },
  };
}
