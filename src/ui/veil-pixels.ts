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
  const pixels = new ImageData(side, side);
  values.forEach((value, place) => {
    pixels.data.set([...VEIL, (255 - value) * THICKEST], place * 4);
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}
