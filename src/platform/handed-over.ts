/**
 * A message that is put into a frame beside the script that is to hear it, and not sent after it: the way
 * there is gone once, while the browser still reads the script's file. It lies in the extension's own world,
 * where the page doesn't see it.
 */
import { browser } from './browser';

const PLACE = 'alt-lens-handed-over';

type Hear = (message: unknown) => void;

/** Runs in the frame, alone: nothing of this module is there. */
function put(name: string, text: string): void {
  const world = globalThis as Record<symbol, unknown>;
  const place = Symbol.for(name);
  const hear = world[place];
  if (typeof hear === 'function') (hear as (text: string) => void)(text);
  else world[place] = text;
}

/**
 * Puts a message into a frame for the script that is there, or is coming.
 * @throws Error where nothing may be put into it
 */
export async function handOver(tabId: number, frameId: number, message: object): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId, frameIds: [frameId] },
    func: put,
    // As a text: of an object Chrome leaves out whatever is null.
    args: [PLACE, JSON.stringify(message)],
  });
}

/**
 * Hears what was put into this frame, and what is from now on, until the signal fires.
 * @param isAlive a script of an extension that was replaced leaves it to the next one
 */
export function hearHandedOver(hear: Hear, isAlive: () => boolean, signal: AbortSignal): void {
  const world = globalThis as Record<symbol, unknown>;
  const place = Symbol.for(PLACE);
  const waiting = world[place];
  world[place] = (text: string) => {
    if (isAlive()) hear(JSON.parse(text));
    else world[place] = text;
  };
  signal.addEventListener('abort', () => {
    world[place] = undefined;
  });
  // In a turn of its own, as a message that is sent: the script starts as a whole first.
  if (typeof waiting === 'string') {
    queueMicrotask(() => {
      hear(JSON.parse(waiting));
    });
  }
}
