/** The page stays whole: labels leave no trace, and stand where they belong in every kind of container. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchLabels, type Label, type LabelReader } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(4) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

async function open(path: string, body: string, attributes = 'lang="en"'): Promise<[Page, number]> {
  site.set(path, {
    body: `<!doctype html><html ${attributes}><title>Traces</title><link rel="icon" href="data:,"><body style="margin:20px">${body}`,
  });
  const page = await session.openPage(site.origin + path);
  return [page, await tabIdOf(session, page)];
}

/** Candles, of which the model is sure. */
const image = (id: string, rest = '') =>
  `<img id="${id}" width="300" height="200" alt="One" src="/photos/0.jpg" ${rest}>`;

/** The page's own tree and the computed styles of all its elements. */
function snapshot(page: Page): Promise<{ html: string; styles: string }> {
  return page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    styles: [...document.querySelectorAll('html, html *')]
      .map((element) => {
        const style = getComputedStyle(element);
        return [...style].map((name) => style.getPropertyValue(name)).join();
      })
      .join('\n'),
  }));
}

const at = async (page: Page, id: string) =>
  page.$eval(id, (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });

/** Waits until a label stands in the upper start corner of the element. */
async function untilAt(page: Page, labels: LabelReader, id: string, isRtl = false): Promise<Label> {
  let found: Label | undefined;
  const box = () => at(page, id);
  await labels.until(`a label is in ${id}`, () => true);
  for (let attempt = 0; ; attempt += 1) {
    const { x, y, width } = await box();
    const shown = await labels.until('labels are there', (all) => all.length > 0);
    found = shown.find((label) => {
      const gap = isRtl ? x + width - (label.box.x + label.box.width) : label.box.x - x;
      return Math.abs(gap - 6) <= 2 && Math.abs(label.box.y - y - 6) <= 2;
    });
    if (found !== undefined) return found;
    if (attempt > 100)
      throw new Error(`No label at ${id}: ${JSON.stringify([x, y, width, shown])}`);
  }
}

test('on and off again, the page is what it was', async () => {
  const [page, tabId] = await open('/whole.html', `${image('a')}<p>Text</p>${image('b')}`);
  const before = await snapshot(page);
  await session.ask('labelPage', { tabId });
  const labels = await watchLabels(page, session);
  await untilProgress(session, tabId, (now) => now.labelled === 2);
  await labels.until('two labels', (shown) => shown.length === 2);
  expect(await page.$('[data-alt-lens-host=labels]')).not.toBeNull();
  await session.ask('unlabelPage', { tabId });
  await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=labels]') === null);
  expect(await snapshot(page)).toEqual(before);
  await page.close();
});

test('labels stand right in transformed, scrolled, sticky, fixed, clipped and right-to-left containers', async () => {
  const [page, tabId] = await open(
    '/containers.html',
    `<div style="transform:translate(40px,10px) scale(.8);transform-origin:0 0">${image('scaled')}</div>
     <div id="scroller" style="height:220px;width:340px;overflow:auto"><div style="height:150px"></div>${image('inner')}<div style="height:900px"></div></div>
     <div style="position:sticky;top:0;width:300px">${image('stuck')}</div>
     <div style="position:fixed;right:10px;top:10px">${image('fixed')}</div>
     <div style="height:3000px"></div>`,
  );
  await session.ask('labelPage', { tabId });
  const labels = await watchLabels(page, session);
  for (const id of ['#scaled', '#stuck', '#fixed']) await untilAt(page, labels, id);
  await page.$eval('#scroller', (element) => {
    element.scrollTop = 120;
  });
  await untilAt(page, labels, '#inner');
  await page.$eval('#scroller', (element) => {
    element.scrollTop = 300;
  });
  await labels.until('the clipped one has none', (shown) => shown.length === 3);
  await page.evaluate(() => {
    scrollTo(0, 900);
  });
  await untilAt(page, labels, '#stuck');
  await untilAt(page, labels, '#fixed');
  await page.close();

  const [rtl, rtlTab] = await open(
    '/rtl.html',
    `<main>${image('a')}</main>`,
    'lang="ar" dir="rtl"',
  );
  await session.ask('labelPage', { tabId: rtlTab });
  await untilAt(rtl, await watchLabels(rtl, session), '#a', true);
  await rtl.close();
});

