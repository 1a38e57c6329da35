/** The process that all of the extension runs in crashes: it comes back, where the browser lets it. */
import { TargetType } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { extensionProcesses } from '../../scripts/drive/extension-processes';
import {
  debuggerOf,
  openSession,
  openSite,
  type ExtensionSession,
  type Site,
  waitUntil,
} from './harness';
import { watchLabels } from './support/label-view';
import {
  ALL_HOSTS,
  labelAllSites,
  photoResources,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';
import { openPandaSite } from './support/panda-site';

let site: Site;
/** Its pictures may not be read by other sites' pages. */
let foreign: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(60) });
  foreign = await openPandaSite();
});

function pageWith(path: string, count: number, more = ''): string {
  // Of few each surely gets a label.
  const images = Array.from(
    { length: count },
    (_, index) =>
      `<img width="100" height="75" alt="Photo" src="/photos/${count < 10 ? index % 2 : index}.jpg">`,
  );
  site.set(path, {
    body: `<!doctype html><title>Photos</title><link rel="icon" href="data:,">${more}${images.join('')}`,
  });
  return `${site.origin}${path}`;
}

async function crash(session: ExtensionSession): Promise<void> {
  // Pages of the extension would crash with it.
  for (const page of await session.browser.pages()) {
    if (page.url().startsWith(session.origin)) await page.close();
  }
  // A worker that a debugger holds is not started anew.
  await debuggerOf(await session.worker()).detach();
  const pid = session.browser.process()?.pid ?? -1;
  const crashed = extensionProcesses(pid);
  expect(crashed).toHaveLength(1);
  for (const each of crashed) process.kill(each, 'SIGKILL');
  await waitUntil(
    'the process is gone',
    () => !extensionProcesses(pid).includes(crashed[0] ?? -1),
    10_000,
  );
}

const poolDocuments = (session: ExtensionSession) =>
  session.browser.targets().filter((target) => target.type() === TargetType.BACKGROUND_PAGE);

test('after a crash, labels and right-click come back by themselves', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
  const page = await session.openPage(pageWith('/few', 3));
  const labels = await watchLabels(page, session);
  await labels.until('three labels', (all) => all.length === 3);
  await crash(session);
  await page.bringToFront();
  await page.evaluate(() => {
    const added = document.createElement('img');
    added.id = 'added';
    Object.assign(added, { width: 100, height: 75, alt: 'Photo', src: '/photos/0.jpg?added' });
    document.body.append(added);
  });
  await labels.until('the fourth', (all) => all.length === 4);
  const { result } = await session.describe(page, '#added');
  expect(result).toMatchObject({ ok: true });
  await session.close();
});

test('files of other sites are decoded while the pool is closed, and the labels go on', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
  const panda = `<img id="foreign" width="150" height="100" alt="Panda" src="${foreign.origin}/photo.png">`;
  const page = await session.openPage(pageWith('/many', 60));
  const tabId = await tabIdOf(session, page);
  await waitUntil('the pool is open', () => poolDocuments(session).length > 0, 30_000);
  await page.evaluate((html) => {
    document.body.insertAdjacentHTML('afterbegin', html);
  }, panda);
  const { result } = await session.describe(page, '#foreign');
  expect(result, JSON.stringify(result)).toMatchObject({
    ...{ ok: true, prediction: { rung: 'worker-fetch' } },
  });
  expect(poolDocuments(session)).toEqual([]);
  await untilProgress(session, tabId, ({ labelled }) => labelled === 61);
  await session.close();
});
