// Fitted and written by `npm run calibrate -- --write` on the development photos.
import type { Calibration } from './calibration';
import type { ModelVariant, ViewCount } from './prediction';

/** By model and number of views. */
export const CALIBRATION: Record<ModelVariant, Record<ViewCount, Calibration>> = {
  accurate: {
    1: {
      temperature: 0.7,
      thresholds: { leaf: 0.98, kind: 0.98 },
      photoModel: { bias: -0.549, texture: 1.723, softness: 0.431, palette: -0.142, asleep: -3.987 },
    },
    2: {
      temperature: 0.6,
      thresholds: { leaf: 0.94, kind: 0.93 },
      photoModel: { bias: -0.729, texture: 1.712, softness: 0.447, palette: -0.078, asleep: -4.321 },
    },
    3: {
      temperature: 0.6,
      thresholds: { leaf: 0.94, kind: 0.92 },
      photoModel: { bias: -0.665, texture: 1.719, softness: 0.437, palette: -0.066, asleep: -4.321 },
    },
  },
  fast: {
    1: {
      temperature: 0.8,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 0.541, texture: 1.743, softness: 0.371, palette: -0.098, asleep: -4.323 },
    },
    2: {
      temperature: 0.7,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 0.436, texture: 1.745, softness: 0.368, palette: -0.057, asleep: -4.582 },
    },
    3: {
      temperature: 0.7,
      thresholds: { leaf: 0.99, kind: 0.99 },
      photoModel: { bias: 0.468, texture: 1.755, softness: 0.361, palette: -0.053, asleep: -4.564 },
    },
  },
};
