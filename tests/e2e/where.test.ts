/** Where a label comes from: on the card, on a page's labels, in the popup. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { inCorner, pairOf } from '../../scripts/evaluate/compose';
import { pinnedPhotos } from '../../scripts/photos/pinned-photos';
import { english } from '../fixtures/popup/english';
import type { ExportedReport } from '../../src/core/report/export-json';
import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchCard } from './support/card-view';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor, press, REPORT, untilText, watchDownloads } from './support/page-popup';

const PHOTO = '126175abfdcb1a21.png';
const PANDA = '000b7d55b6184b08.png';
const BUTTON = english('where_show');

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  const photo = (await pinnedPhotos('pinned')).find((each) => each.file === PHOTO);
  if (photo === undefined) throw new Error('The photo is not pinned.');
  // The fourth is square, with its subject at the lower right.
  const { file, isRight, isLower } = await inCorner(photo, 3);
  expect([isRight, isLower]).toEqual([true, true]);
  site = await openSite({ resources: { '/corner.png': { body: file } } });
  site.set('/page.html', {
    body: `<!doctype html><html lang="en"><title>Page</title><body style="margin:60px"><img id="target" width="300" height="300" src="/corner.png" alt="A scene">`,
  });
  const panda = (await pinnedPhotos('pinned')).find((each) => each.file === PANDA);
  if (panda === undefined) throw new Error('The photo is not pinned.');
  site.set('/pair.png', { body: await pairOf(panda, photo, 'beside', 0) });
  site.set('/pair.html', {
    body: `<!doctype html><html lang="en"><title>Page</title><body><img id="target" width="598" height="299" src="/pair.png" alt="A pair">`,
  });
  site.set('/tall.png', { body: await pairOf(panda, photo, 'above', 0) });
  site.set('/tall.html', {
    body: `<!doctype html><html lang="en"><title>Page</title><body><img id="target" width="299" height="598" src="/tall.png">`,
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

/** What is drawn over the picture, and what is said of it, in a layer of ours. */
const VEIL = (layer: string) => `(() => {
  const host = document.querySelector('[data-alt-lens-host=${layer}]');
  const root = host === null ? null : chrome.dom.openOrClosedShadowRoot(host);
  const canvas = root?.querySelector('.veil canvas');
  if (!canvas) return null;
  const { x, y, width, height } = canvas.getBoundingClientRect();
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let [cx, cy, mass] = [0, 0, 0];
  for (let at = 0; at < data.length / 4; at += 1) {
    const thin = 199 - data[at * 4 + 3];
    if (thin < 0) continue;
    cx += thin * ((at % canvas.width) + 0.5) / canvas.width;
    cy += thin * (Math.floor(at / canvas.width) + 0.5) / canvas.height;
    mass += thin;
  }
  return {
    box: [x, y, width, height].map(Math.round),
    centre: [cx / mass, cy / mass],
    words: root.querySelector('.where p').dataset.text,
  };
})()`;

interface Seen {
  box: number[];
  centre: [number, number];
  words: string;
}

async function untilSeen(page: Page, evaluate: (text: string) => Promise<unknown>, layer: string) {
  const box = await page.$eval('#target', (image) => {
    const { x, y, width, height } = image.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  });
  const seen = await waitUntil(
    'it is drawn over the picture',
    async () => {
      const found = (await evaluate(VEIL(layer))) as Seen | null;
      return found?.box.join() === box.join() && found;
    },
    20_000,
  );
  expect(seen.centre[0]).toBeGreaterThan(0.5);
  expect(seen.centre[1]).toBeGreaterThan(0.5);
  expect(seen.words).toMatch(/^Mostly at the lower right\. Clear: what speaks for “.+”\./);
}

