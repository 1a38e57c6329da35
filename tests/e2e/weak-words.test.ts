/** Texts that are weak in the page's own languages: their words are read from the package. */
import { beforeAll, expect, test } from 'vitest';

import type { PageReport } from '../../src/core/report/page-report';
import { openSession, openSite, type ExtensionSession, type Site } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(1) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

const image = (alt: string): string =>
  `<img alt="${alt}" width="180" height="135" src="/photos/0.jpg?${encodeURIComponent(alt)}">`;

/** The rules for a page's images, by their texts. */
async function rulesOf(
  attributes: string,
  texts: string[],
  rest = '',
): Promise<Map<string, string | null>> {
  site.set('/weak.html', {
    body: `<!doctype html><html ${attributes}><meta charset="utf-8"><title>A</title><link rel="icon" href="data:,">${texts.map(image).join('')}${rest}`,
  });
  const page = await session.openPage(`${site.origin}/weak.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ found }) => found > 0);
  const report: PageReport = await session.ask('getPageReport', { tabId });
  await page.close();
  return new Map(report.images.map(({ name, rule }) => [name, rule]));
}

test('German and, in a part of the page, Japanese words; other languages are not asked for', async () => {
  const rules = await rulesOf(
    'lang="de-AT"',
    [
      'Platzhalterbild',
      'Kein Bild vorhanden',
      'Ein Hund im Schnee',
      'Zdjęcie produktu',
      'Untitled',
    ],
    `<p lang="ja">${image('商品画像')}${image('雪の中の犬')}</p>`,
  );
  expect(Object.fromEntries(rules)).toEqual({
    Platzhalterbild: 'generic-word',
    'Kein Bild vorhanden': 'generic-word',
    'Ein Hund im Schnee': 'alt',
    'Zdjęcie produktu': 'alt',
    Untitled: 'generic-word',
    商品画像: 'generic-word',
    雪の中の犬: 'alt',
  });
});

test('all languages where the page names none', async () => {
  const rules = await rulesOf('', [
    'Zdjęcie produktu',
    'Imagen no disponible',
    'Ein Hund im Schnee',
  ]);
  expect([...rules.values()]).toEqual(['generic-word', 'generic-word', 'alt']);
});
