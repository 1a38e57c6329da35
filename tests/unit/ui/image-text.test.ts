import { expect, test } from 'vitest';

import { SKIP_REASONS } from '../../../src/core/alt-text/candidate';
import { PENDING_REASONS } from '../../../src/core/report/page-report';
import { fileNameOf, imageTitle, imageView, rowName } from '../../../src/ui/image-text';
import { english, explained } from '../../fixtures/popup/english';
import { bareImage, CAT, reportImage } from '../../fixtures/popup/report-image';

const view = (image: Parameters<typeof imageView>[0]) => imageView(image, english, explained);

test('a labelled image says its label and how sure it is', () => {
  expect(view(reportImage())).toEqual({
    headline: 'domestic cat',
    headlineLanguage: 'en',
    probability: 0.95,
    note: '',
    tone: 'said',
  });
});

test('silence has a reason first, also where there is a guess', () => {
  const guess = {
    synset: 'n1',
    label: 'lynx',
    english: 'lynx',
    text: 'Possibly a lynx',
    probability: 0.55,
  };
  const silent = { ...CAT, hint: null, silence: 'unsure' } as const;
  const image = reportImage({ hint: null, silence: 'unsure', prediction: { ...silent, guess } });
  for (const one of [image, { ...image, prediction: silent }]) {
    expect(view(one)).toEqual({
      headline: english('chip_silence_unsure'),
      ...{ headlineLanguage: null, probability: null, tone: 'silent' },
      note: english('popup_silence_unsure'),
    });
  }
});

test('what waits says what for', () => {
  const image = bareImage({ state: 'pending' });
  const notes = PENDING_REASONS.map((reason) =>
    image.state === 'pending' ? view({ ...image, reason }).note : '',
  );
  expect(new Set(notes).size).toBe(PENDING_REASONS.length);
  expect(notes).not.toContain('');
});

test.each(SKIP_REASONS)('skipped: %s has a text', (reason) => {
  const { note, tone } = view(bareImage({ state: 'skipped', reason }));
  expect([note !== '', tone]).toEqual([true, 'left']);
});

test('a failure says what happened and what to do', () => {
  expect(view(bareImage({ state: 'failed', reason: 'image-tainted' }))).toMatchObject({
    headline: 'what image-tainted.',
    note: 'do image-tainted.',
    tone: 'failed',
  });
});

test('a labelled image of which nothing is said, for no reason, cannot be', () => {
  expect(() => view(reportImage({ hint: null, silence: null }))).toThrow(/no reason/);
});

test.each([
  ['https://example.org/a/my%20cat.jpg?size=2', 'my cat.jpg'],
  ['https://example.org/%E0%A4%A', '%E0%A4%A'],
  ['data:image/png;base64,AAAA', ''],
  [null, ''],
])('%s is called %s', (address, expected) => {
  expect(fileNameOf(address)).toBe(expected);
});

const name = (image: Parameters<typeof imageView>[0], suggestion: string) =>
  rowName(image, '7', 'domestic cat 95%', suggestion, english);

test('a row is called by everything that a person decides by', () => {
  const image = reportImage({ need: 'weak', name: 'IMG_1.jpg' });
  expect(name(image, 'Domestic cat')).toBe(
    'Image 7: domestic cat 95%. Weak text. Its text now: IMG_1.jpg. Suggestion: Domestic cat.',
  );
  expect(name(reportImage({ draft: null }), '')).toBe(
    'Image 7: domestic cat 95%. Text missing. No suggestion.',
  );
  const mismatch = { term: 'dog', synset: 'n02084071' };
  expect(name(reportImage({ need: 'named', name: 'A dog!', mismatch }), '')).toBe(
    'Image 7: domestic cat 95%. With a text. May not match. Its text now: A dog! No suggestion.',
  );
});

test('an image that stands for a link or a button is asked for its purpose', () => {
  const asked = (purpose: ReturnType<typeof reportImage>['purpose']) =>
    name(reportImage({ need: null, draft: null, purpose }), '').replace(/^.*95%\. /, '');
  expect(asked({ control: 'link', target: 'https://example.org/cats' })).toBe(
    'Where does its link lead? Its target: https://example.org/cats.',
  );
  expect(asked({ control: 'button', target: 'openMenu()' })).toBe(
    'What does its button do? The page has: openMenu().',
  );
  expect(asked({ control: 'button', target: null })).toBe('What does its button do?');
});

test('an image is called by its label, else by its file or place', () => {
  const title = (image: Parameters<typeof imageView>[0]) => imageTitle(image, view(image));
  expect(title(reportImage())).toBe('domestic cat');
  expect(title(bareImage({ state: 'failed', reason: 'image-tainted' }))).toBe('cat.jpg');
  expect(title(bareImage({ state: 'pending', address: null, selector: 'main > p > img' }))).toBe(
    'p > img',
  );
});
