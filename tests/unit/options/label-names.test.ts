import { expect, test } from 'vitest';

import { findLabel, KEPT_BACK, LABELS, nameOfSynset } from '../../../src/options/label-names';

test('every label has a name and a synset of its own', () => {
  expect(LABELS.length).toBeGreaterThan(1200);
  expect(new Set(LABELS.map(({ name }) => name)).size).toBe(LABELS.length);
  expect(new Set(LABELS.map(({ synset }) => synset)).size).toBe(LABELS.length);
});

test('a label is found as people write it', () => {
  expect(findLabel(' Tabby Cat ')?.synset).toBe('n02123045');
  expect(findLabel('dog')?.synset).toBe('n02084071');
  expect(findLabel('unicorn')).toBeUndefined();
  expect(findLabel('')).toBeUndefined();
});

test('a synset has its name back; one that is not known stays itself', () => {
  expect(nameOfSynset('n02123045')).toBe('tabby cat');
  expect(nameOfSynset('n99999999')).toBe('n99999999');
});

test('every entry of the built-in list can be read', () => {
  expect(KEPT_BACK.length).toBeGreaterThan(20);
  for (const { synset, names } of KEPT_BACK) expect(names, synset).not.toEqual([]);
  expect(KEPT_BACK.find(({ synset }) => synset === 'n02470325')?.names).toContain('gorilla');
});
