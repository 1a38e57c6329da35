import type { Raster } from './raster';

/** A picture is wide or tall from this ratio of its sides on: under it its ends show much of the same. */
const LEAST_RATIO = 1.5;

export function isWideOrTall({ width, height }: Pick<Raster, 'width' | 'height'>): boolean {
  return Math.max(width, height) >= LEAST_RATIO * Math.min(width, height);
}

/** The square at the left or upper end of a picture, and the one at the other end. */
export function endsOf({ width, height, data }: Raster): [Raster, Raster] {
  const side = Math.min(width, height);
  const squareAt = (left: number, top: number): Raster => {
    const square = new Uint8ClampedArray(side * side * 4);
    for (let row = 0; row < side; row += 1) {
      const start = ((top + row) * width + left) * 4;
      square.set(data.subarray(start, start + side * 4), row * side * 4);
    }
    return { width: side, height: side, data: square };
  };
  return [squareAt(0, 0), squareAt(width - side, height - side)];
}
