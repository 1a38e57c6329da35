import { expect, test } from 'vitest';

import { parseCookies, parseHeader } from '../../../../scripts/audit/cookies';
import { navigationError } from '../../../../scripts/audit/audit-page';
import { readOptions } from '../../../../scripts/audit/options';
import { progressLine } from '../../../../scripts/audit/progress-line';
import { parseSitemap } from '../../../../scripts/audit/targets';

test('what is not given is the default', () => {
  expect(readOptions(['https://example.org'])).toMatchObject({
    ...{ sources: ['https://example.org'], crawl: null, scroll: true, lanes: 1, max: 0 },
    ...{ limitMs: 60_000, failOn: ['missing'], viewport: { width: 1280, height: 1000 } },
  });
});

test.each([
  [[], 'Name at least one page'],
  [['x', '--crawl', '0'], '--crawl is a whole number from 1'],
  [['x', '--viewport', 'wide'], '--viewport is like 1280x1000'],
  [['x', '--json', '-', '--csv', '-'], 'Only one format can go to stdout'],
  [['x', '--header', 'nothing'], '--header is "Name: value"'],
  [['x', '--unknown'], 'Unknown option'],
])('%j is wrong usage', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test('cookies of a cookies.txt', () => {
  const text =
    '# Netscape HTTP Cookie File\n\n' +
    'example.org\tFALSE\t/\tTRUE\t2000000000\tsession\tabc\r\n' +
    '#HttpOnly_.example.org\tTRUE\t/shop\tFALSE\t0\tid\t\n';
  expect(parseCookies(text, 'cookies.txt')).toEqual([
    {
      ...{ name: 'session', value: 'abc', domain: 'example.org', path: '/' },
      ...{ httpOnly: false, secure: true, expires: 2_000_000_000 },
    },
    {
      ...{ name: 'id', value: '', domain: '.example.org', path: '/shop' },
      ...{ httpOnly: true, secure: false },
    },
  ]);
  expect(() => parseCookies('\nsession=abc', 'cookies.txt')).toThrow(
    'cookies.txt:2: not 7 columns',
  );
});

test('a header keeps colons in its value', () => {
  expect(parseHeader('Authorization: Basic a:b')).toEqual(['Authorization', 'Basic a:b']);
});

test('sitemaps, and sitemaps of sitemaps', () => {
  expect(
    parseSitemap('<urlset><url><loc> https://a.example/?b=1&amp;c=2 </loc></url></urlset>'),
  ).toEqual({ isIndex: false, addresses: ['https://a.example/?b=1&c=2'] });
  expect(
    parseSitemap(
      '<sitemapindex><sitemap><loc><![CDATA[https://a.example/1.xml]]></loc></sitemap></sitemapindex>',
    ),
  ).toEqual({ isIndex: true, addresses: ['https://a.example/1.xml'] });
});

test.each([
  ['net::ERR_CERT_AUTHORITY_INVALID at https://a/', 'tls-error'],
  ['net::ERR_NAME_NOT_RESOLVED at https://a/', 'unreachable'],
  ['Navigation timeout of 12000 ms exceeded', 'timed-out'],
  ['net::ERR_ABORTED at https://a/file.zip', 'not-a-page'],
  ['Navigating frame was detached', 'page-closed'],
])('%s is %s', (message, code) => {
  expect(navigationError(message)).toMatchObject({ code });
});

test('progress is told on a terminal, and nowhere else', () => {
  const told: string[] = [];
  let now = 0;
  const write = (text: string): boolean => told.push(text) > 0;
  const line = progressLine({ isTTY: true, write }, () => now);
  now = 30_000;
  line.update(0, 5, 0);
  expect(told.pop()).toMatch(/0 of 5 pages$/);
  line.update(1, 5, 40);
  expect(told[0]).toContain('1 of 5 pages, 40 images, 2 min left');
  line.clear();
  const count = told.length;
  progressLine({ isTTY: false, write }, () => now).update(1, 5, 40);
  expect(told).toHaveLength(count);
});
