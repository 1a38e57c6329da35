import { expect, test } from 'vitest';

import { fitLogistic } from '../../../../scripts/calibration/logistic';

/** 400 points on a line, positive with the probability of a known logistic model. */
const examples = Array.from({ length: 400 }, (_, index) => {
  const value = (index % 40) / 4 - 5;
  const chance = 1 / (1 + Math.exp(-(0.5 + 1.5 * value)));
  // Ten examples at each place, as many positive as the chance says.
  return {
    values: [value, 3],
    isPositive: Math.floor(index / 40) < Math.round(chance * 10),
    weight: 5,
  };
});

test('finds the model behind the examples', () => {
  const { bias, weights } = fitLogistic(
    examples.map((of) => ({ ...of, values: of.values.slice(0, 1) })),
  );
  expect(bias).toBeCloseTo(0.5, 0);
  expect(weights[0]).toBeCloseTo(1.5, 0);
});

test('weights count like copies', () => {
  const single = examples.map((of) => ({ ...of, values: of.values.slice(0, 1), weight: 2 }));
  const doubled = single.flatMap((of) => [
    { ...of, weight: 1 },
    { ...of, weight: 1 },
  ]);
  const [once, twice] = [fitLogistic(single), fitLogistic(doubled)];
  expect(once.bias).toBeCloseTo(twice.bias, 8);
  expect(once.weights[0]).toBeCloseTo(twice.weights[0] ?? 0, 8);
});
