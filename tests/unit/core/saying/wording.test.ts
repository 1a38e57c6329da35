import { expect, test } from 'vitest';

import type { PlainLabel } from '../../../../src/core/saying/labels';
import { draftText, guessText, hintText } from '../../../../src/core/saying/wording';

const tabby: PlainLabel = { article: 'a', name: 'tabby cat', isKind: false };
const dog: PlainLabel = { article: 'a', name: 'dog', isKind: true };
const aircraft: PlainLabel = { article: 'an', name: 'aircraft', isKind: true };
const jeans: PlainLabel = { article: '', name: 'jeans', isKind: false };

test('hints are hedged', () => {
  expect(hintText(tabby)).toBe('May be a tabby cat');
  expect(hintText(dog)).toBe('May be a kind of dog');
  expect(hintText(aircraft)).toBe('May be a kind of aircraft');
  expect(hintText(jeans)).toBe('May be jeans');
});

test('guesses say so', () => {
  expect(guessText(tabby)).toBe('Possibly a tabby cat');
  expect(guessText(jeans)).toBe('Possibly jeans');
});

test('drafts are the bare label with a capital', () => {
  expect(draftText(tabby)).toBe('Tabby cat');
  expect(draftText(dog)).toBe('Dog');
  expect(draftText({ article: 'a', name: 'x'.repeat(200), isKind: false })).toHaveLength(125);
});
