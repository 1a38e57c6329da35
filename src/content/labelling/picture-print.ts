import { isFirefox } from '../../platform/which-browser';

const SIDE_PX = 16;
const INTERVAL_MS = 300;
const MAX_SAMPLES = 10;
/** A cell of the print differs where one of its values (of 255) is so much larger or smaller. */
const CELL_STEP = 24;
/** A picture is another one where one cell in twenty differs: noise and a blinking cursor are below. */
const MAX_DIFFERING = Math.floor((SIDE_PX * SIDE_PX) / 20);

/** What has looks that can be told. */
export type Drawn = HTMLCanvasElement | HTMLImageElement;

/** How a picture looks, coarsely: 16 x 16 pixels, RGBA; or why there are none. */
export type Print = Uint8ClampedArray | 'blank' | 'unreadable';

/** How an element looks now; `unreadable` where the page may not read it. */
export function printOf(element: Drawn): Print {
  if (element instanceof HTMLCanvasElement && element.width * element.height === 0) return 'blank';
  const context = new OffscreenCanvas(SIDE_PX, SIDE_PX).getContext('2d', {
    willReadFrequently: true,
  });
  if (context === null) return 'unreadable';
  let frame: VideoFrame | null = null;
  try {
    // Of a camera Firefox goes on drawing the picture that was drawn first: findings/firefox-camera-canvas.sh.
    if (element instanceof HTMLImageElement && isFirefox()) {
      frame = new VideoFrame(element, { timestamp: 0 });
    }
    context.drawImage(frame ?? element, 0, 0, SIDE_PX, SIDE_PX);
    const { data } = context.getImageData(0, 0, SIDE_PX, SIDE_PX);
    return data.some((value) => value !== 0) ? data : 'blank';
  } catch {
    return 'unreadable';
  } finally {
    frame?.close();
  }
}

/** Do two prints show something else? */
export function differ(one: Print | null, other: Print | null): boolean {
  if (!(one instanceof Uint8ClampedArray) || !(other instanceof Uint8ClampedArray)) {
    return one !== other;
  }
  let differing = 0;
  for (let cell = 0; cell < one.length; cell += 4) {
    for (let at = cell; at < cell + 4; at += 1) {
      if (Math.abs((one[at] ?? 0) - (other[at] ?? 0)) < CELL_STEP) continue;
      differing += 1;
      break;
    }
  }
  return differing > MAX_DIFFERING;
}

/**
 * Waits until an element looks the same twice in a row, looking ten times at most.
 * @returns how it looks then, and whether it has settled: not where it is blank or moves all the time, or
 *   the signal fired
 */
export async function settledPrint(
  element: Drawn,
  signal: AbortSignal,
): Promise<{ print: Print; isSettled: boolean }> {
  let before: Print = 'blank';
  for (let sample = 0; sample < MAX_SAMPLES && !signal.aborted; sample += 1) {
    const print = printOf(element);
    // What can't be read never changes; the ladder says why it failed.
    const isSettled = print === 'unreadable' || (print !== 'blank' && !differ(print, before));
    if (isSettled) return { print, isSettled };
    before = print;
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
  return { print: before, isSettled: false };
}
