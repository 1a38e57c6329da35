// Fitted and written by `npm run calibrate -- --set all --write` on the development photos.
import type { Calibration } from './calibration';
import type { ModelVariant, ViewCount } from './prediction';

/** By model and number of views. */
export const CALIBRATION: Record<ModelVariant, Record<ViewCount, Calibration>> = {
  accurate: {
    1: {
      temperature: 0.75,
      thresholds: { leaf: 0.97, kind: 0.93 },
      photoModel: { bias: 0.425, texture: 1.792, softness: 0.305, palette: -0.119, asleep: -4.23 },
    },
    2: {
      temperature: 0.7,
      thresholds: { leaf: 0.95, kind: 0.92 },
      photoModel: { bias: 0.451, texture: 1.794, softness: 0.298, palette: -0.097, asleep: -4.418 },
    },
    3: {
      temperature: 0.65,
      thresholds: { leaf: 0.97, kind: 0.95 },
      photoModel: { bias: 0.468, texture: 1.792, softness: 0.291, palette: -0.082, asleep: -4.47 },
    },
  },
  fast: {
    1: {
      temperature: 0.75,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 1.755, texture: 1.791, softness: 0.337, palette: -0.053, asleep: -4.357 },
    },
    2: {
      temperature: 0.7,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 1.701, texture: 1.805, softness: 0.298, palette: -0.008, asleep: -4.784 },
    },
    3: {
      temperature: 0.7,
      thresholds: { leaf: 0.97, kind: 0.97 },
      photoModel: { bias: 1.69, texture: 1.799, softness: 0.311, palette: -0.002, asleep: -4.863 },
    },
  },
};
