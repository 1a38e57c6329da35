// Fitted and written by `npm run calibrate -- --write` on the development photos.
import type { Calibration } from './calibration';
import type { ModelVariant, ViewCount } from './prediction';

/** By model and number of views. */
export const CALIBRATION: Record<ModelVariant, Record<ViewCount, Calibration>> = {
  accurate: {
    1: {
      temperature: 0.7,
      thresholds: { leaf: 0.98, kind: 0.98 },
      photoModel: { bias: -0.554, texture: 1.725, softness: 0.43, palette: -0.14, asleep: -4.004 },
    },
    2: {
      temperature: 0.6,
      thresholds: { leaf: 0.94, kind: 0.93 },
      photoModel: { bias: -0.734, texture: 1.714, softness: 0.447, palette: -0.078, asleep: -4.33 },
    },
    3: {
      temperature: 0.6,
      thresholds: { leaf: 0.96, kind: 0.91 },
      photoModel: { bias: -0.667, texture: 1.719, softness: 0.435, palette: -0.065, asleep: -4.328 },
    },
  },
  fast: {
    1: {
      temperature: 0.8,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 0.549, texture: 1.742, softness: 0.371, palette: -0.102, asleep: -4.313 },
    },
    2: {
      temperature: 0.7,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 0.444, texture: 1.741, softness: 0.367, palette: -0.061, asleep: -4.57 },
    },
    3: {
      temperature: 0.7,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 0.473, texture: 1.752, softness: 0.36, palette: -0.057, asleep: -4.547 },
    },
  },
};
