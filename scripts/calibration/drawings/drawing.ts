import type { Random } from './random';

/** A picture that is no photo, as HTML to be rendered at `width` x `height` CSS px. */
export interface Drawing {
  width: number;
  height: number;
  html: string;
}

/** Draws one picture of a kind. */
export type Draw = (random: Random) => Drawing;

/** A drawing that is one SVG of `width` x `height` user units over a background. */
export function svg(width: number, height: number, background: string, content: string): Drawing {
  return {
    width,
    height,
    html: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="background:${background};display:block;font-family:sans-serif">${content}</svg>`,
  };
}

/** Points of a polyline or polygon. */
export function points(count: number, at: (index: number) => readonly [number, number]): string {
  return Array.from({ length: count }, (_, index) =>
    at(index)
      .map((value) => value.toFixed(1))
      .join(),
  ).join(' ');
}
