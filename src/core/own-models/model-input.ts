import type { Raster } from '../look/raster';
import type { ModelInput, ValueRange } from './own-model';

/** Of red, green and blue, as in Teachable Machine's library (`utils/tf.ts`, `cropTensor`). */
const GREY = [0.2989, 0.587, 0.114] as const;

const SCALES: Record<ValueRange, { divisor: number; offset: number }> = {
  // Its comment says -1 to 1, its code divides by 127 (@teachablemachine/image 0.8.5, `capture`).
  teachable: { divisor: 127, offset: -1 },
  signed: { divisor: 127.5, offset: -1 },
  unit: { divisor: 255, offset: 0 },
};

/** Two neighbours of a place between the middles of pixels, and the share of the second. */
interface Between {
  first: number;
  second: number;
  share: number;
}

function between(target: number, scale: number, start: number, size: number): Between {
  const at = Math.min(size - 1, Math.max(0, start + (target + 0.5) * scale - 0.5));
  const first = Math.floor(at);
  return { first, second: Math.min(size - 1, first + 1), share: at - first };
}

/**
 * The middle of a picture as a model takes it: the largest part in the middle with the input's proportions
 * (for Teachable Machine the centre square, its `cropTo`), bilinearly resized between the middles of pixels
 * as a canvas does, over white.
 * @returns `height * width * channels` values, row by row
 */
export function modelInputOf(
  { width, height, data }: Raster,
  { width: toWidth, height: toHeight, channels, range }: ModelInput,
): Float32Array {
  const scale = Math.min(width / toWidth, height / toHeight);
  const left = (width - toWidth * scale) / 2;
  const top = (height - toHeight * scale) / 2;
  const { divisor, offset } = SCALES[range];
  const columns = Array.from({ length: toWidth }, (_, x) => between(x, scale, left, width));
  const values = new Float32Array(toWidth * toHeight * channels);
  const valueAt = (x: number, y: number, channel: number): number => {
    const pixel = (y * width + x) * 4;
    const alpha = (data[pixel + 3] ?? 0) / 255;
    return (data[pixel + channel] ?? 0) * alpha + 255 * (1 - alpha);
  };
  let place = 0;
  for (let y = 0; y < toHeight; y += 1) {
    const row = between(y, scale, top, height);
    for (const column of columns) {
      const [red, green, blue] = [0, 1, 2].map((channel) => {
        const upper =
          valueAt(column.first, row.first, channel) * (1 - column.share) +
          valueAt(column.second, row.first, channel) * column.share;
        const lower =
          valueAt(column.first, row.second, channel) * (1 - column.share) +
          valueAt(column.second, row.second, channel) * column.share;
        return upper * (1 - row.share) + lower * row.share;
      }) as [number, number, number];
      const colours =
        channels === 1 ? [red * GREY[0] + green * GREY[1] + blue * GREY[2]] : [red, green, blue];
      for (const colour of colours) values[place++] = colour / divisor + offset;
    }
  }
  return values;
}
