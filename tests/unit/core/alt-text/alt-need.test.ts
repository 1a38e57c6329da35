import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import type { AltFacts } from '../../../../src/core/alt-text/alt-facts';
import {
  altTextNeed,
  mayBeReplaced,
  type Replaceable,
} from '../../../../src/core/alt-text/alt-need';
import { NEED_RULES } from '../../../../src/core/alt-text/need-rules';

const BARE: AltFacts = {
  kind: 'img',
  role: '',
  isHidden: false,
  isFocusable: false,
  hasGlobalAria: false,
  alt: null,
  name: '',
  nameFrom: null,
  control: null,
  caption: '',
  linkText: '',
  heading: '',
  fileName: null,
  language: 'en',
  hasNamesake: false,
};
const withAlt = (alt: string): Partial<AltFacts> => ({ alt, name: alt.trim(), nameFrom: 'alt' });

function verdict(facts: Partial<AltFacts>): string {
  const { need, rule } = altTextNeed({ ...BARE, ...facts });
  return `${need} ${rule}`;
}

test.each<[string, Partial<AltFacts>]>([
  ['missing no-alt', {}],
  ['decorative hidden', { isHidden: true, ...withAlt('A cat') }],
  ['decorative empty-alt', { alt: '' }],
  ['decorative empty-alt', { alt: '', name: 'A tooltip', nameFrom: 'title' }],
  ['named title', { alt: '', name: 'A tooltip', nameFrom: 'title', isFocusable: true }],
  ['named aria-label', { alt: '', name: 'A cat', nameFrom: 'aria-label' }],
  ['missing empty-alt-in-control', { alt: '', control: 'link' }],
  ['missing blank-alt', { alt: '\u00a0' }],
  ['named aria-label', { alt: ' ', name: 'A cat', nameFrom: 'aria-label' }],
  ['missing empty-alt-exposed', { alt: '', isFocusable: true }],
  ['missing empty-alt-exposed', { alt: '', role: 'img' }],
  ['missing no-control-name', { control: 'other', role: 'none' }],
  ['missing no-link-purpose', { control: 'link', isHidden: true }],
  ['weak repeats-text', { ...withAlt('Rex, our dog'), block: 'Here is Rex, our dog, asleep.' }],
  ['named alt', { ...withAlt('Rex'), block: 'Rex sleeps.' }],
  ['weak repeats-title', { ...withAlt('Rex'), tooltip: 'rex' }],
  ['null null', { kind: 'other', hasWords: true, name: 'A tooltip', nameFrom: 'title' }],
  ['missing no-name', { kind: 'other', role: 'img', hasWords: true }],
  ['decorative presentation-role', { role: 'none' }],
  ['missing no-alt', { role: 'none', isFocusable: true }],
  ['missing no-alt', { role: 'presentation', hasGlobalAria: true }],
  ['missing no-alt', { role: 'no-such-role' }],
  ['decorative not-exposed', { role: 'figure' }],
  ['missing no-alt', { role: 'figure', isFocusable: true }],
  ['missing no-link-purpose', { control: 'link' }],
  ['missing no-button-purpose', { kind: 'button', control: 'button', alt: '' }],
  ['missing no-button-purpose', { kind: 'button', control: 'button', role: 'none' }],
  ['missing no-name', { kind: 'svg', role: 'img' }],
  ['missing no-name', { kind: 'other', role: 'image' }],
  ['decorative not-exposed', { kind: 'svg' }],
  ['decorative not-exposed', { kind: 'other' }],
  ['named svg-title', { kind: 'svg', name: 'A square', nameFrom: 'svg-title' }],
  ['named alt', withAlt('A cat on a sofa')],
  ['weak repeats-caption', { ...withAlt('The old mill'), caption: 'The old mill.' }],
  [
    'named aria-labelledby',
    { name: 'The old mill', nameFrom: 'aria-labelledby', caption: 'The old mill' },
  ],
  ['weak repeats-link', { ...withAlt('Home'), linkText: 'home' }],
  ['weak repeats-heading', { ...withAlt('Opening hours'), heading: 'Opening hours' }],
  ['weak same-text', { ...withAlt('A boat'), hasNamesake: true }],
  ['weak file-name', { ...withAlt('a-b_04'), fileName: 'a-b_04.webp' }],
  ['weak other-language', withAlt('Кошка на диване')],
  ['weak too-long', withAlt('word '.repeat(60))],
  ['weak symbols-only', withAlt('→')],
  ['named alt', withAlt('🐈')],
  ['weak machine-text', withAlt('May be an image of a dog')],
])('%s', (expected, facts) => {
  expect(verdict(facts)).toBe(expected);
});

test('an emoji that repeats the caption compares as nothing', () => {
  expect(verdict({ ...withAlt('!?'), caption: '...' })).toBe('weak symbols-only');
});

describe('what may be replaced for a listener', () => {
  const of = (facts: Partial<AltFacts>, mode: Replaceable) =>
    mayBeReplaced(altTextNeed({ ...BARE, ...facts }), mode);

  test('nothing that is missing is left out', () => {
    expect(of({}, 'missing')).toBe(true);
    expect(of({}, 'missing-and-weak')).toBe(true);
  });

  test('a weak text only by second choice, and only one that says nothing', () => {
    expect(of(withAlt('IMG_1234.jpg'), 'missing')).toBe(false);
    expect(of(withAlt('IMG_1234.jpg'), 'missing-and-weak')).toBe(true);
    expect(of(withAlt('Photo of our team'), 'missing-and-weak')).toBe(false);
    expect(of({ ...withAlt('A boat'), hasNamesake: true }, 'missing-and-weak')).toBe(false);
  });

  test("any weak text by a person's own press", () => {
    expect(of({}, 'any-weak')).toBe(true);
    expect(of(withAlt('Photo of our team'), 'any-weak')).toBe(true);
    expect(of({ ...withAlt('A boat'), hasNamesake: true }, 'any-weak')).toBe(true);
  });

  test.each(['missing', 'missing-and-weak', 'any-weak'] as const)(
    "never an author's word: %s",
    (mode) => {
      expect(of({ alt: '' }, mode)).toBe(false);
      expect(of(withAlt('A cat'), mode)).toBe(false);
      expect(of({ role: 'none' }, mode)).toBe(false);
    },
  );
});

test('every rule has its own id and its text', () => {
  expect(new Set(NEED_RULES).size).toBe(NEED_RULES.length);
  expect(NEED_RULES.length).toBeGreaterThan(20);
  const texts = JSON.parse(readFileSync('src/_locales/en/messages.json', 'utf8')) as Record<
    string,
    { message: string } | undefined
  >;
  const missing = NEED_RULES.map((rule) => `need_rule_${rule.replaceAll('-', '_')}`).filter(
    (key) => !texts[key]?.message,
  );
  expect(missing).toEqual([]);
});
