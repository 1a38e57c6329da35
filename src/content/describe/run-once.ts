import { isExtensionAlive } from '../../messages/client';

/**
 * Starts a content script once in a frame, however often its file is injected: the script of the same
 * extension goes on, one of a version that was replaced has left. The mark is in the extension's own
 * world, where the page doesn't see it.
 */
export function runOnce(name: string, start: (signal: AbortSignal) => void): void {
  const mark = `alt-lens-${name}`;
  const world = globalThis as Record<string, unknown>;
  const running = world[mark];
  const isRunning = running instanceof AbortController && !running.signal.aborted;
  if (isRunning || !isExtensionAlive()) return;
  const controller = new AbortController();
  world[mark] = controller;
  start(controller.signal);
}
