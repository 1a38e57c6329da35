/** Beside another extension that blocks requests and hides elements, as blockers of advertisements do. */
import { fileURLToPath } from 'node:url';

import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, type ExtensionSession, type Site } from './harness';
import { watchLabels } from './support/label-view';
import {
  ALL_HOSTS,
  imagesWith,
  photoResources,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';

const BLOCKER = fileURLToPath(new URL('../fixtures/blocker-extension', import.meta.url));

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  const photos = await photoResources(4);
  const advert = photos['/photos/0.jpg'] ?? {};
  site = await openSite({ resources: { ...photos, '/adverts/1.jpg': advert } });
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await session.browser.installExtension(BLOCKER);
});

const photo = (id: string, address: string) =>
  `<img id="${id}" style="display:inline-block;width:200px;height:150px" alt="One" src="${address}">`;

async function open(path: string, body: string) {
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><body>${body}`,
  });
  const page = await session.openPage(site.origin + path);
  return { page, tabId: await tabIdOf(session, page) };
}

const askedFor = (part: string) => site.requests.filter(({ path }) => path.includes(part)).length;

test('what is blocked or hidden is left alone, and not asked for; what lies below a blocked layer is labelled', async () => {
  const { page, tabId } = await open(
    '/blocked.html',
    `${photo('shown', '/photos/1.jpg')}${photo('blocked', '/adverts/1.jpg')}
      <div class="advert">${photo('hidden', '/photos/2.jpg')}</div>
      <div id="below" style="width:200px;height:150px;background:url(/adverts/2.jpg),url(/photos/3.jpg) center/cover"></div>`,
  );
  await session.ask('labelPage', { tabId });
  await untilProgress(
    session,
    tabId,
    ({ pending, labelled, skipped }) => pending === 0 && labelled === 2 && skipped === 2,
  );
  const report = await session.ask('getPageReport', { tabId });
  const stateOf = (id: string) =>
    imagesWith(report, id).map(({ state, reason, address }) => [
      state,
      reason,
      address?.replace(site.origin, ''),
    ]);
  expect(stateOf('shown')).toEqual([['labelled', null, '/photos/1.jpg']]);
  // The browser takes the box of what a blocker stopped away.
  expect(stateOf('blocked')).toEqual([['skipped', 'invisible', '/adverts/1.jpg']]);
  expect(stateOf('hidden')).toEqual([['skipped', 'invisible', '/photos/2.jpg']]);
  expect(stateOf('below')).toEqual([['labelled', null, '/photos/3.jpg']]);
  expect(askedFor('/adverts/')).toBe(0);
  await page.close();
});

test('what is hidden, taken away or brought back after it was labelled: the labels follow', async () => {
  const { page, tabId } = await open(
    '/late.html',
    `${photo('hides', '/photos/0.jpg?1')}${photo('goes', '/photos/0.jpg?2')}${photo('stays', '/photos/0.jpg?3')}`,
  );
  await session.ask('labelPage', { tabId });
  const labels = await watchLabels(page, session);
  await labels.until('three labels', ({ length }) => length === 3);
  await page.evaluate(() => {
    document.querySelector('#hides')?.classList.add('advert');
    document.querySelector('#goes')?.remove();
  });
  await labels.until('one label', ({ length }) => length === 1);
  await untilProgress(session, tabId, ({ labelled, skipped }) => labelled === 1 && skipped === 1);
  await page.evaluate(() => {
    document.querySelector('#hides')?.classList.remove('advert');
  });
  await labels.until('two labels', ({ length }) => length === 2);
  await page.close();
});
