/**
 * Activations as the kernels keep them: uint8, pixel by pixel, `[side + 2][side + 2][channels]`, around
 * them a border of one pixel of zeros. All lengths are bytes.
 */
export interface ActivationMap {
  /** Pixels, without the border. */
  side: number;
  channels: number;
}

/** Kernels compute four pixels at a time, and read and write up to three behind the last one. */
const SLACK_PIXELS = 3;

/** What stands for one in real units, as all maps of the network were trained: 6 is 255. */
export const ACTIVATION_SCALE = 0.023528477177023888;

export function rowBytesOf({ side, channels }: ActivationMap): number {
  return (side + 2) * channels;
}

export function bytesOf(map: ActivationMap): number {
  return (map.side + 2) * rowBytesOf(map) + SLACK_PIXELS * map.channels;
}

/** From the begin of a map to its first pixel inside the border. */
export function firstPixelOf(map: ActivationMap): number {
  return rowBytesOf(map) + map.channels;
}

/** Output pixels of a convolution with padding SAME. */
export function outputSide(side: number, stride: number): number {
  return Math.ceil(side / stride);
}

/**
 * Where the first window of a 3x3 convolution begins, in pixels from the border's outer edge:
 * padding SAME puts the odd pixel of padding behind the last one.
 */
export function windowStart(side: number, stride: number): 0 | 1 {
  const padding = (outputSide(side, stride) - 1) * stride + 3 - side;
  return padding < 2 ? 1 : 0;
}
