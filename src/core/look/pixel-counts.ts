/** What is counted in a picture's pixels to tell photos from what is none. */
import type { Raster } from './raster';

/** Largest difference of a channel between neighbouring pixels, 0-255. */
export const FLAT_BELOW = 3; // JPEG leaves that much on an even surface
export const EDGE_ABOVE = 24; // an outline or a letter; a photo's contours are softer at 256 px

/** Colours are counted at 4 bits a channel. */
const COLOUR_BITS = 4;
export const COLOURS = 2 ** (3 * COLOUR_BITS);
export const TOP_COLOURS = 8;

/** Of a picture over white; a pair is two pixels side by side or one above the other. */
export interface PixelCounts {
  /** Of the picture, px. */
  width: number;
  height: number;
  /** Pairs that are not flat. */
  uneven: number;
  /** Of these, the ones that differ a lot. */
  edges: number;
  /** Pixels of the commonest colour. */
  commonestColour: number;
  /** Pixels of the eight next ones. */
  nextColours: number;
}

function isOpaque({ data }: Raster): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) return false;
  return true;
}

/** Values of a pixel; the fourth is not looked at. */
const PIXEL_VALUES = 4;

/** The picture over white, 0-255. Most pictures are opaque, and are so already. */
function overWhite(raster: Raster): Uint8ClampedArray {
  const { data } = raster;
  if (isOpaque(raster)) return data;
  const rgb = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += PIXEL_VALUES) {
    const opacity = (data[at + 3] ?? 255) / 255;
    const white = 255 * (1 - opacity);
    rgb[at] = (data[at] ?? 0) * opacity + white;
    rgb[at + 1] = (data[at + 1] ?? 0) * opacity + white;
    rgb[at + 2] = (data[at + 2] ?? 0) * opacity + white;
  }
  return rgb;
}

/** The largest difference of a channel between two pixels, by the places of their first values. */
function differenceOf(rgb: Uint8ClampedArray, one: number, other: number): number {
  const red = Math.abs((rgb[one] ?? 0) - (rgb[other] ?? 0));
  const green = Math.abs((rgb[one + 1] ?? 0) - (rgb[other + 1] ?? 0));
  const blue = Math.abs((rgb[one + 2] ?? 0) - (rgb[other + 2] ?? 0));
  const larger = red > green ? red : green;
  return larger > blue ? larger : blue;
}

function countNeighbours(
  rgb: Uint8ClampedArray,
  width: number,
  height: number,
): Pick<PixelCounts, 'uneven' | 'edges'> {
  let uneven = 0;
  let edges = 0;
  const count = (difference: number): void => {
    if (difference >= FLAT_BELOW) uneven += 1;
    if (difference > EDGE_ABOVE) edges += 1;
  };
  const rowValues = width * PIXEL_VALUES;
  for (let y = 0, at = 0; y < height; y += 1) {
    const end = at + rowValues;
    const isLast = y + 1 === height;
    for (; at < end; at += PIXEL_VALUES) {
      if (at + PIXEL_VALUES < end) count(differenceOf(rgb, at, at + PIXEL_VALUES));
      if (!isLast) count(differenceOf(rgb, at, at + rowValues));
    }
  }
  return { uneven, edges };
}

function countColours(
  rgb: Uint8ClampedArray,
): Pick<PixelCounts, 'commonestColour' | 'nextColours'> {
  const counts = new Uint32Array(COLOURS);
  const shift = 8 - COLOUR_BITS;
  for (let at = 0; at < rgb.length; at += PIXEL_VALUES) {
    const red = (rgb[at] ?? 0) >> shift;
    const green = (rgb[at + 1] ?? 0) >> shift;
    const blue = (rgb[at + 2] ?? 0) >> shift;
    const colour = (((red << COLOUR_BITS) | green) << COLOUR_BITS) | blue;
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  counts.sort();
  return {
    commonestColour: counts.at(-1) ?? 0,
    nextColours: counts.slice(-1 - TOP_COLOURS, -1).reduce((sum, count) => sum + count, 0),
  };
}

/** @param raster the whole picture as it travelled to the worker. */
export function countPixels(raster: Raster): PixelCounts {
  const { width, height } = raster;
  const rgb = overWhite(raster);
  return { width, height, ...countNeighbours(rgb, width, height), ...countColours(rgb) };
}
