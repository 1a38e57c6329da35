import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { CodedError, ERROR_CODES, fromFailure, toFailure } from '../../../src/core/errors';

test('a coded error crosses contexts and comes back the same', () => {
  const failure = toFailure(new CodedError('image-empty', 'The file has 0 bytes.'));
  expect(failure).toEqual({ code: 'image-empty', message: 'The file has 0 bytes.' });
  expect(fromFailure(failure)).toMatchObject({ code: 'image-empty', message: failure.message });
});

test('an abort is a cancellation, anything else internal', () => {
  expect(toFailure(new DOMException('stop', 'AbortError')).code).toBe('cancelled');
  expect(toFailure(new TypeError('x')).code).toBe('internal');
  expect(toFailure('x')).toEqual({ code: 'internal', message: 'x' });
});

test('a code of another version is internal', () => {
  expect(fromFailure({ code: 'from-the-future' as never, message: '' }).code).toBe('internal');
});

test('every code has its text in every language', () => {
  const locales = readdirSync('src/_locales');
  expect(locales).toContain('en');
  for (const locale of locales) {
    const texts = JSON.parse(
      readFileSync(`src/_locales/${locale}/messages.json`, 'utf8'),
    ) as Record<string, { message: string }>;
    for (const code of ERROR_CODES) {
      const key = `error_${code.replaceAll('-', '_')}`;
      expect(texts[key]?.message, `${locale}: ${key}`).toBeTruthy();
    }
  }
});

test('an error with a code keeps it, whichever of our scripts made it', () => {
  class OtherScriptsError extends Error {
    override readonly name = 'CodedError';
    readonly code = 'network-failed';
  }
  expect(toFailure(new OtherScriptsError('Not reached.'))).toEqual({
    ...{ code: 'network-failed', message: 'Not reached.' },
  });
});
