import { expect, test, vi } from 'vitest';

import type { Failure } from '../../../src/core/errors';
import { fake } from '../support/fake-browser';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

fake.texts = new Map([
  ['percent', '$1%'],
  ['error_internal', 'Something went wrong.'],
  ['error_image_tainted', 'The site keeps it to itself.'],
  ['remedy_image_tainted', 'Allow the site.'],
  ['error_page_gone', 'The page is gone.'],
]);

const { failureText, percent, text: textOf } = await import('../../../src/platform/i18n');

test.each([
  [1, '>99%'],
  [0.9951, '>99%'],
  [0.99, '99%'],
  [0.874, '87%'],
  [0.01, '1%'],
  [0.0004, '<1%'],
  [0, '<1%'],
])('%d is written as %s: never as certainty', (probability, text) => {
  expect(percent(probability)).toBe(text);
});

test('in text from right to left the ends are words', () => {
  fake.texts?.set('popup_direction', 'rtl');
  expect([percent(1), percent(0)]).toEqual(['percent_over', 'percent_under']);
  expect(percent(0.5)).toBe('50%');
  fake.texts?.delete('popup_direction');
});

test('a text that the browser lacks shows its key', () => {
  expect(textOf('report_title')).toBe('report_title');
});

test('a failure says what happened and what to do, whatever code stands in a report', () => {
  // As from a page or storage, where no compiler looks.
  const explained = (code: string) => failureText({ code, message: '' } as Failure);
  expect(explained('image-tainted')).toEqual({
    what: 'The site keeps it to itself.',
    remedy: 'Allow the site.',
  });
  expect(explained('page-gone')).toEqual({ what: 'The page is gone.', remedy: '' });
  expect(explained('no such code').what).toBe('Something went wrong.');
});
