import type { Backend, ModelVariant } from '../../core/saying/prediction';
import { wholeCrop } from '../../core/look/views';
import type { Cut, CutOutputs } from './backend-driver';

/** Every 40th of the 1001 logits is compared. */
export const SELF_TEST_STRIDE = 40;

/**
 * Logits 0, 40, 80, … 1000 for `selfTestInput`, computed by the compiled models on the cpu backend,
 * which agrees with an independent float conversion of the same weights to 1e-3. The unit tests
 * compute them again.
 */
export const SELF_TEST_REFERENCE: Record<ModelVariant, readonly number[]> = {
  accurate: [
    -2.391, -0.497, 1.6753, 1.351, 0.7087, -0.0592, -1.1958, 3.1699, -0.1093, 2.0264, 1.1435,
    -2.4048, 2.1007, 0.9557, 2.2713, 5.0031, 0.604, 2.7924, -0.3832, 0.8918, 3.9836, 0.3016, 1.3963,
    3.5866, 0.8276, 1.1793,
  ],
  fast: [
    -2.3942, -0.6965, 4.2387, -0.1505, -0.4608, 0.4651, 1.1056, -1.0829, 2.7597, -0.4251, 1.792,
    -2.9821, -0.0828, 0.6599, 1.7162, 5.0271, 0.3052, 3.9572, 1.4406, 0.0312, 2.043, -0.6402,
    4.7284, 2.5612, -2.5451, 2.5455,
  ],
};

/**
 * How far a logit may be off. cpu computes in 32-bit floats, wasm with 16-bit codes between layers:
 * off by 1e-4 and 2e-3. GPUs may compute in 16 bits or sum in another order; 0.3 of a logit hardly
 * moves a probability, while a broken driver is off by whole logits.
 */
const TOLERANCE: Record<Backend, number> = { webgpu: 0.3, webgl: 0.3, wasm: 0.01, cpu: 0.01 };

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
export function selfTestDifference(outputs: CutOutputs, variant: ModelVariant): number {
  const [logits] = outputs.logits;
  return Math.max(
    ...SELF_TEST_REFERENCE[variant].map((expected, index) =>
      Math.abs((logits?.[index * SELF_TEST_STRIDE] ?? Number.NaN) - expected),
    ),
  );
}

/** Is a difference small enough to trust the backend? NaN is not. */
export function isSelfTestPassed(difference: number, backend: Backend): boolean {
  return difference <= TOLERANCE[backend];
}
