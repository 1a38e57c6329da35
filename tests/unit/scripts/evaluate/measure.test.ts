import { expect, test } from 'vitest';

import { isHintTrue, type Judged, measure } from '../../../../scripts/evaluate/measure';
import type { Hint, Prediction } from '../../../../src/core/saying/prediction';

const PANDA = { file: 'panda.png', classIndex: 388, synset: 'n02510455' };
const DOG_KIND = 'n02084071';

function predicted(classIndexes: number[], top: number, hint: Hint | null): Prediction {
  return {
    predictions: classIndexes.map((classIndex, place) => ({
      classIndex,
      synset: `n${String(classIndex).padStart(8, '0')}`,
      label: '',
      probability: place === 0 ? top : 0,
    })),
    hint,
    guess: null,
    silence: hint === null ? 'unsure' : null,
    draft: null,
    backend: 'wasm',
    variant: 'accurate',
    views: 3,
    picture: `${'ab'.repeat(32)}-400x300`,
    ...{ lang: 'en', draftLang: 'en', kept: null },
    rung: 'decoded',
    inferenceMilliseconds: 1,
    cached: false,
  };
}

function hint(synset: string, bits: number): Hint {
  return { synset, bits, label: '', english: '', text: '', probability: 0.9 };
}

test('a hint is true where it names the class or a kind of it', () => {
  const tabby = 281;
  expect(isHintTrue('n02123045', tabby)).toBe(true);
  expect(isHintTrue('n02120997', tabby)).toBe(true); // feline
  expect(isHintTrue(DOG_KIND, tabby)).toBe(false);
  expect(isHintTrue('n99999999', tabby)).toBe(false);
});

test('measures what is right, what is said, and how sure it was', () => {
  const judged: Judged[] = [
    { photo: PANDA, prediction: predicted([388, 1, 2, 3, 4], 0.95, hint('n02510455', 10)) },
    { photo: PANDA, prediction: predicted([1, 388, 2, 3, 4], 0.55, null) },
    { photo: PANDA, prediction: predicted([1, 2, 3, 4, 5], 0.55, hint(DOG_KIND, 4)) },
    { photo: PANDA, prediction: null },
  ];
  const { calibrationError, calibrationErrorByChance, ...counts } = measure(judged);
  expect(calibrationErrorByChance.mean).toBeLessThan(calibrationErrorByChance.most);
  expect(counts).toEqual({
    images: 4,
    failed: 1,
    top1: 0.25,
    top5: 0.5,
    hintCoverage: 0.5,
    hintPrecision: 0.5,
    meanBits: 3.5,
  });
  // Bins: one at 0.95 that is right, two at 0.55 that are wrong.
  expect(calibrationError).toBeCloseTo((0.05 + 2 * 0.55) / 3, 10);
});

test('nothing said gives no precision', () => {
  expect(
    measure([{ photo: PANDA, prediction: predicted([1], 0.2, null) }]).hintPrecision,
  ).toBeNull();
});
