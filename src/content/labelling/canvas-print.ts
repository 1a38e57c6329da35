const SIDE_PX = 16;
const INTERVAL_MS = 300;
const MAX_SAMPLES = 10;

/**
 * How a canvas looks, coarsely: 16 x 16 pixels as a string, `''` where it is blank; null where the page
 * may not read it.
 */
export function canvasPrint(canvas: HTMLCanvasElement): string | null {
  if (canvas.width === 0 || canvas.height === 0) return '';
  const context = new OffscreenCanvas(SIDE_PX, SIDE_PX).getContext('2d', {
    willReadFrequently: true,
  });
  if (context === null) return null;
  context.drawImage(canvas, 0, 0, SIDE_PX, SIDE_PX);
  try {
    const { data } = context.getImageData(0, 0, SIDE_PX, SIDE_PX);
    return data.some((value) => value !== 0) ? data.join() : '';
  } catch {
    return null;
  }
}

/**
 * Waits until a canvas looks the same twice in a row, looking ten times at most.
 * @returns how it looks then; undefined where it is blank or moves all the time, or the signal fired
 */
export async function settledPrint(
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
): Promise<string | null | undefined> {
  let before: string | null = '';
  for (let sample = 0; sample < MAX_SAMPLES && !signal.aborted; sample += 1) {
    const print = canvasPrint(canvas);
    // What can't be read never changes; the ladder says why it failed.
    if (print === null || (print !== '' && print === before)) return print;
    before = print;
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
  return undefined;
}
