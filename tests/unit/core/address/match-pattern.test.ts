import { expect, test } from 'vitest';

import { hostPattern, webOrigin } from '../../../../src/core/address/match-pattern';

test.each([
  ['https://example.org/a?b', 'https://example.org/*', 'https://example.org'],
  ['http://localhost:8080/', 'http://localhost/*', 'http://localhost:8080'],
  ['http://[::1]:80/', 'http://[::1]/*', 'http://[::1]'],
  ['file:///a', null, null],
  ['chrome://settings', null, null],
  ['about:blank', null, null],
  ['', null, null],
])('%s: pattern %s, origin %s', (address, pattern, origin) => {
  expect(hostPattern(address)).toBe(pattern);
  expect(webOrigin(address)).toBe(origin);
});
