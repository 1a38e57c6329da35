import { expect, test } from 'vitest';

import { endsInImage, isKeywordList, questionsOf } from '../../../../scripts/audit/questions';
import { image } from './audited';

test.each(['Team photo', 'Logo image', 'Hund Bild', '子猫 画像', 'kot zdjęcie'])(
  '“%s” ends by saying that it is an image',
  (text) => {
    expect(endsInImage(text)).toBe(true);
  },
);

test.each(['Photo', 'A photo of a barn', 'Iconic', 'The picture frame', ''])(
  '“%s” does not',
  (text) => {
    expect(endsInImage(text)).toBe(false);
  },
);

test.each([
  'cheap shoes, shoes sale, red shoes, shoes online, buy shoes, shoes shop',
  'hotel berlin hotel cheap hotel',
  'dog | cat | bird | fish | horse | cow',
])('“%s” is a list of search words', (text) => {
  expect(isKeywordList(text)).toBe(true);
});

test.each([
  'A dog, a cat and a bird on a sofa',
  'Ann, Bob, Carla and Dan',
  'The big dog beside the small dog',
  'Berlin, Hamburg, Munich',
])('“%s” is a text', (text) => {
  expect(isKeywordList(text)).toBe(false);
});

test('of a run of images with the same text all but the first are asked about', () => {
  const named = { need: 'named', rule: 'alt' } as const;
  const star = image({ ...named, name: 'Star' });
  const asked = questionsOf([star, star, image({ ...named, name: 'Moon' }), star]);
  expect(asked).toEqual([[], ['run-of-same-text'], [], []]);
  // Of two frames nobody knows which is heard first.
  expect(questionsOf([star, { ...star, frameId: 3 }])).toEqual([[], []]);
  expect(questionsOf([image(), image()])).toEqual([[], []]);
  // Its text is a fault already: no second finding for the same words.
  const same = image({ need: 'weak', rule: 'same-text', name: 'Star' });
  expect(questionsOf([same, same])).toEqual([[], []]);
});

test('a tiny image with a text is asked about, a tiny silent one is not', () => {
  const tiny = { width: 16, height: 16 };
  const named = image({ ...tiny, need: 'named', rule: 'alt', name: 'Dot' });
  expect(questionsOf([named])).toEqual([['looks-decorative']]);
  expect(questionsOf([image(tiny)])).toEqual([[]]);
});
