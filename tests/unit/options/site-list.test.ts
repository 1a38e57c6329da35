import { expect, test } from 'vitest';

import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { siteOrigin, siteRows } from '../../../src/options/site-list';

test.each([
  ['example.org', 'https://example.org'],
  [' https://Example.org/path?x#y ', 'https://example.org'],
  ['http://localhost:8080/', 'http://localhost:8080'],
  ['localhost:8080', 'https://localhost:8080'],
  ['ftp://example.org', null],
  ['two words', null],
  ['', null],
])('%j means %s', (written, origin) => {
  expect(siteOrigin(written)).toBe(origin);
});

test('sites with a rule and those with access alone, by host name', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    alwaysSites: ['https://c.example:8080', 'http://a.example'],
    neverSites: ['https://b.example'],
  };
  const granted = [
    'https://*/*',
    'https://c.example/*',
    'https://d.example/*',
    'https://*.wide.example/*',
  ];
  expect(siteRows(settings, granted)).toEqual([
    { origin: 'http://a.example', rule: 'always' },
    { origin: 'https://b.example', rule: 'never' },
    { origin: 'https://c.example:8080', rule: 'always' },
    { origin: 'https://d.example', rule: 'default' },
  ]);
});
