import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'puppeteer';

import { tabIdOf, untilProgress } from '../../drive/labelling-progress';
import { photoResources } from '../../drive/photo-site';
import { PROJECT_ROOT } from '../../node/project-root';
import type { Figure, Torture } from '../campaign';
import { PAGE_HOST } from '../egress';
import { serve } from '../pages';

const NAMES = [
  'search-results',
  'shop-grid',
  'news-front',
  'social-feed',
  'encyclopedia-article',
] as const;

/** The page as it is: its source, and where everything stands. */
function pageAsItIs(page: Page): Promise<string> {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll('*')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].join(' ');
    });
    return `${document.documentElement.outerHTML}\n${boxes.join('\n')}`;
  });
}

/** Pages are given back bit for bit when labelling stops. */
export async function layouts(torture: Torture): Promise<Figure[]> {
  const { session, isShort } = torture;
  for (const [path, photo] of Object.entries(await photoResources(80))) serve(torture, path, photo);
  serve(torture, '/pixel.gif', {
    body: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  });
  serve(torture, '/embedded.html', {
    body: '<!doctype html><body style="margin:0"><img style="width:100%" alt="Offer" src="/photos/79.jpg">',
  });
  torture.egress.expect(`${PAGE_HOST}/favicon.ico`);
  let changed = 0;
  const names = isShort ? NAMES.slice(0, 2) : NAMES;
  for (const name of names) {
    const file = join(PROJECT_ROOT, 'tests/fixtures/labelling', `${name}.html`);
    serve(torture, `/${name}.html`, { body: await readFile(file, 'utf8') });
    const page = await session.openPage(`${PAGE_HOST}/${name}.html`);
    const tabId = await tabIdOf(session, page);
    const before = await pageAsItIs(page);
    await session.ask('labelPage', { tabId });
    await untilProgress(session, tabId, (now) => now.labelled > 0 && now.pending === 0);
    await session.ask('unlabelPage', { tabId });
    if ((await pageAsItIs(page)) !== before) changed += 1;
    await page.close();
  }
  return [
    { what: 'layouts', value: names.length, limit: null },
    { what: 'layouts not given back bit for bit', value: changed, limit: 0 },
  ];
}
