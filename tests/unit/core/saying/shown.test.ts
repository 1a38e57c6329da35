import { expect, test } from 'vitest';

import { isSaying } from '../../../../src/core/saying/prediction-checks';
import { isSameSaid, SILENCES } from '../../../../src/core/saying/prediction';
import { allPredictions, hasUnshown, shownPredictions } from '../../../../src/core/saying/shown';
import { CAT } from '../../../fixtures/popup/report-image';

const RIFLE = { classIndex: 764, synset: 'n04090263', label: 'rifle', probability: 0.2 };
const SPECK = { ...RIFLE, classIndex: 1, label: 'goldfish', probability: 0.004 };
const predictions = [...CAT.predictions, { ...RIFLE, isDenied: true }, SPECK];

test('what is never said is shown to nobody who has not asked for it', () => {
  const said = { ...CAT, predictions };
  expect(shownPredictions(said)).toEqual(CAT.predictions);
  expect(hasUnshown(said)).toBe(true);
  expect(allPredictions(said)).toEqual([...CAT.predictions, { ...RIFLE, isDenied: true }]);
  expect(hasUnshown(CAT)).toBe(false);
});

test('where the likeliest is never said, what it left over is not shown either', () => {
  const said = { predictions: [{ ...RIFLE, isDenied: true }, ...CAT.predictions] };
  expect(shownPredictions({ ...said, silence: 'denied' })).toEqual([]);
  expect(hasUnshown({ ...said, silence: 'denied' })).toBe(true);
  for (const silence of SILENCES.filter((each) => each !== 'denied')) {
    expect(shownPredictions({ ...said, silence })).toEqual(CAT.predictions);
  }
});

test('shares below one in a hundred are left out', () => {
  expect(shownPredictions({ predictions: [SPECK], silence: 'unsure' })).toEqual([]);
  expect(
    shownPredictions({ predictions: [{ ...SPECK, probability: 0.01 }], silence: null }),
  ).toHaveLength(1);
});

test('a list that changes what is shown changes what is said', () => {
  expect(isSameSaid({ ...CAT, predictions }, { ...CAT, predictions })).toBe(true);
  const allowed = [...CAT.predictions, RIFLE, SPECK];
  expect(isSameSaid({ ...CAT, predictions }, { ...CAT, predictions: allowed })).toBe(false);
});

test('the mark is let through by the checks, and nothing else in its place', () => {
  const marked = (isDenied: unknown) => ({ ...CAT, predictions: [{ ...RIFLE, isDenied }] });
  expect([marked(true), marked(false), marked(undefined)].map(isSaying)).toEqual([
    true,
    true,
    true,
  ]);
  expect([marked('no'), marked(1)].map(isSaying)).toEqual([false, false]);
});
