import { expect, test } from 'vitest';

import { toFailure } from '../../../src/core/errors';
import { answered, ofUnshown } from '../../../src/core/http-answer';

test.each([
  [404, 'image-not-found'],
  [410, 'image-not-found'],
  [400, 'http-status'],
  [403, 'http-status'],
  [405, 'http-status'],
  [500, 'http-status'],
  [503, 'http-status'],
])('an answer of %d for a picture that nobody shows is %s', (status, code) => {
  expect(answered(status).code).toBe('http-status');
  expect(ofUnshown(toFailure(answered(status))).code).toBe(code);
});

test('another failure stays what it is, whatever its words', () => {
  const failure = { code: 'network-failed', message: 'The server answered 404.' } as const;
  expect(ofUnshown(failure)).toBe(failure);
});
