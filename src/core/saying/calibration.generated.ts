// Fitted and written by `npm run calibrate -- --set all --write` on the development photos.
import type { Calibration } from './calibration';
import type { ModelVariant, ViewCount } from './prediction';

/** By model and number of views. */
export const CALIBRATION: Record<ModelVariant, Record<ViewCount, Calibration>> = {
  accurate: {
    1: {
      temperature: 0.75,
      truthModel: { bias: 2.53, odds: 0.7, precise: -0.334, bits: -0.13, rival: 0.252, kin: -2.316, loudness: -0.066 },
      leastTruth: 0.6845,
      photoModel: { bias: 0.425, texture: 1.792, softness: 0.305, palette: -0.119, asleep: -4.23 },
    },
    2: {
      temperature: 0.7,
      truthModel: { bias: 3.436, odds: 0.671, precise: -0.363, bits: -0.126, rival: 0.277, kin: -1.866, loudness: -0.101 },
      leastTruth: 0.704,
      photoModel: { bias: 0.451, texture: 1.794, softness: 0.298, palette: -0.097, asleep: -4.418 },
    },
    3: {
      temperature: 0.65,
      truthModel: { bias: 2.776, odds: 0.64, precise: -0.327, bits: -0.13, rival: 0.246, kin: -0.502, loudness: -0.094 },
      leastTruth: 0.7235,
      photoModel: { bias: 0.468, texture: 1.792, softness: 0.291, palette: -0.082, asleep: -4.47 },
    },
  },
  fast: {
    1: {
      temperature: 0.75,
      truthModel: { bias: 1.242, odds: 0.676, precise: -0.322, bits: -0.037, rival: 0.189, kin: 1.593, loudness: -0.088 },
      leastTruth: 0.8405,
      photoModel: { bias: 1.755, texture: 1.791, softness: 0.337, palette: -0.053, asleep: -4.357 },
    },
    2: {
      temperature: 0.7,
      truthModel: { bias: 1.171, odds: 0.675, precise: -0.249, bits: -0.043, rival: 0.171, kin: 2.126, loudness: -0.095 },
      leastTruth: 0.912,
      photoModel: { bias: 1.701, texture: 1.805, softness: 0.298, palette: -0.008, asleep: -4.784 },
    },
    3: {
      temperature: 0.7,
      truthModel: { bias: 1.006, odds: 0.666, precise: -0.236, bits: -0.05, rival: 0.209, kin: 2.127, loudness: -0.088 },
      leastTruth: 0.873,
      photoModel: { bias: 1.69, texture: 1.799, softness: 0.311, palette: -0.002, asleep: -4.863 },
    },
  },
};