test('on the card: drawn over the picture and told, without another run than one', async () => {
  const page = await session.openPage(`${site.origin}/page.html`);
  const card = await watchCard(page);
  const before = await page.evaluate(() => document.body.outerHTML);
  await session.describe(page, '#target');
  await card.settled();
  const { inferences } = await session.ask('getEngineStatus', {});
  // Of what is not sure, it is behind what the model saw.
  await card.press(english('model_saw'));
  await card.press(BUTTON);
  await untilSeen(page, card.evaluate, 'card');
  expect((await card.read())?.spoken).toMatch(/^Mostly at the lower right/);
  await page.keyboard.press('Escape');
  await waitUntil('it is gone', async () => (await card.evaluate(VEIL('card'))) === null, 5000);
  expect(await card.read()).not.toBeNull();
  // The map is still at hand.
  await card.press(BUTTON);
  await untilSeen(page, card.evaluate, 'card');
  expect((await session.ask('getEngineStatus', {})).inferences).toBe(inferences + 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await card.gone();
  expect(await page.evaluate(() => document.body.outerHTML)).toBe(before);
  await page.close();
});

test('on a label of the page, whose pixels the worker has no more', async () => {
  const page = await session.openPage(`${site.origin}/page.html`);
  const labels = await watchLabels(page, session);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === 1);
  // Of what is not sure the label is there while the pointer is on the image.
  const hovering = await page.$('#target');
  await hovering?.hover();
  const [label] = await labels.until('the label is there', (all) => all.some((one) => one.isShown));
  if (label === undefined) throw new Error('There is no label.');
  await page.mouse.click(label.box.x + 10, label.box.y + 10);
  const buttonAt = (selector: string) => `(() => {
    const host = document.querySelector('[data-alt-lens-host=labels]');
    const button = chrome.dom.openOrClosedShadowRoot(host)?.querySelector('${selector}');
    if (!button || button.ariaDisabled !== 'false') return null;
    const { x, y, width, height } = button.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  })()`;
  for (const selector of ['.toggle', '.where button']) {
    const at = await waitUntil(
      `${selector} counts presses`,
      async () =>
        ((await labels.evaluate(buttonAt(selector))) as { x: number; y: number } | null) ?? false,
      20_000,
    );
    await page.mouse.click(at.x, at.y);
  }
  await untilSeen(page, labels.evaluate, 'labels');
  await page.keyboard.press('Escape');
  await waitUntil('it is gone', async () => (await labels.evaluate(VEIL('labels'))) === null, 5000);
  await page.close();
});

test('in the popup, over the small copy', async () => {
  const popup = await session.openPage(`${session.origin}src/popup/index.html`);
  await popup.waitForSelector('.result-details .where');
  await press(popup, BUTTON);
  await popup.waitForSelector('.where-picture canvas');
  // Of 112 px, so less exactly.
  const words = await popup.$eval('.where figcaption', (element) => element.textContent);
  expect(words).toMatch(
    /^Mostly (at the lower right|in the right half)\. Clear: what speaks for “.+”\./,
  );
  const [picture, veil] = await popup.$$eval(
    '.where-picture img, .where-picture canvas',
    (elements) => elements.map((element) => JSON.stringify(element.getBoundingClientRect())),
  );
  expect(veil).toBe(picture);
  await popup.keyboard.press('Escape');
  await popup.waitForSelector('.where-picture', { hidden: true });
  await popup.close();
});

test('of a label that a person taught, too', async () => {
  const page = await session.openPage(`${site.origin}/page.html`);
  const first = await session.describe(page, '#target');
  if (!first.result.ok) throw new Error('It is described.');
  const { picture } = first.result.prediction;
  const { lesson } = await session.ask('teachLabel', { picture, name: 'Mira', isPrivate: false });
  const card = await watchCard(page);
  await session.describe(page, '#target');
  await card.until('it is called so', ({ headline }) => headline === 'May be Mira');
  await card.press(BUTTON);
  await untilSeen(page, card.evaluate, 'card');
  await page.close();
  await session.ask('forgetOwnLabels', { ids: [lesson.label] });
});

test('two things in a wide picture are both named, once they were asked for; dismissed, one comes back', async () => {
  const page = await session.openPage(`${site.origin}/pair.html`);
  const card = await watchCard(page);
  await session.describe(page, '#target');
  const two = 'May be a giant panda and a candle';
  const shown = await card.until('both are named', ({ headline }) => headline === two);
  expect(shown.draft).toBe('Giant panda and candle');
  expect(shown.spoken).toBe(two);
  expect(shown.predictions.map(({ label }) => label)).toEqual(['giant panda', 'candle']);
  await card.press(`${english('dismissal_button')}: candle`);
  const undo = english('dismissal_undo', 'candle');
  const single = await card.until('it is gone', ({ buttons }) => buttons.includes(undo));
  expect(single.headline).not.toContain('candle');
  await card.press(undo);
  await card.until('it is back', ({ headline }) => headline === two);
  await page.close();
});

