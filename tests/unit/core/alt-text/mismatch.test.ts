import { describe, expect, test } from 'vitest';

import { mayNotMatch } from '../../../../src/core/alt-text/mismatch';
import { terms } from '../../../../src/core/alt-text/mismatch-terms';
import type { ClassPrediction, Hint } from '../../../../src/core/saying/prediction';
import { nodeOf } from '../../../../src/core/saying/taxonomy';

type Shown = Parameters<typeof mayNotMatch>[1];

function shown(
  synset: string,
  label: string,
  probability = 0.98,
  others: [synset: string, label: string, probability: number][] = [],
): Shown {
  const hint: Hint = {
    ...{ synset, label, english: label },
    ...{ text: `May be a ${label}`, probability, bits: 5 },
  };
  const predictions = [[synset, label, probability] as const, ...others].map(
    ([id, name, share]): ClassPrediction => ({
      classIndex: 0,
      synset: id,
      label: name,
      probability: share,
    }),
  );
  return { hint, predictions, silence: null };
}

const DOG = shown('n02099601', 'golden retriever');
const CAT = shown('n02123045', 'tabby cat');
const CAR = shown('n04285008', 'sports car');
const PIZZA = shown('n07873807', 'pizza');
const ASKED: [string, Shown, string][] = [
  ['Car', DOG, 'car'],
  ['A red car', DOG, 'car'],
  ['my old cars', DOG, 'cars'],
  ['Photo of a car', DOG, 'car'],
  ['A car parked on the road', DOG, 'car'],
  ['A truck in the snow.', DOG, 'truck'],
  ['Two kittens', DOG, 'kittens'],
  ['a black cat', DOG, 'cat'],
  ['The guitar', CAT, 'guitar'],
  ['puppies', CAT, 'puppies'],
  ['A horse', CAR, 'horse'],
  ['An elephant', PIZZA, 'elephant'],
  ['Pizza', DOG, 'pizza'],
  ['bicycle', DOG, 'bicycle'],
];

describe('asked where a text plainly names something else', () => {
  test.each(ASKED)('“%s”', (text, picture, term) => {
    const found = mayNotMatch(text, picture);
    expect(found?.term).toBe(term);
    expect(found?.synset).toMatch(/^n\d{8}$/);
  });
});

describe('silent where it may match', () => {
  test.each<[string, Shown]>([
    ['A dog', DOG],
    ['Puppy', DOG],
    ['A golden retriever', DOG],
    ['A wolf', DOG], // too near
    ['cat', CAT],
    ['A lion', CAT],
    ['A truck', CAR],
    ['A bus on the road', CAR],
  ])('“%s”', (text, picture) => {
    expect(mayNotMatch(text, picture)).toBeNull();
  });
});

describe('silent where the words leave a doubt', () => {
  test.each([
    ['a car with a dog', 'both are named'],
    ['A car with our puppy', 'both are named'],
    ['A retriever in a car', 'what is shown is named by a part of its label'],
    ['Rex in the car', 'the subject is not known'],
    ['The car with Rex in it', 'a name'],
    ['Car park', 'the term is only part of the subject'],
    ['Car dealership in town', 'the term is only part of the subject'],
    ['Police car', 'a modifier that is not known'],
    ['A toy car', 'a likeness'],
    ['A cat statue', 'a likeness'],
    ['Drawing of a car', 'a likeness'],
    ['Not a car', 'a negation'],
    ['Jaguar', 'an animal and a brand'],
    ['A crane', 'a bird and a machine'],
    ['mouse', 'an animal and a device'],
    ['Orange', 'a colour and a fruit'],
    ['Ford Mustang', 'names'],
    ['Auto', 'another language'],
    ['Best friends', 'nothing that is known'],
    ['A car (1968)', 'more than words'],
    ['The castle', 'a background'],
    ['A car on the way to the sea for our summer holiday at home', 'a story'],
    ['', 'nothing'],
  ])('“%s”: %s', (text) => {
    expect(mayNotMatch(text, DOG)).toBeNull();
  });
});

describe('silent where the picture leaves a doubt', () => {
  test('the model is not sure enough', () => {
    expect(mayNotMatch('A car', shown('n02099601', 'golden retriever', 0.94))).toBeNull();
  });
  test('another likely class speaks for the text', () => {
    const both = shown('n02099601', 'golden retriever', 0.96, [['n04285008', 'sports car', 0.03]]);
    expect(mayNotMatch('A car', both)).toBeNull();
  });
  test('a class that is next to impossible does not', () => {
    const hardly = shown('n02099601', 'golden retriever', 0.98, [
      ['n04467665', 'trailer truck', 0.001],
    ]);
    expect(mayNotMatch('A car', hardly)).not.toBeNull();
  });
  test('nothing is said of it', () => {
    expect(mayNotMatch('A car', { hint: null, predictions: [], silence: 'unsure' })).toBeNull();
  });
  test('things of use, and food, may stand in one picture', () => {
    expect(mayNotMatch('A laptop', shown('n03179701', 'desk'))).toBeNull();
    expect(mayNotMatch('A pizza', shown('n04263257', 'soup bowl'))).toBeNull();
    expect(mayNotMatch('A car', PIZZA)).toBeNull();
  });
});

test('every term stands for a node of the taxonomy, and for one only', () => {
  expect(terms.size).toBeGreaterThan(150);
  const unknown = [...terms].filter(([, synset]) => nodeOf(synset) === undefined);
  expect(unknown).toEqual([]);
});
