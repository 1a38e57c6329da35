/** All images of a page are looked at when the person wants that, without the page being scrolled. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { english } from '../fixtures/popup/english';
import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import {
  ALL_HOSTS,
  photoResources,
  progressOf,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';
import { openPopupFor, press, REPORT, untilText } from './support/page-popup';

const PHOTOS = 16;
/** A broken one and those that are not decoration. */
const ALL = PHOTOS + 1;

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PHOTOS) });
  const images = Array.from(
    { length: PHOTOS },
    (_, index) =>
      `<p style="height: 1500px"><img id="photo-${index}" loading="${index % 2 === 0 ? 'lazy' : 'auto'}" width="180" height="135" src="/photos/${index}.jpg"></p>`,
  );
  site.set('/long.html', {
    body: `<!doctype html><html lang="en"><title>Long</title><link rel="icon" href="data:,">
      ${images.join('')}<img id="broken" loading="lazy" alt="A bridge" src="/gone.jpg">
      <img id="decoration" alt="" loading="lazy" width="90" height="90" src="/photos/0.jpg?decoration">`,
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

async function openLong(): Promise<{ page: Page; tabId: number; popup: Page }> {
  const page = await session.openPage(`${site.origin}/long.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled, far }) => labelled > 0 && far > 5);
  return { page, tabId, popup: await openPopupFor(session, page) };
}

test('the report has all looked at as well, while its page is there, and shows what came of it', async () => {
  const { page, tabId, popup } = await openLong();
  await popup.waitForSelector('.image-row');
  await press(popup, english('popup_open_report'));
  const report = await session.openedPage(REPORT);
  await report.bringToFront();
  const pending = () =>
    report.$$eval(
      '.triage-row',
      (rows) => rows.filter(({ textContent }) => textContent.includes('Not looked at yet')).length,
    );
  await report.waitForSelector('.triage-row');
  expect(await pending()).toBeGreaterThan(0);
  await press(report, allOf());
  await untilProgress(session, tabId, ({ far, pending: left }) => far === 0 && left === 0);
  await waitUntil('the report shows it', async () => (await pending()) === 0, 20_000);
  expect(await report.$('.look-at-all')).toBeNull();
  await report.reload();
  await report.waitForSelector('.triage-row');
  expect(await pending()).toBe(0);
  // Another document in the tab is another page.
  await page.goto(`${site.origin}/long.html?again`);
  await report.reload();
  await report.waitForSelector('.triage-row');
  expect(await report.$('.look-at-all')).toBeNull();
  for (const each of [report, popup, page]) await each.close();
});

const allOf = (): string => english('popup_page_action_look_all', String(ALL));

test('the popup has all looked at, says how far that is, and the page stays where it was', async () => {
  const { page, tabId, popup } = await openLong();
  await press(popup, allOf());
  // The page's tab is behind the popup's here: what a person asked for goes on all the same.
  await untilProgress(session, tabId, ({ far, pending }) => far === 0 && pending === 0);
  expect(await progressOf(session, tabId)).toMatchObject({
    labelled: PHOTOS,
    failed: 1,
    wanted: 0,
  });
  const { images } = await session.ask('getPageReport', { tabId });
  const ends = Object.fromEntries(images.map(({ selector, reason }) => [selector, reason]));
  expect(ends).toMatchObject({ '#broken': 'image-not-loaded', '#decoration': 'decorative' });
  expect(images.filter(({ state }) => state === 'pending')).toEqual([]);
  expect(await page.evaluate(() => [scrollY, document.images[0]?.loading])).toEqual([0, 'lazy']);
  await untilText(popup, '.page-headline', (text) => text === english('popup_page_labelled', '16'));
  expect(await popup.$('.look-all')).toBeNull();
  await popup.close();
  await page.close();
});
