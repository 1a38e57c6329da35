import { expect, test } from 'vitest';

import { SKIP_REASONS } from '../../../src/core/alt-text/candidate';
import { PENDING_REASONS } from '../../../src/core/report/page-report';
import { fileNameOf, imageView } from '../../../src/ui/image-text';
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
