/** What happens around the page: the worker stops, permissions come and go. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { type ExtensionSession, openSession, openSite, type Site, waitUntil } from './harness';
import { watchLabels } from './support/label-view';
import {
  ALL_HOSTS,
  photoResources,
  progressOf,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';
import { untilText } from './support/page-popup';

const IMAGES = 200;
const STOPS = 10;

let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(IMAGES, { width: 260, height: 200 }) });
  const images = Array.from(
    { length: IMAGES },
    (_, i) => `<img width="130" height="100" alt="One ${i}" src="/photos/${i}.jpg">`,
  );
  site.set('/many.html', {
    body: `<!doctype html><html lang="en"><title>Many</title><link rel="icon" href="data:,"><body>${images.join('')}`,
  });
  // Images come as they are asked for, so that work is left however fast the machine is.
  site.set('/some.html', {
    body: `<!doctype html><html lang="en"><title>Some</title><link rel="icon" href="data:,"><body>`,
  });
  // Pictures that surely get a label.
  site.set('/few.html', {
    body: `<!doctype html><html lang="en"><title>Few</title><link rel="icon" href="data:,"><body>${[0, 1, 0].map((i) => images[i]).join('')}`,
  });
});

test('the worker stops 10 times while 200 images are labelled: all are, none twice, none is lost', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await session.openPage(`${site.origin}/many.html`);
  const tabId = await tabIdOf(session, page);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const labels = await watchLabels(page, session);
  await session.ask('labelPage', { tabId });
  for (let stop = 1; stop <= STOPS; stop += 1) {
    // In the middle of the work: some more are done since the last time, others are under way.
    const wanted = stop * 15;
    await untilProgress(session, tabId, (now) => now.labelled >= wanted && now.labelled < IMAGES);
    await session.stopWorker();
  }
  const progress = await untilProgress(
    session,
    tabId,
    ({ labelled }) => labelled === IMAGES,
    90_000,
  );
  expect(progress).toEqual({
    found: IMAGES,
    pending: 0,
    labelled: IMAGES,
    skipped: 0,
    failed: 0,
    far: 0,
    wanted: 0,
  });
  const chips = await labels.read();
  const places = chips.map(({ box }) => `${box.x} ${box.y}`).filter((place) => place !== '0 0');
  expect(places.length).toBeGreaterThan(10);
  expect(new Set(places).size).toBe(places.length);
  expect(errors).toEqual([]);
  await session.close();
}, 150_000);

test('the worker stops within a second of the last label, 6 times: popup and badge are right each time', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  const badgeOf = async (tabId: number): Promise<string> => {
    const worker = await session.worker();
    return await worker.evaluate((id) => chrome.action.getBadgeText({ tabId: id }), tabId);
  };
  for (let round = 0; round < 6; round += 1) {
    const page = await session.openPage(`${site.origin}/few.html?${round}`);
    const tabId = await tabIdOf(session, page);
    const popup = await session.openPage(`${session.origin}src/popup/index.html?tab=${tabId}`);
    await page.bringToFront();
    const labels = await watchLabels(page, session);
    await session.ask('labelPage', { tabId });
    await labels.until('all have labels', (shown) => shown.length === 3);
    await new Promise((resolve) => setTimeout(resolve, round * 180));
    await session.stopWorker();
    await popup.bringToFront();
    await untilText(popup, '.page-headline', (says) => /\b3\b/.test(says) && !/\bof\b/.test(says));
    expect(await untilProgress(session, tabId, ({ labelled }) => labelled === 3, 5000)).toEqual({
      ...{ found: 3, pending: 0, labelled: 3, skipped: 0, failed: 0, far: 0, wanted: 0 },
    });
    await waitUntil('the badge is right', async () => (await badgeOf(tabId)) === '3', 5000);
    await popup.close();
    await page.close();
  }
  await session.close();
}, 150_000);

/** Adds images to a page. They are all of the photos, each once. */
function addImages(page: Page, from: number, to: number): Promise<void> {
  return page.evaluate(
    (first, end) => {
      for (let i = first; i < end; i += 1) {
        const image = document.createElement('img');
        Object.assign(image, { width: 130, height: 100, alt: `One ${i}`, src: `/photos/${i}.jpg` });
        document.body.append(image);
      }
    },
    from,
    to,
  );
}

/** The popup in a window of its own, so that its page stays in front. */
async function openPopupWindow(session: ExtensionSession, tabId: number): Promise<Page> {
  const url = `${session.origin}src/popup/index.html?tab=${tabId}`;
  const worker = await session.worker();
  await worker.evaluate(async (address) => {
    await chrome.windows.create({ url: address, focused: false, width: 400, height: 600 });
  }, url);
  return await session.openedPage(`src/popup/index.html?tab=${tabId}`);
}

test('the popup beside the page follows over 10 stops of the worker in the middle', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await session.openPage(`${site.origin}/some.html?popup`);
  const tabId = await tabIdOf(session, page);
  const popup = await openPopupWindow(session, tabId);
  await session.ask('labelPage', { tabId });
  const numberIn = (says: string): number => Number(/\d+/.exec(says)?.[0] ?? -1);
  for (let stop = 1; stop <= STOPS; stop += 1) {
    const all = (stop * IMAGES) / STOPS;
    await addImages(page, all - IMAGES / STOPS, all);
    const { labelled } = await untilProgress(session, tabId, (now) => now.labelled >= all - 15);
    await session.stopWorker();
    await untilText(popup, '.page-headline', (says) => numberIn(says) >= labelled);
    expect(
      await popup.$$eval('[role=alert], .problem', (all) => all.map((one) => one.textContent)),
    ).toEqual([]);
  }
  await untilProgress(session, tabId, (now) => now.labelled === IMAGES, 90_000);
  await untilText(popup, '.page-headline', (says) => says === `Images labelled: ${IMAGES}`);
  expect(await popup.$('progress')).toBeNull();
  await session.close();
}, 150_000);

/** The site, as a match pattern. */
const HERE = 'http://127.0.0.1/*';

test('access given, taken back in the browser, given again: an open tab follows without a reload', async () => {
  const session = await openSession({ hostPermissions: [HERE] });
  await session.changeAccess(HERE, false);

  const page = await session.openPage(`${site.origin}/few.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('setSiteRule', { origin: site.origin, rule: 'always' });
  expect(await progressOf(session, tabId)).toMatchObject({ labelled: 0 });
  expect(await page.$('[data-alt-lens-host=labels]')).toBeNull();

  await session.changeAccess(HERE, true);
  await page.bringToFront();
  await untilProgress(session, tabId, (now) => now.labelled === 3);

  await session.changeAccess(HERE, false);
  await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=labels]') === null);
  expect((await session.ask('getPageState', { tabId })).labelling).not.toBe('on');

  await session.changeAccess(HERE, true);
  await page.bringToFront();
  await untilProgress(session, tabId, (now) => now.labelled === 3);
  await session.close();
});

test('after the extension was reloaded, the old script falls silent and its labels go', async () => {
  const session = await openSession({ hostPermissions: ALL_HOSTS });
  const page = await session.openPage(`${site.origin}/few.html`);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => errors.push(message.text()));
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, (now) => now.labelled === 3);
  await page.waitForSelector('[data-alt-lens-host=labels]');
  await session.reloadExtension();
  await page.bringToFront();
  // The next thing that happens on the page.
  await page.evaluate(() => {
    document.querySelector('img')?.remove();
  });
  await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=labels]') === null);
  expect(errors).toEqual([]);
  await session.close();
});