test('a fixed bar and an open dialog take away the labels below them; an image in the dialog has its own', async () => {
  const [page, tabId] = await open(
    '/layers.html',
    `<header style="position:fixed;inset:0 0 auto 0;height:120px;background:#ddd"></header>
     <div style="height:10px"></div>${image('under')}<div style="height:120px"></div>${image('free')}
     <dialog>${image('inside')}</dialog>`,
  );
  await session.ask('labelPage', { tabId });
  const labels = await watchLabels(page, session);
  await untilAt(page, labels, '#free');
  await labels.until('only the free one has a label', (shown) => shown.length === 1);
  await page.$eval('dialog', (dialog) => {
    dialog.showModal();
  });
  await untilAt(page, labels, '#inside');
  await labels.until('only the one in the dialog has a label', (shown) => shown.length === 1);
  await page.$eval('dialog', (dialog) => {
    dialog.close();
  });
  await untilAt(page, labels, '#free');
  await page.close();
});

test('in fullscreen the label is above the image', async () => {
  const [page, tabId] = await open(
    '/fullscreen.html',
    `<div id="full" onclick="this.requestFullscreen()">${image('a')}</div>`,
  );
  await session.ask('labelPage', { tabId });
  const labels = await watchLabels(page, session);
  await untilAt(page, labels, '#a');
  await page.mouse.click(250, 180);
  await page.waitForFunction(() => document.fullscreenElement !== null);
  const { box: clip } = await untilAt(page, labels, '#a');
  const worker = await session.worker();
  const toggle = () =>
    worker.evaluate((id) => chrome.tabs.sendMessage(id, { type: 'toggleLabels' }), tabId);
  await toggle();
  await labels.until('the label is hidden', (shown) => shown.length === 0);
  const bare = await page.screenshot({ clip });
  await toggle();
  // What is drawn follows what is there by a frame or two.
  await waitUntil(
    'the label is drawn over the image',
    async () => Buffer.compare(bare, await page.screenshot({ clip })) !== 0,
    10_000,
  );
  await page.close();
});

test('display modes, hiding, details by hover and keyboard', async () => {
  const [page, tabId] = await open('/modes.html', image('a'));
  await session.ask('labelPage', { tabId });
  const labels = await watchLabels(page, session);
  const [label] = await labels.until('the label is there', (shown) => shown.length === 1);
  if (label === undefined) throw new Error('No label.');
  expect(label.text).not.toBe('');
  expect(label.share).toMatch(/%$/);
  const details = () =>
    labels.evaluate(
      `chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=labels]')).querySelectorAll('.details li').length`,
    );
  expect(await details()).toBe(0);
  await page.mouse.move(label.box.x + 10, label.box.y + 10);
  await waitUntil('the details are there', async () => (await details()) !== 0, 10_000);
  await page.mouse.move(900, 700);
  expect(await details()).toBe(0);
  await page.keyboard.press('Tab');
  expect(await details()).not.toBe(0);
  await page.keyboard.press('Escape');
  expect(await details()).toBe(0);

  const worker = await session.worker();
  const toggle = () =>
    worker.evaluate((id) => chrome.tabs.sendMessage(id, { type: 'toggleLabels' }), tabId);
  await toggle();
  await labels.until('all labels are hidden', (shown) => shown.length === 0);
  await toggle();
  await labels.until('all labels are back', (shown) => shown.length === 1);

  // The Tab key starts from where was clicked, away from the image.
  await page.mouse.click(900, 700);
  await session.ask('setSettings', { settings: { displayMode: 'hover' } });
  await session.ask('labelPage', { tabId });
  await labels.until('no label without the pointer', (shown) => shown.length === 0);
  // The Tab key finds what only the pointer shows, and a second one leads out again.
  await page.keyboard.press('Tab');
  await labels.until('a label with the focus', (shown) => shown.length === 1);
  expect(await details()).not.toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await labels.until('none without it', (shown) => shown.length === 0);
  await page.mouse.move(200, 180);
  await labels.until('a label under the pointer', (shown) => shown.length === 1);
  await session.ask('setSettings', { settings: { displayMode: 'none' } });
  await session.ask('labelPage', { tabId });
  await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=labels]') === null);
  await session.ask('setSettings', { settings: { displayMode: 'chips' } });
  await page.close();
});
