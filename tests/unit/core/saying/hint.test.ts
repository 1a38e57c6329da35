import { expect, test } from 'vitest';

import { verdicts } from '../../../../src/core/saying/denied';
import { chooseHint, sayableNodes, type Choice } from '../../../../src/core/saying/hint';
import { CLASS_COUNT } from '../../../../src/core/saying/prediction';
import { synsetOf } from '../../../../src/core/saying/taxonomy';

const [TABBY, PERSIAN, BEAGLE, BASSET, DESK, GORILLA, CHIMPANZEE, BIKINI, RAM, SORREL] = [
  281, 283, 162, 161, 526, 366, 367, 445, 348, 339,
];
const thresholds = { leaf: 0.9, kind: 0.8 };

function probabilities(parts: Record<number, number>): Float64Array {
  const result = new Float64Array(CLASS_COUNT);
  for (const [classIndex, probability] of Object.entries(parts)) {
    result[Number(classIndex)] = probability;
  }
  return result;
}

function hintOf(parts: Record<number, number>, own = {}): Choice | null {
  const { candidates } = sayableNodes(probabilities(parts), verdicts(own));
  return chooseHint(candidates, thresholds);
}

test('says the class where it is sure', () => {
  const hint = hintOf({ [TABBY]: 0.95, [PERSIAN]: 0.05 });
  expect(hint).toMatchObject({ node: TABBY, probability: 0.95 });
  expect(hint?.bits).toBeCloseTo(9.966, 3);
});

test('says the closest ancestor that is sure where the class is not', () => {
  const cats = hintOf({ [TABBY]: 0.5, [PERSIAN]: 0.45, [DESK]: 0.05 });
  expect(cats?.label.name).toBe('cat');
  const hounds = hintOf({ [BEAGLE]: 0.45, [BASSET]: 0.45, [DESK]: 0.1 });
  expect(hounds?.label.name).toBe('hound dog');
});

test('a class needs more than an ancestor', () => {
  const hint = hintOf({ [TABBY]: 0.85, [DESK]: 0.15 });
  expect(hint?.label.name).toBe('cat');
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
