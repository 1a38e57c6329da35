import { expect, test } from 'vitest';

import { CLASS_COUNT } from '../../../../src/core/saying/prediction';
import {
  bitsOf,
  classesOf,
  classCountOf,
  isAtOrBelow,
  isWithin,
  lineOf,
  NODE_COUNT,
  nodeMasses,
  nodeOf,
  parentsOf,
  synsetOf,
} from '../../../../src/core/saying/taxonomy';

const node = (synset: string): number => {
  const found = nodeOf(synset);
  if (found === undefined) throw new Error(`No node ${synset}.`);
  return found;
};
const DOG = node('n02084071');
const ENTITY = node('n00001740');
const GREAT_WHITE_SHARK = 2;
const TABBY = 281;
const BEAGLE = 162;

test('holds the closure of the 1,000 classes: 1,860 synsets, 38 classes with several parents', () => {
  expect(NODE_COUNT).toBe(1860);
  const classes = Array.from({ length: CLASS_COUNT }, (_, classIndex) => classIndex);
  expect(classes.filter((classIndex) => parentsOf(classIndex).length > 1)).toHaveLength(38);
});

test.each([
  [0, 'n01440764'], // tench
  [TABBY, 'n02123045'],
  [999, 'n15075141'], // toilet tissue
])('class %i is %s', (classIndex, synset) => {
  expect(synsetOf(classIndex)).toBe(synset);
  expect(nodeOf(synset)).toBe(classIndex);
});

test('every node has its own synset, and only the root has no parent', () => {
  const nodes = Array.from({ length: NODE_COUNT }, (_, place) => place);
  expect(new Set(nodes.map(synsetOf)).size).toBe(NODE_COUNT);
  expect(nodes.filter((place) => parentsOf(place).length === 0)).toEqual([ENTITY]);
  expect(() => synsetOf(NODE_COUNT)).toThrow(RangeError);
});

test('information is log2(1000 / classes below)', () => {
  expect(classCountOf(ENTITY)).toBe(1000);
  expect(bitsOf(ENTITY)).toBe(0);
  expect(classCountOf(DOG)).toBe(118);
  expect(bitsOf(DOG)).toBeCloseTo(3.083, 3);
  expect(bitsOf(TABBY)).toBeCloseTo(9.966, 3);
});

test('knows what is below what', () => {
  expect(isAtOrBelow(BEAGLE, DOG)).toBe(true);
  expect(isAtOrBelow(BEAGLE, BEAGLE)).toBe(true);
  expect(isAtOrBelow(TABBY, DOG)).toBe(false);
  expect(classesOf(BEAGLE)).toEqual([BEAGLE]);
  expect(classesOf(DOG)).toHaveLength(118);
  expect(classesOf(DOG)).toContain(BEAGLE);
  expect(classesOf(ENTITY)).toHaveLength(CLASS_COUNT);
  expect(lineOf(GREAT_WHITE_SHARK)).toContain(node('n01482330')); // shark
  expect(lineOf(GREAT_WHITE_SHARK)).toContain(ENTITY);
});

test('the mass of a node is the sum over its classes, counted once where two paths lead up', () => {
  const probabilities = new Float64Array(CLASS_COUNT);
  probabilities[BEAGLE] = 0.5;
  probabilities[151] = 0.2; // Chihuahua
  probabilities[TABBY] = 0.3;
  const masses = nodeMasses(probabilities);
  expect(masses[DOG]).toBeCloseTo(0.7);
  expect(masses[node('n00015388')]).toBeCloseTo(1); // animal, reached twice from every dog
  expect(masses[ENTITY]).toBeCloseTo(1);
});

test('a kind is within a wider one, and never the other way round', () => {
  expect(isWithin(BEAGLE, DOG)).toBe(true);
  expect(isWithin(DOG, DOG)).toBe(true);
  expect(isWithin(DOG, ENTITY)).toBe(true);
  expect(isWithin(DOG, BEAGLE)).toBe(false);
  expect(isWithin(TABBY, DOG)).toBe(false);
});
