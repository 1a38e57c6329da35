import { expect, test } from 'vitest';

import {
  ALL_SITES,
  hostPattern,
  hostPatterns,
  isMatchPattern,
  originOfPattern,
  webOrigin,
} from '../../../../src/core/address/match-pattern';

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

test('access is asked for once a site, without ports, and for no address that needs none', () => {
  expect(
    hostPatterns([
      'http://a.example:8080/page',
      'http://a.example/x.png',
      'https://cdn.example/x.png',
      'data:image/png,x',
      '',
    ]),
  ).toEqual(['http://a.example/*', 'https://cdn.example/*']);
});

test('a pattern tells its origin, unless it means many hosts', () => {
  expect(originOfPattern('https://example.org/*')).toBe('https://example.org');
  for (const pattern of [...ALL_SITES, 'https://*.example.org/*', '<all_urls>']) {
    expect(originOfPattern(pattern)).toBeNull();
  }
});

test('match patterns are of http and https, and of whole hosts', () => {
  for (const pattern of [...ALL_SITES, 'https://example.org/*']) {
    expect(isMatchPattern(pattern)).toBe(true);
  }
  for (const pattern of [
    'file:///*',
    'https://example.org/x',
    'https://example.org',
    '<all_urls>',
  ]) {
    expect(isMatchPattern(pattern)).toBe(false);
  }
});
