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

/** What speaks for or against a photo; shares, 0-1. */
export interface PhotoEvidence {
  /** Neighbouring pixels that differ a little: shading, grain, texture. */
  texture: number;
  /** Texture among all that is not flat: an object before a plain backdrop keeps it, an outline has none. */
  softness: number;
  /** What the eight next colours cover of all that is not the commonest colour. */
  palette: number;
  /** Values of the embedding that are asleep, mean over views. */
  asleep: number;
}

/** A logistic model of the evidence: `bias + sum(weight * logOdds(share))`, above 0 for a photo. */
export interface PhotoModel extends PhotoEvidence {
  bias: number;
}

/** The picture over white, RGB, 0-255. */
function overWhite({ width, height, data }: Raster): Uint8ClampedArray {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const opacity = (data[pixel * 4 + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      rgb[pixel * 3 + channel] = (data[pixel * 4 + channel] ?? 0) * opacity + 255 * (1 - opacity);
    }
  }
  return rgb;
}

function neighbourShares(
  rgb: Uint8ClampedArray,
  width: number,
  height: number,
): { texture: number; softness: number } {
  let flat = 0;
  let texture = 0;
  let edges = 0;
  const compare = (pixel: number, neighbour: number): void => {
    let difference = 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const apart = (rgb[pixel * 3 + channel] ?? 0) - (rgb[neighbour * 3 + channel] ?? 0);
      difference = Math.max(difference, Math.abs(apart));
    }
    if (difference < FLAT_BELOW) flat += 1;
    else if (difference <= EDGE_ABOVE) texture += 1;
    else edges += 1;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      if (x + 1 < width) compare(pixel, pixel + 1);
      if (y + 1 < height) compare(pixel, pixel + width);
    }
  }
  return {
    texture: texture / Math.max(1, flat + texture + edges),
    softness: texture / Math.max(1, texture + edges),
  };
}

function paletteShare(rgb: Uint8ClampedArray): number {
  const counts = new Uint32Array(2 ** (3 * COLOUR_BITS));
  const shift = 8 - COLOUR_BITS;
  for (let at = 0; at < rgb.length; at += 3) {
    const red = (rgb[at] ?? 0) >> shift;
    const green = (rgb[at + 1] ?? 0) >> shift;
    const blue = (rgb[at + 2] ?? 0) >> shift;
    const colour = (((red << COLOUR_BITS) | green) << COLOUR_BITS) | blue;
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  const [commonest = 0, ...others] = counts.sort((a, b) => b - a);
  const next = others.slice(0, TOP_COLOURS).reduce((sum, count) => sum + count, 0);
  const rest = rgb.length / 3 - commonest;
  return rest === 0 ? 1 : next / rest;
}

/**
 * Gathers the evidence.
 * @param raster the whole picture as it travelled to the worker.
 * @param embeddings the model's averaged features, one list a view.
 */
export function photoEvidence(raster: Raster, embeddings: readonly Float32Array[]): PhotoEvidence {
  const rgb = overWhite(raster);
  let asleep = 0;
  let values = 0;
  for (const embedding of embeddings) {
    for (const value of embedding) if (value < ASLEEP_BELOW) asleep += 1;
    values += embedding.length;
  }
  return {
    ...neighbourShares(rgb, raster.width, raster.height),
    palette: paletteShare(rgb),
    asleep: asleep / Math.max(1, values),
  };
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
