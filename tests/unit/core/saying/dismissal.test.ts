import { expect, test } from 'vitest';

import { concerning, judgedLabel } from '../../../../src/core/saying/dismissal';
import { keepsBack, keptBackBy } from '../../../../src/core/saying/keeps-back';
import { NODE_COUNT, synsetOf } from '../../../../src/core/saying/taxonomy';
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

test.each([DOG, BEAGLE, 'n00015388', 'n99999999', 'own-1'])(
  'what %s keeps back can be listed',
  (dismissed) => {
    const all = [...Array.from({ length: NODE_COUNT }, (_, node) => synsetOf(node)), 'own-1'];
    const kept = [...all, 'n99999999'].filter((label) => keepsBack(dismissed, label));
    expect(keptBackBy([dismissed]).sort()).toEqual(kept.sort());
    expect(kept).toContain(dismissed);
  },
);

test('concerned are the pictures that are named and those that are called so', () => {
  const { picture } = CAT;
  const [hint, guess] = [CAT.hint?.synset ?? '', GUESS.synset];
  const isConcerned = concerning({ pictures: ['other'], labels: [hint, guess] });
  const unsure = { ...CAT, hint: null, silence: 'unsure' as const };
  for (const said of [CAT, { ...unsure, guess: GUESS }, { ...DISMISSED, picture }]) {
    expect(isConcerned(said)).toBe(true);
    expect(concerning({ pictures: ['other'], labels: [DOG] })(said)).toBe(false);
    expect(concerning({ pictures: [picture], labels: [] })(said)).toBe(true);
    expect(concerning(null)(said)).toBe(true);
  }
  // Nothing is kept back of what is silent for another reason.
  expect(isConcerned(unsure)).toBe(false);
});
