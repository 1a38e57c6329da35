import type { Page } from 'puppeteer';

import { waitUntil } from '../../drive/extension-session';
import { photoResources } from '../../drive/photo-site';
import type { Figure, Torture } from '../campaign';
import { PAGE_HOST } from '../egress';
import { openBody, serve } from '../pages';

const IMAGES = 3;
const FOLLOW_LIMIT_MS = 40_000;

/** What the browser's own page of extensions does when the person changes a site's access there. */
async function changeAccess(
  settings: Page,
  action: 'removeHostPermission' | 'addHostPermission',
  id: string,
  host: string,
): Promise<void> {
  await settings.evaluate(
    async (name, extensionId, pattern) => {
      const { developerPrivate } = chrome as unknown as {
        developerPrivate: Record<string, (id: string, host: string) => Promise<void>>;
      };
      await developerPrivate[name]?.(extensionId, pattern);
    },
    action,
    id,
    host,
  );
}

/** Access that comes and goes: the page follows each time. */
export async function permissions(torture: Torture): Promise<Figure[]> {
  const { session, isShort } = torture;
  const changes = isShort ? 4 : 20;
  for (const [path, photo] of Object.entries(await photoResources(IMAGES))) {
    serve(torture, path, photo);
  }
  const images = Array.from(
    { length: IMAGES },
    (_, place) => `<img width="200" height="150" alt="One" src="/photos/${place}.jpg">`,
  );
  const { page, tabId } = await openBody(torture, '/permissions.html', images.join(''));
  await session.ask('setSiteRule', { origin: PAGE_HOST, rule: 'always' });
  const settings = await session.browser.newPage();
  await settings.goto('chrome://extensions');
  let missed = 0;
  for (let change = 0; change < changes; change += 1) {
    const isGiven = change % 2 === 1;
    for (const host of ['http://*/*', 'https://*/*']) {
      const action = isGiven ? 'addHostPermission' : 'removeHostPermission';
      await changeAccess(settings, action, session.extensionId, host);
    }
    await page.bringToFront();
    const follows = async (): Promise<boolean> => {
      const { labelling, progress } = await session.ask('getPageState', { tabId });
      return isGiven ? progress.labelled === IMAGES : labelling !== 'on';
    };
    const hasFollowed = await waitUntil('the page follows', follows, FOLLOW_LIMIT_MS).then(
      () => true,
      () => false,
    );
    if (!hasFollowed) missed += 1;
  }
  await session.ask('setSiteRule', { origin: PAGE_HOST, rule: 'default' });
  await settings.close();
  await page.close();
  return [
    { what: 'permission changes', value: changes, limit: null },
    { what: 'changes that the page did not follow', value: missed, limit: 0 },
  ];
}
