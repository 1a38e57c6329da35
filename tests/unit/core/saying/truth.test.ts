import { expect, test } from 'vitest';

import { bitsOf, nodeOf } from '../../../../src/core/saying/taxonomy';
import {
  chanceOfTruth,
  loudnessOf,
  type TruthEvidence,
  truthEvidenceOf,
} from '../../../../src/core/saying/truth';

const [TABBY, TIGER_CAT, PERSIAN, DESK, DRAGONFLY] = [281, 282, 283, 526, 319];
const CAT = nodeOf('n02121808') ?? -1;

function evidence(
  parts: Record<number, number>,
  node: number,
  probability: number,
  loudness = 25,
): TruthEvidence {
  const probabilities = new Float64Array(1000);
  for (const [classIndex, value] of Object.entries(parts)) {
    probabilities[Number(classIndex)] = value;
  }
  return truthEvidenceOf(probabilities, loudness)({ node, probability, bits: bitsOf(node) });
}

test('odds are those of the mass, as far as a look keeps them', () => {
  expect(evidence({ [TABBY]: 0.9 }, TABBY, 0.9).odds).toBeCloseTo(Math.log(9), 10);
  expect(evidence({ [TABBY]: 1 }, TABBY, 1).odds).toBeCloseTo(Math.log(9999), 6);
  expect(evidence({ [TABBY]: 0.5 }, TABBY, 0).odds).toBeCloseTo(-Math.log(9999), 6);
});

test('the rival is the likeliest class that is not of the node, by what is ahead of the next five', () => {
  const parts = { [TABBY]: 0.8, [PERSIAN]: 0.1, [DESK]: 0.05, [TIGER_CAT]: 0.05 };
  const floor = Math.log(1e-4);
  const [persian, desk] = [Math.log(0.1), Math.log(0.05)];
  expect(evidence(parts, TABBY, 0.8).rival).toBeCloseTo(persian - (2 * desk + 3 * floor) / 5, 10);
  // Of the kind, cats are no rivals.
  expect(evidence(parts, CAT, 0.95).rival).toBeCloseTo(desk - floor, 10);
  expect(evidence({ [TABBY]: 1 }, TABBY, 1).rival).toBe(0);
});

test('what a look leaves out and what it rounds change no rival', () => {
  const tail = Object.fromEntries(Array.from({ length: 50 }, (_, place) => [600 + place, 9e-5]));
  expect(evidence({ [TABBY]: 0.9, ...tail }, TABBY, 0.9)).toEqual(
    evidence({ [TABBY]: 0.9 }, TABBY, 0.9),
  );
});

test('a class with a close relative has more kin than one that stands alone', () => {
  const kin = (classIndex: number): number => evidence({ [classIndex]: 0.9 }, classIndex, 0.9).kin;
  const CHEESEBURGER = 933;
  expect(kin(DRAGONFLY)).toBeGreaterThan(kin(CHEESEBURGER));
  expect(kin(CHEESEBURGER)).toBeGreaterThan(0);
  expect(kin(DRAGONFLY)).toBeLessThan(1);
});

test('precise is a class and what is above it alone', () => {
  expect(evidence({ [TABBY]: 0.9 }, TABBY, 0.9)).toMatchObject({ precise: 1, bits: bitsOf(0) });
  expect(evidence({ [TABBY]: 0.9 }, CAT, 0.9)).toMatchObject({ precise: 0, bits: bitsOf(CAT) });
});

test('loudness is the length of the features', () => {
  expect(loudnessOf({ values: Uint8Array.from([3, 4]), scale: 0.5 })).toBe(2.5);
  expect(loudnessOf({ values: new Uint8Array(4), scale: 0 })).toBe(0);
});

test('the chance is that of the logistic model', () => {
  const given = { odds: 2, precise: 1, bits: 10, rival: 3, kin: 0.5, loudness: 20 };
  const model = { bias: 1, odds: 1, precise: -1, bits: -0.1, rival: 0.2, kin: -2, loudness: 0.01 };
  expect(chanceOfTruth(given, model)).toBeCloseTo(
    1 / (1 + Math.exp(-(1 + 2 - 1 - 1 + 0.6 - 1 + 0.2))),
    10,
  );
});
