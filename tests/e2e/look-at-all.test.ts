/** All images of a page are looked at when the person wants that, without the page being scrolled. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { english } from '../fixtures/popup/english';
import { openSession, openSite, type ExtensionSession, type Site } from './harness';
import {
  ALL_HOSTS,
  photoResources,
  progressOf,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';
import { openPopupFor, press, untilText } from './support/page-popup';

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
