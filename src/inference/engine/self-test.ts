import type { Backend, ModelVariant } from '../../core/saying/prediction';
import { wholeCrop } from '../../core/look/views';
import type { Cut, CutOutputs } from './backend-driver';

/** Every 40th of the 1001 logits is compared. */
export const SELF_TEST_STRIDE = 40;

/**
 * Logits 0, 40, 80, … 1000 for `selfTestInput`. Of the floats: computed by the compiled models on the
 * cpu backend, which agrees with an independent float conversion of the same weights to 1e-3. Of the
 * bytes: by the wasm kernels, whose integers a plain network agrees with bit for bit. The unit tests
 * compute both again.
 */
const REFERENCES: Record<'floats' | 'bytes', Record<ModelVariant, readonly number[]>> = {
  floats: {
    accurate: [
      -2.391, -0.497, 1.6753, 1.351, 0.7087, -0.0592, -1.1958, 3.1699, -0.1093, 2.0264, 1.1435,
      -2.4048, 2.1007, 0.9557, 2.2713, 5.0031, 0.604, 2.7924, -0.3832, 0.8918, 3.9836, 0.3016,
      1.3963, 3.5866, 0.8276, 1.1793,
    ],
    fast: [
      -2.3942, -0.6965, 4.2387, -0.1505, -0.4608, 0.4651, 1.1056, -1.0829, 2.7597, -0.4251, 1.792,
      -2.9821, -0.0828, 0.6599, 1.7162, 5.0271, 0.3052, 3.9572, 1.4406, 0.0312, 2.043, -0.6402,
      4.7284, 2.5612, -2.5451, 2.5455,
    ],
  },
  bytes: {
    accurate: [
      -2.4053, -0.6272, 1.7124, 1.3884, 0.6318, -0.1343, -1.2403, 3.1923, -0.0015, 1.9658, 1.1433,
      -2.4428, 2.1005, 0.9216, 2.2801, 4.9894, 0.6779, 2.7946, -0.3207, 0.8474, 4.0121, 0.3008,
      1.3296, 3.5594, 0.7877, 1.0983,
    ],
    fast: [
      -2.3896, -0.6468, 4.1446, -0.1279, -0.5213, 0.451, 1.0405, -1.0042, 2.7479, -0.461, 1.7656,
      -2.9516, -0.0445, 0.6762, 1.6706, 4.9721, 0.2269, 3.9395, 1.4801, 0.0925, 2.0122, -0.5813,
      4.743, 2.4974, -2.5782, 2.5296,
    ],
  },
};

/** What a backend that computes rightly answers at the compared logits. */
export function selfTestReference(backend: Backend, variant: ModelVariant): readonly number[] {
  return REFERENCES[backend === 'wasm' ? 'bytes' : 'floats'][variant];
}

/**
 * How far a logit may be off. cpu computes in 32-bit floats; wasm in integers, with the same bits on
 * each machine but for the reference's four digits. GPUs may compute in 16 bits or sum in another
 * order; 0.3 of a logit hardly moves a probability, while a broken driver is off by whole logits.
 */
const TOLERANCE: Record<Backend, number> = { webgpu: 0.3, webgl: 0.3, wasm: 1e-3, cpu: 0.01 };

/**
 * A picture of coarse noise that any context can make, as big as the model's input and whole: the
 * model sees its bytes, over 127.5 and less 1. By rows, of red, green and blue the i-th is (i * 7919) % 255.
 */
export function selfTestInput(inputSize: number): Cut {
  const data = new Uint8ClampedArray(inputSize * inputSize * 4).fill(255);
  for (let i = 0; i < inputSize * inputSize * 3; i += 1) {
    data[Math.floor(i / 3) * 4 + (i % 3)] = (i * 7919) % 255;
  }
  const raster = { width: inputSize, height: inputSize, data };
  return { raster, crop: wholeCrop(raster) };
}

/** The largest difference between the compared logits and the stored ones; NaN where one is NaN. */
export function selfTestDifference(
  outputs: CutOutputs,
  backend: Backend,
  variant: ModelVariant,
): number {
  const [logits] = outputs.logits;
  return Math.max(
    ...selfTestReference(backend, variant).map((expected, index) =>
      Math.abs((logits?.[index * SELF_TEST_STRIDE] ?? Number.NaN) - expected),
    ),
  );
}

/** Is a difference small enough to trust the backend? NaN is not. */
export function isSelfTestPassed(difference: number, backend: Backend): boolean {
  return difference <= TOLERANCE[backend];
}
