import { expect, test } from 'vitest';

import { afterDismissals, sayingOf, withDismissal } from '../../../../src/core/saying/dismissal';
import type { Prediction } from '../../../../src/core/saying/prediction';
import { CAT } from '../../../fixtures/popup/report-image';

const LABEL = { picture: CAT.picture, synset: 'n02121808' };
const GUESS = { synset: 'n02123045', label: 'tabby cat', text: 'Possibly a tabby cat' };
const UNSURE: Prediction = {
  ...CAT,
  ...{ hint: null, silence: 'unsure', draft: null, guess: { ...GUESS, probability: 0.6 } },
};

test.each([
  ['a hint', CAT],
  ['a guess', UNSURE],
])('%s is dismissed and comes back as it was; the classes stay', (_, prediction) => {
  const dismissed = withDismissal(prediction, true);
  expect(dismissed).toMatchObject({
    ...{ hint: null, guess: null, draft: null, silence: 'dismissed' },
    predictions: prediction.predictions,
  });
  // It can still be told which label it was.
  expect(sayingOf(dismissed)).toEqual(sayingOf(prediction));
  expect(withDismissal(dismissed, false)).toEqual(prediction);
  expect(withDismissal(dismissed, true)).toBe(dismissed);
  expect(withDismissal(prediction, false)).toBe(prediction);
});

test('only this label of this picture is meant', () => {
  expect(afterDismissals(CAT, [LABEL], true).silence).toBe('dismissed');
  for (const other of [
    { ...LABEL, synset: 'n02084071' },
    { ...LABEL, picture: `${'cd'.repeat(32)}-400x300` },
  ]) {
    expect(afterDismissals(CAT, [other], true)).toBe(CAT);
  }
});

test('a label comes back whichever dismissal of its picture is taken back', () => {
  const dismissed = withDismissal(CAT, true);
  const wider = { ...LABEL, synset: 'n01861778' };
  expect(afterDismissals(dismissed, [wider], false)).toEqual(CAT);
  expect(afterDismissals(dismissed, [{ ...wider, picture: 'another' }], false)).toBe(dismissed);
});
