/** A sheet of two photos of which the page shows one: that one is named, by click and label, however it is read. */
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchCard } from './support/card-view';
import { ALL_HOSTS, photoResources, tabIdOf } from './support/labelled-pages';

let session: ExtensionSession;
let installed: ExtensionSession;
let site: Site;
let cdn: string;
let pages = 0;

/** Left a panda, right a barn. */
async function sheet(photos: (Uint8Array | string | undefined)[]): Promise<Buffer> {
  const background = { width: 800, height: 300, channels: 3, background: '#fff' } as const;
  return await sharp({ create: background })
    .composite(
      photos.map((photo, place) => ({
        input: Buffer.from(photo ?? ''),
        left: place * 400,
        top: 0,
      })),
    )
    .jpeg({ quality: 90 })
    .toBuffer();
}

beforeAll(async () => {
  const photos = await photoResources(2);
  const body = await sheet([photos['/photos/0.jpg']?.body, photos['/photos/1.jpg']?.body]);
  site = await openSite({
    resources: { '/sheet.jpg': { body }, '/shared/sheet.jpg': { body, cors: true } },
  });
  cdn = site.originAs('cdn.localhost');
  session = await openSession({ hostPermissions: ALL_HOSTS });
  installed = await openSession();
});

/** Sheets cut by an element around, by their fit, and the other half. */
const bodyOf = (origin: string) => `<style>
  .clip { width: 300px; height: 225px; overflow: hidden; margin-bottom: 20px; }
  .clip img { display: block; width: 600px; height: 225px; max-width: none; }
  #fit { display: block; width: 300px; height: 225px; object-fit: cover; object-position: 100% 0; margin-bottom: 20px; }
</style>
<div class="clip" id="right"><img src="${origin}/sheet.jpg" style="margin-left:-300px"></div>
<img id="fit" src="${origin}/sheet.jpg">
<div class="clip" id="left"><img src="${origin}/sheet.jpg"></div>`;

async function open(body: string, from = session): Promise<Page> {
  pages += 1;
  const path = `/sheet-${pages}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Sheet</title><link rel="icon" href="data:,"><body style="margin:20px">${body}`,
  });
  const page = await from.openPage(site.origin + path);
  await page.setViewport({ width: 1000, height: 900 });
  return page;
}

async function clicked(page: Page, selector: string, from = session) {
  const { result } = await from.describe(page, selector);
  const card = await watchCard(page);
  await card.settled();
  await page.keyboard.press('Escape');
  await card.gone();
  if (!result.ok) return result.error.code;
  const { hint, rung } = result.prediction;
  return [hint?.label ?? null, rung];
}

const WAYS: [string, () => string, string][] = [
  ['decoded', () => site.origin, 'decoded'],
  ['fetched by the page', () => `${cdn}/shared`, 'page-fetch'],
  ['fetched by the worker', () => cdn, 'worker-fetch'],
];

test.each(WAYS)('labels of parts: %s', async (_, origin, rung) => {
  const page = await open(bodyOf(origin()));
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  const said = await waitUntil(
    'all are labelled',
    async () => {
      const { images } = await session.ask('getPageReport', { tabId });
      if (images.length !== 3 || images.some(({ state }) => state === 'pending')) return undefined;
      return images.map(({ prediction }) => [prediction?.hint?.label, prediction?.rung]);
    },
    30_000,
  );
  expect(said).toEqual([
    ['barn', rung],
    ['barn', rung],
    ['panda', rung],
  ]);
  await page.close();
});

test.each(WAYS)('clicks on parts: %s', async (_, origin, rung) => {
  const page = await open(bodyOf(origin()));
  expect(await clicked(page, '#right')).toEqual(['barn', rung]);
  expect(await clicked(page, '#fit')).toEqual(['barn', rung]);
  expect(await clicked(page, '#left')).toEqual(['panda', rung]);
  await page.close();
});

test('without access to the site: what is on the screen', async () => {
  const page = await open(bodyOf(cdn), installed);
  expect(await clicked(page, '#fit', installed)).toEqual(['barn', 'screen']);
  await page.close();
});

test('the label follows the part that is shown', async () => {
  const page = await open(bodyOf(site.origin));
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  const untilSaid = (label: string) =>
    waitUntil(
      `the second is a ${label}`,
      async () => {
        const { images } = await session.ask('getPageReport', { tabId });
        return images[1]?.prediction?.hint?.label === label ? true : undefined;
      },
      20_000,
    );
  await untilSaid('barn');
  await page.$eval('#fit', (image) => {
    (image as HTMLImageElement).style.objectPosition = '0 0';
  });
  await untilSaid('panda');
  await page.close();
});
