import { describe, expect, test } from 'vitest';

import {
  GOLDEN_BACKENDS,
  goldenDifferences,
} from '../../../../../scripts/model/compiler/golden-logits';

/**
 * Logits reach about 20; the golden ones are of floats, written to 4 places. Our kernels compute in bytes:
 * what is measured, 0.29 and 0.56, and a little.
 */
const TOLERANCE = {
  kernels: { accurate: 0.35, fast: 0.65 },
  wasm: { accurate: 1e-3, fast: 1e-3 },
  cpu: { accurate: 1e-3, fast: 1e-3 },
};

describe.each(['accurate', 'fast'] as const)('the %s model', (variant) => {
  test.each(GOLDEN_BACKENDS)(
    'gives the golden logits on %s for the synthetic input and eight photos',
    async (backend) => {
      const differences = await goldenDifferences(variant, backend);
      expect(differences).toHaveLength(9);
      for (const { input, difference, isTop5Same } of differences) {
        expect(difference, input).toBeLessThan(TOLERANCE[backend][variant]);
        if (backend !== 'kernels') expect(isTop5Same, input).toBe(true);
      }
    },
    // The cpu backend takes about a second an image, more beside other tests.
    120_000,
  );
});
