import { expect, test } from 'vitest';

import { judgedLabel } from '../../../../src/core/saying/dismissal';
import { keepsBack } from '../../../../src/core/saying/keeps-back';
import { CAT, DISMISSED } from '../../../fixtures/popup/report-image';

const [DOG, BEAGLE, TABBY] = ['n02084071', 'n02088364', 'n02123045'];
const GUESS = {
  ...{ synset: TABBY, label: 'tabby cat', english: 'tabby cat', text: 'Possibly a tabby cat' },
  probability: 0.6,
};

test('what is said, guessed or kept back can be judged', () => {
  expect(judgedLabel(CAT)).toBe(CAT.hint);
  expect(judgedLabel({ ...CAT, hint: null, guess: GUESS, silence: 'unsure' })).toBe(GUESS);
  expect(judgedLabel(DISMISSED)).toBe(CAT.hint);
  expect(judgedLabel({ ...CAT, hint: null, silence: 'unsure' })).toBeNull();
});

test('what is below a dismissed label goes with it; what is above or beside does not', () => {
  expect(keepsBack(DOG, DOG)).toBe(true);
  expect(keepsBack(DOG, BEAGLE)).toBe(true);
  expect(keepsBack(DOG, TABBY)).toBe(false);
  expect(keepsBack(BEAGLE, DOG)).toBe(false);
  // Of another WordNet, or none: the same label is the same label.
  expect(keepsBack('n99999999', 'n99999999')).toBe(true);
  expect(keepsBack('n99999999', DOG)).toBe(false);
});
