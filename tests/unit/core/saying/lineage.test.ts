import { expect, test } from 'vitest';

import { lineageOf } from '../../../../src/core/saying/lineage';
import { ENGLISH } from '../../../../src/core/saying/voice';
import { CAT } from '../../../fixtures/popup/report-image';

test('the way goes from the likeliest class up, and its mass only grows', () => {
  const steps = lineageOf(CAT.predictions, ENGLISH);
  expect(steps[0]).toEqual({ synset: 'n02123045', label: 'tabby cat', probability: 0.6 });
  const cat = steps.find(({ synset }) => synset === 'n02121808');
  expect(cat?.probability).toBeCloseTo(0.95, 9);
  expect(steps.length).toBeGreaterThan(2);
  for (const [index, { probability }] of steps.entries()) {
    expect(probability).toBeGreaterThanOrEqual((steps[index - 1]?.probability ?? 0) - 1e-9);
    expect(probability).toBeLessThanOrEqual(1);
  }
  expect(steps.at(-1)?.label).toBe('animal');
});

test('nothing predicted leads nowhere', () => {
  expect(lineageOf([], ENGLISH)).toEqual([]);
});
