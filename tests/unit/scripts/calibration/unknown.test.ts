import { expect, test } from 'vitest';

import { withoutClass } from '../../../../scripts/calibration/unknown';
import { classProbabilities } from '../../../../src/core/saying/calibration';
import { CLASS_COUNT } from '../../../../src/core/saying/prediction';

test('a class that was never learned has no probability, and the others have its share', () => {
  const view = new Float32Array(CLASS_COUNT + 1);
  view[282] = 20;
  view[284] = 9;
  const logits = [view, view.slice()];
  expect(classProbabilities(logits, 1)[281]).toBeGreaterThan(0.99);
  const probabilities = classProbabilities(withoutClass(logits, 281), 1);
  expect(probabilities[281]).toBe(0);
  expect(probabilities[283]).toBeCloseTo(Math.exp(9) / (Math.exp(9) + 998), 10);
  // What was observed stays as it was.
  expect(view[282]).toBe(20);
});
