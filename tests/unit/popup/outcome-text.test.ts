import { describe, expect, test } from 'vitest';

import type { ErrorCode } from '../../../src/core/errors';
import { RUNGS, SILENCES, type Prediction } from '../../../src/core/saying/prediction';
import { snake } from '../../../src/core/message-key';
import type { Outcome } from '../../../src/messages/protocol';
import { missingAccess, placeName, timeAgo, webAddress } from '../../../src/popup/outcome-text';
import { outcomeView } from '../../../src/ui/outcome-view';
import { english, explained } from '../../fixtures/popup/english';

const TABBY = { classIndex: 281, synset: 'n02123045', label: 'tabby cat', probability: 0.93 };

const predicted = (changes: Partial<Prediction>): Pick<Outcome, 'result'> => ({
  result: {
    ok: true,
    prediction: {
      predictions: [TABBY],
      hint: null,
      guess: null,
      silence: null,
      draft: null,
      backend: 'wasm',
      variant: 'accurate',
      views: 3,
      picture: `${'ab'.repeat(32)}-400x300`,
      ...{ lang: 'en', draftLang: 'en', kept: null },
      rung: 'decoded',
      inferenceMilliseconds: 31,
      cached: false,
      ...changes,
    },
  },
});

const view = (outcome: Pick<Outcome, 'result'>) => outcomeView(outcome, english, explained);

test('a hint is the headline, in English, with its own probability', () => {
  const hint = {
    ...TABBY,
    english: 'tabby cat',
    text: 'May be a tabby cat',
    probability: 0.97,
    bits: 9.97,
  };
  expect(view(predicted({ hint, draft: 'Tabby cat' }))).toEqual({
    tone: 'said',
    headline: 'May be a tabby cat',
    headlineLanguage: 'en',
    probability: 0.97,
    note: '',
  });
});

test('a guess is no headline: the reason for the silence is', () => {
  const guess = { ...TABBY, english: 'tabby cat', text: 'Possibly a tabby cat', probability: 0.58 };
  expect(view(predicted({ guess, silence: 'unsure' }))).toEqual({
    tone: 'silent',
    headline: english('chip_silence_unsure'),
    headlineLanguage: null,
    probability: null,
    note: english('popup_silence_unsure'),
  });
});

test('where a model of the person’s own speaks instead its answer is the headline, as it gives it', () => {
  const own = [{ model: 'Mugs', label: 'blue mug', probability: 0.93, isInstead: true }];
  expect(view(predicted({ silence: 'own-model', own }))).toEqual({
    tone: 'said',
    headline: english('own_model_says', 'Mugs', 'blue mug'),
    headlineLanguage: null,
    probability: 0.93,
    note: english('popup_silence_own_model'),
  });
});

const QUIET = SILENCES.filter((silence) => silence !== 'own-model');

test.each(QUIET)('silence for %s says why, in the language of the interface', (silence) => {
  const { headline, headlineLanguage, probability, note } = view(predicted({ silence }));
  expect({ headline, headlineLanguage, probability }).toEqual({
    headline: english(snake(`chip_silence_${silence}`)),
    headlineLanguage: null,
    probability: null,
  });
  expect(note).toBe(english(snake(`popup_silence_${silence}`)));
});

test('a failure says what happened and what to do', () => {
  const error = { code: 'image-truncated', message: 'raw' } as const;
  expect(view({ result: { ok: false, error } })).toMatchObject({
    tone: 'failed',
    headline: 'what image-truncated.',
    note: 'do image-truncated.',
    probability: null,
  });
});

test('every way to the pixels has its own words', () => {
  const words = RUNGS.map((rung) => english(snake(`popup_rung_${rung}`)));
  expect(new Set(words).size).toBe(RUNGS.length);
});

describe('access that was missing', () => {
  const failed = (code: ErrorCode, source: string | null): Outcome => ({
    id: '1',
    requestedAt: 0,
    source,
    page: 'https://example.com/',
    result: { ok: false, error: { code: 'image-not-readable', message: '' } },
    failedRungs: [{ rung: 'worker-fetch', error: { code, message: '' } }],
    milliseconds: 1,
    cardMilliseconds: 1,
    thumbnail: null,
  });

  test('is asked for the host that serves the image', () => {
    const outcome = failed('host-permission-missing', 'https://cdn.example.net:8443/a.jpg');
    expect(missingAccess(outcome)).toBe('https://cdn.example.net/*');
  });

  test('is not asked for where it would not help', () => {
    expect(missingAccess(failed('http-status', 'https://cdn.example.net/a.jpg'))).toBeNull();
    expect(missingAccess(failed('host-permission-missing', 'data:image/png;base64,AA'))).toBeNull();
    expect(missingAccess(failed('host-permission-missing', null))).toBeNull();
  });
});

test.each([
  ['https://example.com/a?b', 'https://example.com/a?b'],
  ['javascript:alert(1)', null],
  ['data:text/html,hi', null],
  ['no address', null],
  [null, null],
])('a link may open %s: %s', (address, expected) => {
  expect(webAddress(address)?.href ?? null).toBe(expected);
});

test.each([
  ['https://www.example.com/a/b', 'example.com'],
  ['http://localhost:8080/x', 'localhost:8080'],
  ['file:///home/me/a.png', 'file'],
  ['', ''],
])('the place of %s is %s', (address, expected) => {
  expect(placeName(address)).toBe(expected);
});

test.each([
  [4_000, 'now'],
  [42_000, '42 sec. ago'],
  [179_000, '2 min. ago'],
  [2 * 3_600_000, '2 hr. ago'],
  [30 * 3_600_000, 'yesterday'],
  [-5_000, 'now'],
])('%d ms ago reads %s', (age, expected) => {
  expect(timeAgo(1_000_000_000 - age, 1_000_000_000, 'en')).toBe(expected);
});