/** A page whose picture holds two things, labelled; the details of its label are open. */
async function openTall() {
  const page = await session.openPage(`${site.origin}/tall.html`);
  const labels = await watchLabels(page, session);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === 1);
  await (await page.$('#target'))?.hover();
  const [label] = await labels.until('the label is there', (all) => all.some((one) => one.isShown));
  if (label === undefined) throw new Error('There is no label.');
  return { page, tabId, labels, label };
}

const BOTH = 'giant panda and candle';

test('on a label two things are looked for on request, and found for all that shows the picture', async () => {
  await session.ask('setSettings', { settings: { listenerMode: 'missing' } });
  const { page, tabId, labels, label } = await openTall();
  expect(label.text).not.toBe(BOTH);
  const { inferences } = await session.ask('getEngineStatus', {});
  await page.mouse.click(label.box.x + 10, label.box.y + 10);
  const at = await waitUntil(
    'the button counts presses',
    async () =>
      ((await labels.evaluate(`(() => {
        const host = document.querySelector('[data-alt-lens-host=labels]');
        const root = chrome.dom.openOrClosedShadowRoot(host);
        const button = [...root.querySelectorAll('.details button')].find(
          ({ ariaLabel }) => ariaLabel === ${JSON.stringify(english('two_seek'))});
        if (!button || button.ariaDisabled !== 'false') return null;
        const { x, y, width, height } = button.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`)) as { x: number; y: number } | null) ?? false,
    20_000,
  );
  await page.mouse.click(at.x, at.y);
  await labels.until('both are named', (all) => all.some(({ text }) => text === BOTH));
  // At most three looks at either end.
  const now = await session.ask('getEngineStatus', {});
  expect(now.inferences - inferences).toBeLessThanOrEqual(6);
  const words = await labels.evaluate(`[...chrome.dom.openOrClosedShadowRoot(
    document.querySelector('[data-alt-lens-host=labels]'),
  ).querySelectorAll('.details [data-text]')].map(({ dataset }) => dataset.text)`);
  expect(words).toContain('May be a giant panda and a candle');
  expect(words).toContain(english('two_above', 'giant panda', 'candle'));
  expect(words).toContain(`${english('dismissal_button')}: candle`);
  const alt = () => page.$eval('#target', (image) => image.getAttribute('alt'));
  await waitUntil(
    'a listener hears both',
    async () => (await alt()) === 'May be a giant panda and a candle',
    10_000,
  );
  const report = await session.ask('getPageReport', { tabId });
  expect(report.images[0]).toMatchObject({ draft: 'Giant panda and candle' });

  const popup = await openPopupFor(session, page);
  await untilText(popup, '.image-row .image-headline', (text) => text === BOTH);
  await popup.click('.image-row');
  await untilText(popup, '.image-details .two-things p', (text) => text.startsWith('giant panda'));
  await press(popup, english('popup_open_report'));
  const own = await session.openedPage(REPORT);
  expect(await untilText(own, '.triage-row', (text) => text.includes(BOTH))).toContain(
    'Giant panda and candle',
  );
  const saved = await watchDownloads(session);
  await own.bringToFront();
  await press(own, english('report_save_json'));
  const { images } = JSON.parse(await saved('.json')) as ExportedReport;
  expect(images[0]).toMatchObject({ altText: 'Giant panda and candle' });
  await Promise.all([own.close(), popup.close()]);

  // The next life of the worker knows it without a look.
  await page.bringToFront();
  await session.stopWorker();
  await page.reload();
  await session.ask('labelPage', { tabId });
  await labels.until('it is still known', (all) => all.some(({ text }) => text === BOTH));
  await session.ask('setSettings', { settings: { listenerMode: 'off' } });
  await page.close();
});

test('in the popup and the report two things are looked for where nobody has; a dismissal of one is taken back', async () => {
  await session.ask('clearCache', {});
  await session.stopWorker();
  const { page, label } = await openTall();
  expect(label.text).not.toBe(BOTH);
  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.image-row');
  await popup.click('.image-row');
  await press(popup, english('two_seek'));
  await untilText(popup, '.image-row .image-headline', (text) => text === BOTH);
  await press(popup, `${english('dismissal_button')}: candle`);
  await untilText(popup, '.image-row .image-headline', (text) => !text.includes('candle'));
  await press(popup, english('dismissal_undo', 'candle'));
  await untilText(popup, '.image-row .image-headline', (text) => text === BOTH);
  await popup.close();
  await page.close();
});
