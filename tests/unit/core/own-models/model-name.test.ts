import { describe, expect, test } from 'vitest';

import { modelName } from '../../../../src/core/own-models/model-name';
import { isOwnName } from '../../../../src/core/teaching/own-label';

const FILES = ['model.json', 'weights.bin', 'metadata.json'];
const ANIMALS = ['zebra', 'okapi', 'giraffe', 'antelope', 'gazelle'];

const nameOf = (paths: readonly string[], labels: readonly string[] = ANIMALS, taken = ['']) =>
  modelName(paths, labels, new Set(taken));

describe('a name that its files have', () => {
  test.each([
    ['a zip file', ['my cats.zip'], 'my cats'],
    ['a folder', ['Street signs/model.json', 'Street signs/weights.bin'], 'Street signs'],
    ['a model.json of another name', ['metadata.json', 'mugs.json', 'mugs.bin'], 'mugs'],
    ['more than spaces', ['  blue \u200B mugs .zip'], 'blue mugs'],
  ])('%s', (_, paths, name) => {
    expect(nameOf(paths)).toBe(name);
  });

  test('is cut, and not within a character', () => {
    const name = nameOf([`a${'🦓'.repeat(100)}.zip`]);
    expect(Array.from(name)).toHaveLength(40);
    expect(name).toBe(`a${'🦓'.repeat(38)}…`);
  });
});

describe('its first labels, and how many more', () => {
  test.each([
    FILES,
    ['web_model/model.json'],
    ['tm-my-image-model.zip'],
    ['tm-my-image-model (3).zip'],
    ['converted_keras.zip'],
    ['Model 2/model.json'],
    ['/model.json'],
  ])('where %s says nothing', (...paths) => {
    expect(nameOf(paths)).toBe('zebra, okapi, giraffe +2');
  });

  test('as many as there is room for', () => {
    expect(nameOf(FILES, ['across', 'upright'])).toBe('across, upright');
    expect(nameOf(FILES, ['only'])).toBe('only');
    const [long, longer] = ['a bus of the city’s own', 'a bus of another town'];
    expect(nameOf(FILES, [long, longer, 'tram'])).toBe(`${long} +2`);
    const most = nameOf(
      FILES,
      Array.from({ length: 2000 }, () => 'x'.repeat(80)),
    );
    expect(most).toBe(`${'x'.repeat(39)}… +1999`);
    expect(isOwnName(most)).toBe(true);
  });
});

test('a number where others have the name', () => {
  const zip = ['cats.zip'];
  expect(nameOf(zip, ANIMALS, ['cats'])).toBe('cats (2)');
  expect(nameOf(zip, ANIMALS, ['cats', 'cats (2)'])).toBe('cats (3)');
  expect(nameOf(FILES, ANIMALS, ['zebra, okapi, giraffe +2'])).toBe('zebra, okapi, giraffe +2 (2)');
});
