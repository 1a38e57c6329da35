import { describe, expect, test } from 'vitest';

import {
  altHtml,
  countFilters,
  listImages,
  type ImageQuery,
} from '../../../../src/core/report/rows';
import { bareImage, reportImage } from '../../../fixtures/popup/report-image';

const IMAGES = [
  bareImage({ id: 'skipped', need: 'decorative', state: 'skipped', reason: 'decorative' }),
  reportImage({ id: 'cat' }),
  bareImage({ id: 'failed', need: 'missing', state: 'failed', reason: 'image-tainted' }),
  reportImage({
    id: 'sure',
    need: 'weak',
    name: 'IMG 2040',
    draft: 'Dog',
    hint: {
      synset: 'n1',
      label: 'dog',
      english: 'dog',
      text: 'May be a dog',
      probability: 0.99,
      bits: 5,
    },
  }),
  bareImage({
    id: 'later',
    need: 'named',
    name: 'A Fine View',
    state: 'pending',
    mismatch: { term: 'view', synset: 'n1' },
  }),
];

const ids = (query: Partial<ImageQuery>): string[] =>
  listImages(IMAGES, { filter: 'all', search: '', order: 'position', ...query }).map(
    ({ id }) => id,
  );

test('those that need a person most come first, equals in page order', () => {
  expect(ids({ order: 'need' })).toEqual(['cat', 'failed', 'later', 'sure', 'skipped']);
});

describe('filters', () => {
  test.each([
    ['all', ['skipped', 'cat', 'failed', 'sure', 'later']],
    ['missing', ['cat', 'failed']],
    ['weak', ['sure']],
    ['mismatch', ['later']],
    ['named', ['later']],
    ['decorative', ['skipped']],
    ['skipped', ['skipped']],
    ['failed', ['failed']],
  ] as const)('%s', (filter, expected) => {
    expect(ids({ filter })).toEqual(expected);
    expect(countFilters(IMAGES)[filter]).toBe(expected.length);
  });
});

test('a search finds the words of the page', () => {
  const pageDraft = { text: 'Giant panda, Beijing Zoo', from: 'caption' } as const;
  const images = [reportImage({ id: 'other' }), reportImage({ id: 'panda', pageDraft })];
  const found = listImages(images, { filter: 'all', search: 'beijing', order: 'position' });
  expect(found.map(({ id }) => id)).toEqual(['panda']);
});

test('a search finds labels, texts and addresses, in any case and all words of it', () => {
  expect(ids({ search: 'DOMESTIC' })).toEqual(['cat']);
  expect(ids({ search: 'fine view' })).toEqual(['later']);
  expect(ids({ search: 'view dog' })).toEqual([]);
  expect(ids({ search: 'photos/cat 2040' })).toEqual(['sure']);
  expect(ids({ search: '  ' })).toHaveLength(IMAGES.length);
});

test('the surest come first, those without a label last and as on the page', () => {
  expect(ids({ order: 'confidence' })).toEqual(['sure', 'cat', 'skipped', 'failed', 'later']);
  // The report itself keeps its order.
  expect(IMAGES[0]?.id).toBe('skipped');
});

test('an alt text cannot leave its attribute', () => {
  expect(altHtml('Tabby cat')).toBe('<img alt="Tabby cat">');
  expect(altHtml('"><b> & co')).toBe('<img alt="&quot;>&lt;b> &amp; co">');
});
