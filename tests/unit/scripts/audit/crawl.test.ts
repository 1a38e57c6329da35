import { expect, test } from 'vitest';

import { createFrontier, pageAddress } from '../../../../scripts/audit/crawl';

const noRobots = (): Promise<null> => Promise.resolve(null);

function drain(next: () => string | null): string[] {
  const pages: string[] = [];
  for (let page = next(); page !== null; page = next()) pages.push(page);
  return pages;
}

test('breadth first, each page once, of the same origin only', async () => {
  const frontier = createFrontier(['https://example.org/'], 10, noRobots);
  expect(frontier.next()).toBe('https://example.org/');
  await frontier.offer([
    'https://example.org/a#part',
    'https://example.org/a',
    'https://elsewhere.example/',
    'http://example.org/plain',
    'mailto:a@example.org',
    'not an address',
    'https://example.org/b',
  ]);
  await frontier.offer(['https://example.org/', 'https://example.org/c']);
  expect(drain(frontier.next)).toEqual([
    'https://example.org/a',
    'https://example.org/b',
    'https://example.org/c',
  ]);
});

test('no more pages than wanted; without --crawl none beside those that were named', async () => {
  const links = ['1', '2', '3'].map((name) => `https://example.org/${name}`);
  const two = createFrontier(['https://example.org/'], 2, noRobots);
  await two.offer(links);
  expect(drain(two.next)).toEqual(['https://example.org/', 'https://example.org/1']);
  const none = createFrontier(['https://example.org/'], null, noRobots);
  await none.offer(links);
  expect(drain(none.next)).toEqual(['https://example.org/']);
});

test('robots.txt is read once an origin, and kept to', async () => {
  const read: string[] = [];
  const frontier = createFrontier(['https://example.org/private'], 10, (address) => {
    read.push(address);
    return Promise.resolve('User-agent: *\nDisallow: /private\nAllow: /private/open\n');
  });
  await frontier.offer(['https://example.org/private/x', 'https://example.org/private/open']);
  await frontier.offer(['https://example.org/public']);
  expect(read).toEqual(['https://example.org/robots.txt']);
  expect(drain(frontier.next)).toEqual([
    'https://example.org/private', // a person named it
    'https://example.org/private/open',
    'https://example.org/public',
  ]);
});

test('only web pages have an address', () => {
  expect(pageAddress('HTTPS://Example.org/a#b')).toBe('https://example.org/a');
  for (const text of ['javascript:1', 'data:text/html,x', 'ftp://a/b', '']) {
    expect(pageAddress(text)).toBeNull();
  }
});
