import type { Page } from 'puppeteer';

import { untilProgress } from '../../drive/labelling-progress';
import { photoResources } from '../../drive/photo-site';
import type { Figure, Torture } from '../campaign';
import { openBody, serve } from '../pages';

/** A way in which a page may try to read or to use what is ours; true where it succeeds. */
type Way = readonly [what: string, attempt: (page: Page) => Promise<boolean>];

const WAYS: readonly Way[] = [
  [
    'an open shadow root of ours',
    (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('*')].some(
          (element) => element.shadowRoot !== null && !element.hasAttribute('data-mine'),
        ),
      ),
  ],
  [
    'a text of ours in the document',
    (page) => page.evaluate(() => document.documentElement.outerHTML.includes('Alt Lens')),
  ],
  [
    'an object of ours in the page’s world',
    (page) =>
      page.evaluate(() =>
        Object.getOwnPropertyNames(globalThis).some((name) => /lens/i.test(name)),
      ),
  ],
  [
    'a door to our files',
    (page) =>
      page.evaluate(async () => {
        const entries = performance.getEntriesByType('resource').map(({ name }) => name);
        return await Promise.resolve(entries.some((name) => name.startsWith('chrome-extension:')));
      }),
  ],
];

/** A page that means harm: what it succeeds in. */
export async function hostilePage(torture: Torture): Promise<Figure[]> {
  const { session } = torture;
  for (const [path, photo] of Object.entries(await photoResources(4))) serve(torture, path, photo);
  const images = Array.from(
    { length: 4 },
    (_, place) => `<img width="200" height="150" alt="One" src="/photos/${place}.jpg">`,
  );
  const { page, tabId } = await openBody(torture, '/hostile.html', images.join(''));
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === images.length);
  const figures: Figure[] = [];
  for (const [what, attempt] of WAYS) {
    figures.push({
      what: `the page reaches: ${what}`,
      value: (await attempt(page)) ? 1 : 0,
      limit: 0,
    });
  }
  await page.close();
  return figures;
}
