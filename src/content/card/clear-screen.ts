import { boxOf } from '../dom';
import { drawnStages } from '../layer';
import { intersect, type Box } from './card-placement';

/** The screen is captured first thing by the worker; the model may take longer than the card may be gone. */
const HIDDEN_TIMEOUT_MS = 1500;

/** Hides the card, and what else is ours, while a capture of this box runs, if one lies over it. */
export async function withClearScreen<T>(
  view: Window,
  surface: Element,
  box: Box,
  capture: () => Promise<T>,
): Promise<T> {
  const ours = drawnStages([view.document, document]);
  const isCovered = intersect(box, boxOf(surface)) !== null;
  if (!isCovered && ours.length === 1) return await capture();
  for (const each of ours) each.hidden = true;
  const unhide = () => {
    for (const each of ours) each.hidden = false;
  };
  try {
    await twoFrames(view);
    const timeout = AbortSignal.timeout(HIDDEN_TIMEOUT_MS);
    timeout.addEventListener('abort', unhide);
    return await capture();
  } finally {
    unhide();
  }
}

/** One frame to draw the change, one until it is on the screen. */
async function twoFrames(view: Window): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) {
    await new Promise((resolve) => view.requestAnimationFrame(resolve));
  }
}
