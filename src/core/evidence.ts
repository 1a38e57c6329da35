/**
 * Is this a photo, of the sort the model knows? Charts, screenshots, documents, logos and the like
 * get confident answers from the model too, so its own doubt is not enough: what gives them away is
 * how their pixels lie, and how few of the model's features they wake.
 */
import type { Raster } from './raster';

/** Largest difference of a channel between neighbouring pixels, 0-255. */
const FLAT_BELOW = 3; // JPEG leaves that much on an even surface
const EDGE_ABOVE = 24; // an outline or a letter; a photo's contours are softer at 256 px

/** Colours are counted at 4 bits a channel. */
const COLOUR_BITS = 4;
const TOP_COLOURS = 8;

/** A feature under this is asleep; waking ones lie around 1. */
const ASLEEP_BELOW = 0.05;

/** Shares are weighed by their log odds, and no share counts as surer than this. */
const SUREST_SHARE = 0.999;

/** What its pixels say for or against a photo; shares, 0-1. */
export interface PixelEvidence {
  /** Neighbouring pixels that differ a little: shading, grain, texture. */
  texture: number;
  /** Texture among all that is not flat: an object before a plain backdrop keeps it, an outline has none. */
  softness: number;
  /** What the eight next colours cover of all that is not the commonest colour. */
  palette: number;
}

/** What speaks for or against a photo; shares, 0-1. */
export interface PhotoEvidence extends PixelEvidence {
  /** Values of the embedding that are asleep, mean over views. */
  asleep: number;
}

/** A logistic model of the evidence: `bias + sum(weight * logOdds(share))`, above 0 for a photo. */
export interface PhotoModel extends PhotoEvidence {
  bias: number;
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

function neighbourShares(
  rgb: Uint8ClampedArray,
  width: number,
  height: number,
): { texture: number; softness: number } {
  // How often each difference occurs, of pixels side by side and of those one above the other.
  const counts = new Uint32Array(256);
  const rowValues = width * PIXEL_VALUES;
  for (let y = 0, at = 0; y < height; y += 1) {
    const end = at + rowValues;
    const isLast = y + 1 === height;
    for (; at < end; at += PIXEL_VALUES) {
      if (at + PIXEL_VALUES < end) {
        const difference = differenceOf(rgb, at, at + PIXEL_VALUES);
        counts[difference] = (counts[difference] ?? 0) + 1;
      }
      if (!isLast) {
        const difference = differenceOf(rgb, at, at + rowValues);
        counts[difference] = (counts[difference] ?? 0) + 1;
      }
    }
  }
  const sum = (from: number, to: number): number =>
    counts.subarray(from, to).reduce((total, count) => total + count, 0);
  const texture = sum(FLAT_BELOW, EDGE_ABOVE + 1);
  const edges = sum(EDGE_ABOVE + 1, counts.length);
  return {
    texture: texture / Math.max(1, sum(0, counts.length)),
    softness: texture / Math.max(1, texture + edges),
  };
}

function paletteShare(rgb: Uint8ClampedArray): number {
  const counts = new Uint32Array(2 ** (3 * COLOUR_BITS));
  const shift = 8 - COLOUR_BITS;
  for (let at = 0; at < rgb.length; at += PIXEL_VALUES) {
    const red = (rgb[at] ?? 0) >> shift;
    const green = (rgb[at + 1] ?? 0) >> shift;
    const blue = (rgb[at + 2] ?? 0) >> shift;
    const colour = (((red << COLOUR_BITS) | green) << COLOUR_BITS) | blue;
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  counts.sort();
  const commonest = counts.at(-1) ?? 0;
  const next = counts.slice(-1 - TOP_COLOURS, -1).reduce((sum, count) => sum + count, 0);
  const rest = rgb.length / PIXEL_VALUES - commonest;
  return rest === 0 ? 1 : next / rest;
}

/** @param raster the whole picture as it travelled to the worker. */
export function pixelEvidence(raster: Raster): PixelEvidence {
  const rgb = overWhite(raster);
  return { ...neighbourShares(rgb, raster.width, raster.height), palette: paletteShare(rgb) };
}

/**
 * Adds what the model's features say.
 * @param embeddings the model's averaged features, one list a view.
 */
export function photoEvidence(
  pixels: PixelEvidence,
  embeddings: readonly Float32Array[],
): PhotoEvidence {
  let asleep = 0;
  let values = 0;
  for (const embedding of embeddings) {
    for (const value of embedding) if (value < ASLEEP_BELOW) asleep += 1;
    values += embedding.length;
  }
  return { ...pixels, asleep: asleep / Math.max(1, values) };
}

/** Natural logarithm of share / (1 - share), held within the odds of SUREST_SHARE. */
export function logOdds(share: number): number {
  const held = Math.min(SUREST_SHARE, Math.max(1 - SUREST_SHARE, share));
  return Math.log(held / (1 - held));
}

/** How far the evidence speaks for a photo, in log odds: above 0 it is one. */
export function photoScore(evidence: PhotoEvidence, model: PhotoModel): number {
  return (
    model.bias +
    model.texture * logOdds(evidence.texture) +
    model.softness * logOdds(evidence.softness) +
    model.palette * logOdds(evidence.palette) +
    model.asleep * logOdds(evidence.asleep)
  );
}
