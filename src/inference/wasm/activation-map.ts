/**
 * Activations as the kernels keep them: f32 in planes of four channels, `[planes][side + 2][side + 2][4]`,
 * around each plane a border of one pixel of zeros. All lengths are bytes.
 */
export interface ActivationMap {
  /** Pixels, without the border. */
  side: number;
  planes: number;
}

export const CHANNELS_A_PLANE = 4;
export const PIXEL_BYTES = CHANNELS_A_PLANE * 4;
/** Kernels compute four pixels at a time, and read and write up to three behind the last one. */
const SLACK_BYTES = 3 * PIXEL_BYTES;

export function rowBytesOf({ side }: ActivationMap): number {
  return (side + 2) * PIXEL_BYTES;
}

export function planeBytesOf(map: ActivationMap): number {
  return (map.side + 2) * rowBytesOf(map);
}

export function bytesOf(map: ActivationMap): number {
  return map.planes * planeBytesOf(map) + SLACK_BYTES;
}

/** From the begin of a map to its first pixel inside the border. */
export function firstPixelOf(map: ActivationMap): number {
  return rowBytesOf(map) + PIXEL_BYTES;
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
