import { expect, test, vi } from 'vitest';

vi.mock('webextension-polyfill', () => import('../support/fake-browser'));

const { percent } = await import('../../../src/platform/i18n');

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
