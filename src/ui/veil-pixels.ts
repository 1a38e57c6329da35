import type { Heat } from '../core/where/where';

/** The veil's colour, and how much of a picture it takes at most. */
const VEIL = [12, 14, 40] as const;
const THICKEST = 0.78;

/**
 * Paints a veil that is thin where a label comes from, a pixel a place: dark against light, so that no
 * colour of a picture hides it, and no colour of ours is to be told from another.
 */
export function paintVeil(canvas: HTMLCanvasElement, { side, values }: Heat): void {
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (context === null) return;
  // Not as an ImageData: in a page Firefox draws none of ours.
  values.forEach((value, place) => {
    context.fillStyle = `rgb(${VEIL.join(' ')} / ${((255 - value) * THICKEST) / 255})`;
    context.fillRect(place % side, Math.floor(place / side), 1, 1);
  });
}
