import { expect, test } from 'vitest';

import { verdicts } from '../../../../src/core/saying/denied';
import { type Bar, chooseHint, sayableNodes, type Choice } from '../../../../src/core/saying/hint';
import { CLASS_COUNT } from '../../../../src/core/saying/prediction';
import { synsetOf } from '../../../../src/core/saying/taxonomy';

const [TABBY, PERSIAN, BEAGLE, BASSET, DESK, GORILLA, CHIMPANZEE, BIKINI, RAM, SORREL] = [
  281, 283, 162, 161, 526, 366, 367, 445, 348, 339,
];

/** As likely true as the mass says. */
const bar: Bar = { truthOf: ({ probability }) => probability, leastTruth: 0.86 };

function probabilities(parts: Record<number, number>): Float64Array {
  const result = new Float64Array(CLASS_COUNT);
  for (const [classIndex, probability] of Object.entries(parts)) {
    result[Number(classIndex)] = probability;
  }
  return result;
}

function hintOf(
  parts: Record<number, number>,
  own = {},
  changes: Partial<Bar> = {},
): Choice | null {
  const { candidates } = sayableNodes(probabilities(parts), verdicts(own));
  return chooseHint(candidates, { ...bar, ...changes });
}

test('says the class where it is sure', () => {
  const hint = hintOf({ [TABBY]: 0.99, [PERSIAN]: 0.01 });
  expect(hint).toMatchObject({ node: TABBY, probability: 0.99 });
  expect(hint?.bits).toBeCloseTo(9.966, 3);
});

test('says the closest ancestor that is sure where the class is not', () => {
  const cats = hintOf({ [TABBY]: 0.5, [PERSIAN]: 0.45, [DESK]: 0.05 });
  expect(cats?.label.name).toBe('cat');
  const hounds = hintOf({ [BEAGLE]: 0.45, [BASSET]: 0.45, [DESK]: 0.1 });
  expect(hounds?.label.name).toBe('hound dog');
});

test('what may be a relative that the model never met is called by its kind', () => {
  const said = (truthOfTabby: number): string | undefined =>
    hintOf({ [TABBY]: 0.99 }, {}, { truthOf: ({ node }) => (node === TABBY ? truthOfTabby : 0.99) })
      ?.label.name;
  expect(said(0.98)).toBe('tabby cat');
  // Sure enough to be said, but the kind is so much surer.
  expect(said(0.9)).toBe('cat');
  expect(said(0.5)).toBe('cat');
});

test('what is not sure enough to be true is not said, however much mass it has', () => {
  expect(hintOf({ [TABBY]: 0.99 }, {}, { truthOf: () => 0.85 })).toBeNull();
});

test('little mass is not said, however true it seems; a person may ask for more', () => {
  const surely = { truthOf: () => 1 };
  expect(hintOf({ [TABBY]: 0.84, [DESK]: 0.16 }, {}, surely)).toBeNull();
  const parts = { [TABBY]: 0.9, [PERSIAN]: 0.06, [DESK]: 0.04 };
  expect(hintOf(parts, {}, surely)?.label.name).toBe('tabby cat');
  expect(hintOf(parts, {}, { ...surely, leastMass: 0.95 })?.label.name).toBe('cat');
  expect(hintOf(parts, {}, { ...surely, leastMass: 0.97 })).toBeNull();
});

test('says a wide kind only from the short list: animal, never artifact', () => {
  const animal = hintOf({ [TABBY]: 0.3, 0: 0.3, 300: 0.3, [DESK]: 0.1 });
  expect(animal?.label.name).toBe('animal');
  expect(animal?.bits).toBeLessThan(3);
  expect(hintOf({ [DESK]: 0.4, 407: 0.3, 899: 0.3 })).toBeNull();
});

test('says nothing where mass is spread', () => {
  expect(hintOf({ [TABBY]: 0.5, [DESK]: 0.5 })).toBeNull();
});

test('of one class and its only ancestor it says the ancestor: sheep for ram, horse for sorrel', () => {
  expect(hintOf({ [RAM]: 0.97 })?.label.name).toBe('sheep');
  expect(hintOf({ [SORREL]: 0.97 })?.label.name).toBe('horse');
});

test('a denied class is not said; its ancestors only where they do no harm', () => {
  expect(hintOf({ [GORILLA]: 0.99 })).toBeNull();
  expect(hintOf({ [GORILLA]: 0.5, [CHIMPANZEE]: 0.5 })).toBeNull();
  expect(hintOf({ [BIKINI]: 0.99 })?.label.name).toBe('garment');
  expect(sayableNodes(probabilities({ [BIKINI]: 0.6 }), verdicts()).isDenied).toBe(true);
});

test("a person's own list is heeded for classes and ancestors", () => {
  const domesticCats = { deny: ['n02121808'] };
  const hint = hintOf({ [TABBY]: 0.97 }, domesticCats);
  expect(hint?.label.name).toBe('feline');
});

test('guesses the likeliest class from 0.5, but none that is denied', () => {
  const guess = (parts: Record<number, number>): string | undefined => {
    const found = sayableNodes(probabilities(parts), verdicts()).guess;
    return found === null ? undefined : synsetOf(found.node);
  };
  expect(guess({ [TABBY]: 0.6, [DESK]: 0.4 })).toBe('n02123045');
  expect(guess({ [TABBY]: 0.45, [DESK]: 0.4 })).toBeUndefined();
  expect(guess({ [GORILLA]: 0.6 })).toBeUndefined();
});
