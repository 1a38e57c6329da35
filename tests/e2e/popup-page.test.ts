/** The popup about the page in front: labelling it, its images, what to take away, and a picture to try. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { CSV_COLUMNS } from '../../src/core/report/export-csv';
import type { ExportedReport } from '../../src/core/report/export-json';
import type { ReportImage } from '../../src/core/report/page-report';
import { shownPredictions } from '../../src/core/saying/shown';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import { english } from '../fixtures/popup/english';
import { parseCsv } from '../fixtures/popup/parse-csv';
import {
  asset,
  openSession,
  openSite,
  waitUntil,
  type ExtensionSession,
  type Site,
} from './harness';
import { runAxe } from './support/axe';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';
import { watchLabels } from './support/label-view';
import {
  longestTaskMs,
  openPopupFor,
  openSaved,
  press,
  REPORT,
  untilText,
  watchDownloads,
} from './support/page-popup';

const PHOTOS = 24;
const ALTS = ['', 'alt="IMG_2040.jpg"', 'alt="A view over the lake at dawn"'];

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PHOTOS) });
  const images = Array.from(
    { length: PHOTOS },
    (_, index) =>
      `<img id="photo-${index}" ${ALTS[index % 3] ?? ''} width="180" height="135" src="/photos/${index}.jpg">`,
  );
  site.set('/photos.html', {
    body: `<!doctype html><html lang="en"><title>Photos</title><link rel="icon" href="data:,">
      ${images.join('')}
      <div style="height: 3000px"></div>
      <img id="far" alt="far away" width="180" height="135" src="/photos/0.jpg">
      <img id="spacer" alt="" width="20" height="20" src="/photos/1.jpg">`,
  });
  const cells = Array.from(
    { length: 2000 },
    (_, index) =>
      `<img alt="Number ${index}" width="120" height="90" src="/photos/${index % 4}.jpg">`,
  );
  site.set('/many.html', {
    body: `<!doctype html><html lang="en"><title>Many</title><link rel="icon" href="data:,">${cells.join('')}`,
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

/** A page whose images near the screen are labelled, and the popup about it. */
async function openLabelled(): Promise<{ page: Page; popup: Page }> {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(
    session,
    tabId,
    ({ labelled, pending }) => labelled >= PHOTOS && pending === 0,
  );
  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.image-row');
  return { page, popup };
}

const close = async (...pages: Page[]): Promise<void> => {
  for (const page of pages) await page.close();
};

test('the toolbar popup labels the page, shows how far it is, and stops on request', async () => {
  const fresh = await openSession();
  const page = await fresh.openPage(`${site.origin}/photos.html`);
  await page.bringToFront();
  const known = new Set(fresh.browser.targets());
  const extension = (await fresh.browser.extensions()).get(fresh.extensionId);
  await extension?.triggerAction(page);
  const target = await waitUntil(
    'the popup opens',
    () =>
      fresh.browser
        .targets()
        .find((each) => !known.has(each) && each.url().endsWith('src/popup/index.html')),
    10_000,
  );
  const popup = await target.asPage();
  await untilText(popup, '.page-headline', (text) => text === english('popup_page_off'));
  await popup.$eval('.page-state button', (button) => {
    button.click();
  });
  await popup.waitForSelector('progress');
  const { max, value, name } = await popup.$eval('progress', (bar) => ({
    ...{ max: bar.max, value: bar.value, name: bar.getAttribute('aria-label') },
  }));
  expect(name).toBe(english('popup_page_progress'));
  expect(max).toBeGreaterThan(0);
  expect(value).toBeLessThanOrEqual(max);
  expect(
    await untilText(popup, '.page-headline', (text) => /Labelling \d+ of \d+/.test(text)),
  ).toBeTruthy();
  // Rows come while the work goes on.
  await popup.waitForSelector('.image-row');

  await popup.$eval('.page-state button', (button) => {
    button.click();
  });
  await untilText(popup, '.page-headline', (text) => text === english('popup_page_off'));
  await popup.waitForSelector('.image-row', { hidden: true });
  await waitUntil(
    'no trace is left on the page',
    async () => (await page.$('[data-alt-lens-host=labels]')) === null,
    10_000,
  );
  await fresh.close();
}, 90_000);

test('it is short: one thing to scroll, one strong button, what is secondary behind a press', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const strong = (popup: Page) =>
    popup.$$eval('.button.strong', (all) => all.map(({ textContent }) => textContent));
  const open = (popup: Page) =>
    popup.$$eval('details[open] > summary', (all) => all.map(({ textContent }) => textContent));
  const scrolling = (popup: Page) =>
    popup.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowY))
        .map(({ className }) => className),
    );
  const before = await openPopupFor(session, page);
  await before.waitForSelector('.results[aria-busy=false]');
  expect(await strong(before)).toEqual([english('popup_page_action_label')]);
  expect(await open(before)).toEqual([english('popup_results')]);
  expect(await scrolling(before)).toEqual([]);
  // What a browser gives a popup at most, CSS px.
  expect(await before.evaluate(() => document.body.scrollHeight)).toBeLessThanOrEqual(600);
  await close(before, page);

  const { page: labelled, popup } = await openLabelled();
  await popup.bringToFront();
  expect(await strong(popup)).toEqual([english('popup_open_report')]);
  expect(await open(popup)).toEqual([]);
  expect(await scrolling(popup)).toEqual([]);
  // The list begins in view, after everything else.
  const top = await popup.$eval('.image-row', (row) => row.getBoundingClientRect().top);
  expect(top).toBeLessThan(600);
  expect(
    await popup.evaluate(() => [...document.querySelectorAll('main > section')].at(-1)?.className),
  ).toBe('images');
  await close(popup, labelled);
});

test('two presses away: texts for who listens, on the page in front, and off again', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('input[name=listens]:not([disabled])');
  const given = () => page.$$eval('[data-alt-lens]', (all) => all.length);
  expect(await given()).toBe(0);
  await popup.bringToFront();
  await popup.click('input[name=listens]');
  await page.bringToFront();
  await waitUntil('images have texts', async () => (await given()) > 0, 30_000);
  expect(await session.ask('getSettings', {})).toMatchObject({ listenerMode: 'missing' });
  // A page that goes on being labelled makes the popup longer above the switch.
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, ({ labelled, pending }) => labelled > 0 && pending === 0);
  await popup.bringToFront();
  await popup.waitForSelector('.image-row');
  await popup.click('input[name=listens]');
  await waitUntil('they are gone', async () => (await given()) === 0, 10_000);
  await close(popup, page);
});

test('the images are listed with label, need and suggestion; filters and search find them', async () => {
  const { page, popup } = await openLabelled();
  const tabId = await tabIdOf(session, page);
  await popup.bringToFront();
  const { images } = await session.ask('getPageReport', { tabId });
  expect(images.length).toBe(PHOTOS + 2);
  const size = () =>
    popup.$eval('.virtual-rows > li', (row) => Number(row.getAttribute('aria-setsize')));
  expect(await size()).toBe(images.length);
  const first = images[0];
  if (first === undefined || first.hint === null)
    throw new Error('The first photo should be sure enough.');
  const row = await popup.$eval('.image-row', (element) => (element as HTMLElement).innerText);
  expect(row).toContain(first.hint.label);
  expect(row).toContain(english('report_need_missing'));
  await popup.waitForSelector('.image-row .thumbnail img[src^="data:image/webp"]');

  await popup.select('select[name=filter]', 'weak');
  await popup.waitForFunction(
    (count) =>
      document.querySelector('.virtual-rows > li')?.getAttribute('aria-setsize') === String(count),
    {},
    images.filter(({ need }) => need === 'weak').length,
  );
  await popup.select('select[name=filter]', 'all');
  await popup.type('input[name=search]', 'far away');
  await popup.waitForFunction(
    () => document.querySelector('.virtual-rows > li')?.getAttribute('aria-setsize') === '1',
  );
  await close(popup, page);
});

test('a row opens to its classes and the way up, and shows its image on the page', async () => {
  const { page, popup } = await openLabelled();
  const labels = await watchLabels(page, session);
  const image = (await session.ask('getPageReport', { tabId: await tabIdOf(session, page) }))
    .images[0];
  await popup.bringToFront();
  await popup.click('.image-row');
  await popup.waitForSelector('.lineage');
  expect(await popup.$$('.image-details .bars > li')).not.toEqual([]);
  const steps = await popup.$$eval('.lineage > li', (all) => all.map(({ innerText }) => innerText));
  expect(steps.length).toBeGreaterThan(1);
  expect(await popup.$eval('.lineage > [aria-current]', (step) => step.textContent)).toContain(
    image?.hint?.label,
  );

  await page.evaluate(() => {
    scrollTo(0, 2500);
  });
  await press(popup, english('popup_image_show'));
  await waitUntil('the image is in view', () => page.evaluate(() => scrollY < 500), 10_000);
  const isRinged = `[...document.querySelectorAll('[data-alt-lens-host=ring]')].some((host) =>
    chrome.dom.openOrClosedShadowRoot(host)?.querySelector('.ring') !== null)`;
  await waitUntil('it is ringed', async () => (await labels.evaluate(isRinged)) === true, 5000);
  await waitUntil('for a moment', async () => (await labels.evaluate(isRinged)) === false, 10_000);
  await close(popup, page);
});

/** The words about an image's text that its element carries on the page. */
const attributesOf = (page: Page, selector: string) =>
  page.$eval(selector, (element) =>
    Object.fromEntries(
      ['alt', 'aria-label', 'lang', 'data-alt-lens'].map((name) => [
        name,
        element.getAttribute(name),
      ]),
    ),
  );

const untilAttribute = (page: Page, selector: string, name: string, value: string | null) =>
  page.waitForFunction(
    (which, attribute, wanted) => document.querySelector(which)?.getAttribute(attribute) === wanted,
    { timeout: 10_000 },
    selector,
    name,
    value,
  );

test('a suggestion is put on the page, edited or as it is, and taken back without a trace', async () => {
  const { page, popup } = await openLabelled();
  const { images } = await session.ask('getPageReport', { tabId: await tabIdOf(session, page) });
  const missing = images.find(({ need, draft }) => need === 'missing' && draft !== null);
  if (!missing?.hint || missing.draft === null) throw new Error('One should need a text.');
  const { selector, draft, hint } = missing;
  const authored = await page.$eval(selector, ({ outerHTML }) => outerHTML);
  await popup.bringToFront();
  await popup.type('input[name=search]', selector);
  await popup.waitForFunction(
    () => document.querySelector('.virtual-rows > li')?.getAttribute('aria-setsize') === '1',
  );
  await popup.click('.image-row');

  await press(popup, english('popup_alt_apply'));
  await popup.waitForSelector('[data-need=applied]');
  expect(await attributesOf(page, selector)).toEqual({
    ...{ alt: draft, 'aria-label': null, lang: null },
    'data-alt-lens': `${hint.synset} ${hint.probability.toFixed(2)}`,
  });
  // The keyboard goes on with what took the button's place.
  expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe(
    english('popup_alt_revert'),
  );
  await popup.keyboard.press('Enter');
  await popup.waitForSelector('[data-need=missing]');
  expect(await page.$eval(selector, ({ outerHTML }) => outerHTML)).toBe(authored);

  await press(popup, english('popup_alt_edit'));
  await popup.waitForSelector('.image-details .draft-editor input');
  expect(await popup.$eval('.image-details .draft-editor input', ({ value }) => value)).toBe(draft);
  await popup.keyboard.type('Our own words');
  await popup.keyboard.press('Enter');
  await untilAttribute(page, selector, 'alt', 'Our own words');
  expect((await attributesOf(page, selector))['data-alt-lens']).toBe('edited');

  // Another popup knows of it, and the page's own text and need are still told.
  await popup.close();
  const later = await openPopupFor(session, page);
  await later.waitForSelector('[data-need=applied]');
  const known = await session.ask('getPageReport', { tabId: await tabIdOf(session, page) });
  const applied = known.images.filter((image) => image.applied !== null);
  expect(applied.map((image) => [image.selector, image.applied, image.need, image.name])).toEqual([
    [selector, 'Our own words', 'missing', ''],
  ]);
  await later.bringToFront();
  await later.type('input[name=search]', selector);
  await later.waitForFunction(
    () => document.querySelector('.virtual-rows > li')?.getAttribute('aria-setsize') === '1',
  );
  await later.click('.image-row');
  await press(later, english('popup_alt_revert'));
  await later.waitForSelector('[data-need=missing]');
  expect(await page.$eval(selector, ({ outerHTML }) => outerHTML)).toBe(authored);
  await close(later, page);
});

test('only a missing or weak text gives way, and nothing is left when labelling ends', async () => {
  const { page, popup } = await openLabelled();
  const tabId = await tabIdOf(session, page);
  const { images } = await session.ask('getPageReport', { tabId });
  const idOf = (need: string): { id: string; selector: string } => {
    const image = images.find((each) => each.need === need);
    if (image === undefined) throw new Error(`None is ${need}.`);
    return image;
  };
  const set = (id: string) =>
    popup.evaluate(
      async (tab, image) =>
        await chrome.tabs.sendMessage<object, { ok: boolean; error?: { code: string } }>(
          tab,
          { type: 'setAltText', id: image, text: 'A text' },
          { frameId: 0 },
        ),
      tabId,
      id,
    );
  for (const need of ['named', 'decorative']) {
    const { id, selector } = idOf(need);
    const before = await page.$eval(selector, ({ outerHTML }) => outerHTML);
    expect(await set(id)).toMatchObject({ ok: false, error: { code: 'alt-text-kept' } });
    expect(await page.$eval(selector, ({ outerHTML }) => outerHTML)).toBe(before);
  }
  expect(await set('image-none')).toMatchObject({ ok: false, error: { code: 'image-gone' } });
  const { id, selector } = idOf('weak');
  const before = await page.$eval(selector, ({ outerHTML }) => outerHTML);
  expect(await set(id)).toMatchObject({ ok: true });
  expect((await attributesOf(page, selector)).alt).toBe('A text');
  await session.ask('unlabelPage', { tabId });
  await untilAttribute(page, selector, 'data-alt-lens', null);
  expect(await page.$eval(selector, ({ outerHTML }) => outerHTML)).toBe(before);
  await close(popup, page);
});

test('as many classes are listed as the person wants, in the popup and on the page', async () => {
  await session.ask('setSettings', { settings: { shownPredictions: 2 } });
  const { page, popup } = await openLabelled();
  await popup.bringToFront();
  await popup.click('.image-row');
  await popup.waitForSelector('.lineage');
  // Five are stored: the way up is of all of them.
  const { images } = await session.ask('getPageReport', { tabId: await tabIdOf(session, page) });
  expect(images[0]?.prediction?.predictions).toHaveLength(5);
  const wantedOf = (image: ReportImage | undefined) =>
    Math.min(2, image?.prediction ? shownPredictions(image.prediction).length : 0);
  expect(images.map(wantedOf)).toContain(2);
  await popup.waitForFunction(
    (wanted) => document.querySelectorAll('.image-details .bars > li').length === wanted,
    {},
    wantedOf(images[0]),
  );

  await page.bringToFront();
  const labels = await watchLabels(page, session);
  const listed = `[...document.querySelectorAll('[data-alt-lens-host=labels]')]
    .map((host) => chrome.dom.openOrClosedShadowRoot(host))
    .flatMap((root) => [...(root?.querySelectorAll('.details li') ?? [])]).length`;
  const seen = images.find((image) => wantedOf(image) === 2 && image.hint !== null);
  const shown = await labels.until('labels are shown', ({ length }) => length > 0);
  const label = shown.find(({ text }) => text === seen?.hint?.label);
  if (label === undefined) throw new Error('No label.');
  await page.mouse.click(label.box.x + 10, label.box.y + 10);
  await waitUntil(
    'the details of a label list two',
    async () => (await labels.evaluate(listed)) === 2,
    10_000,
  );
  await session.ask('setSettings', { settings: { shownPredictions: 5 } });
  await close(popup, page);
});

test('everything that is saved parses back', async () => {
  const { page, popup } = await openLabelled();
  const saved = await watchDownloads(session);
  await popup.bringToFront();
  const report = await session.ask('getPageReport', { tabId: await tabIdOf(session, page) });
  await popup.bringToFront();

  await popup.click('.sum > summary');
  await press(popup, english('report_save_json'));
  const json = JSON.parse(await saved('.json')) as ExportedReport;
  expect(json.url).toBe(report.url);
  expect(json.images.map(({ selector, draft }) => [selector, draft])).toEqual(
    report.images.map(({ selector, draft }) => [selector, draft]),
  );
  expect(json.counts.sentBytes).toBe(0);

  await press(popup, english('report_save_csv'));
  const [heading, ...lines] = parseCsv(await saved('.csv'));
  expect(heading).toEqual([...CSV_COLUMNS]);
  expect(lines.map((line) => line[CSV_COLUMNS.indexOf('alt_text')])).toEqual(
    report.images.map(({ draft }) => draft ?? ''),
  );

  await press(popup, english('report_save_html'));
  const html = await saved('.html');
  const shown = await openSaved(session, html);
  expect(await shown.$$eval('tbody tr', (rows) => rows.length)).toBe(report.images.length);
  expect(await shown.$$('tbody img[src^="data:image/webp"]')).not.toHaveLength(0);
  const violations = Object.values(await runAxe(shown)).flatMap((result) => result.violations);
  expect(violations).toEqual([]);
  await close(shown, popup, page);
});

test('a site rule asks for its access in the click, and for nothing more', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const popup = await openPopupFor(session, page);
  await popup.evaluate(() => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    chrome.permissions.request = (wanted: unknown) => {
      asked.push([wanted, navigator.userActivation.isActive]);
      return Promise.resolve(true);
    };
    chrome.permissions.remove = (handedBack: unknown) => {
      asked.push(handedBack);
      return Promise.resolve(true);
    };
  });
  const asked = () => popup.evaluate('globalThis.asked');
  const chosen = (which: number) =>
    popup.waitForSelector(`.site-choice:nth-child(${which})[aria-pressed=true]`);
  await popup.click('.site > summary');
  const needs = await popup.$$eval('.site-choice > span', (all) =>
    all.map(({ innerText }) => innerText),
  );
  expect(needs).toHaveLength(4);

  await popup.click('.site-choice:nth-child(2)');
  await chosen(2);
  expect(await asked()).toEqual([[{ origins: ['http://127.0.0.1/*'] }, true]]);
  expect((await session.ask('getSettings', {})).alwaysSites).toEqual([site.origin]);

  await popup.click('.site-choice:nth-child(3)');
  await chosen(3);
  expect(await asked()).toHaveLength(2);
  const { labelAllSites, alwaysSites } = await session.ask('getSettings', {});
  expect([labelAllSites, alwaysSites]).toEqual([true, []]);

  await press(popup, english('popup_access_hand_back'));
  await chosen(1);
  expect(await asked()).toContainEqual({ origins: ALL_HOSTS });
  expect((await session.ask('getSettings', {})).labelAllSites).toBe(false);

  await popup.click('.site-choice:nth-child(4)');
  await chosen(4);
  expect((await session.ask('getSettings', {})).neverSites).toEqual([site.origin]);
  await popup.click('.site-choice:nth-child(1)');
  await chosen(1);
  expect(await asked()).toHaveLength(3);
  await close(popup, page);
});

test('a pause holds until it is ended', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const popup = await openPopupFor(session, page);
  await popup.click('.site > summary');
  await press(popup, english('popup_pause_restart'));
  await untilText(popup, '.page-headline', (text) => text === english('popup_page_paused_restart'));
  await press(popup, english('popup_page_action_resume'));
  await untilText(popup, '.page-headline', (text) => text === english('popup_page_off'));
  await close(popup, page);
});

test('a chosen file and a pasted picture are looked at like any other', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const popup = await openPopupFor(session, page);
  const file = await asset('photos/000b7d55b6184b08.png');
  const input = await popup.$('.drop-zone > input');
  await input?.uploadFile(file);
  const headline = await untilText(popup, '.trial .result-headline', (text) => text !== '');
  expect(await popup.$$('.try .bars > li')).not.toEqual([]);
  expect(await popup.$eval('.trial img', ({ naturalWidth }) => naturalWidth)).toBeGreaterThan(16);
  // It leaves no note.
  expect(await session.ask('getRecentOutcomes', {})).toEqual([]);

  await popup.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['This is no picture.'], 'broken.png', { type: 'image/png' }));
    const pasted = new ClipboardEvent('paste');
    // Firefox does not take it from whoever makes the event.
    Object.defineProperty(pasted, 'clipboardData', { value: transfer });
    document.dispatchEvent(pasted);
  });
  const failed = await untilText(
    popup,
    '.trial .result-headline',
    (text) => text !== '' && text !== headline,
  );
  expect(failed).toBe(english('error_image_not_an_image'));
  await close(popup, page);
});

test('an image is looked at by its address: access is asked for in the click and handed back', async () => {
  // Without access of its own: what the browser would ask the person is answered here.
  const fresh = await openSession();
  const page = await fresh.openPage(`${site.origin}/photos.html`);
  const popup = await openPopupFor(fresh, page);
  await popup.evaluate(() => {
    Object.assign(globalThis, { asked: [], answer: false });
    const world = globalThis as unknown as { asked: unknown[]; answer: boolean };
    chrome.permissions.request = (wanted: unknown) => {
      world.asked.push([wanted, navigator.userActivation.isActive]);
      return Promise.resolve(world.answer);
    };
    chrome.permissions.remove = (handedBack: unknown) => {
      world.asked.push(handedBack);
      return Promise.resolve(true);
    };
  });
  const answered = (headline: string) =>
    untilText(popup, '.trial .result-headline', (text) => text === headline);
  const enter = async (address: string): Promise<void> => {
    await popup.$eval('input[name=address]', (input) => {
      input.value = '';
    });
    await popup.type('input[name=address]', address);
    await popup.keyboard.press('Enter');
  };
  await popup.click('.try > summary');
  await enter('ftp://example.org/cat.jpg');
  await answered(english('error_address_refused'));
  expect(await popup.evaluate('asked')).toEqual([]);

  await enter('127.0.0.1/photos/0.jpg');
  await answered(english('error_host_permission_missing'));
  const origins = { origins: ['https://127.0.0.1/*'] };
  expect(await popup.evaluate('asked')).toEqual([[origins, true]]);

  // The person says yes, and the fetch that follows finds that the browser did not give it.
  await popup.evaluate('answer = true; asked = []');
  await enter(`${site.origin}/photos/0.jpg`);
  await waitUntil(
    'the access is handed back',
    async () => ((await popup.evaluate('asked.length')) as number) === 2,
    10_000,
  );
  expect(await popup.evaluate('asked')).toEqual([
    [{ origins: ['http://127.0.0.1/*'] }, true],
    { origins: ['http://127.0.0.1/*'] },
  ]);
  await answered(english('error_host_permission_missing'));
  await fresh.close();

  // With access, as after a grant, the picture itself comes.
  const granted = await session.openPage(`${site.origin}/photos.html`);
  const other = await openPopupFor(session, granted);
  await other.click('.try > summary');
  await other.type('input[name=address]', `${site.origin}/photos/0.jpg`);
  await other.keyboard.press('Enter');
  await untilText(
    other,
    '.trial .result-headline',
    (text) => text !== '' && text !== english('popup_try_looking'),
  );
  expect(await other.$$('.try .bars > li')).not.toEqual([]);
  expect(await other.$eval('.trial img', ({ naturalWidth }) => naturalWidth)).toBeGreaterThan(16);
  await other.$eval('input[name=address]', (input) => {
    input.value = '';
  });
  await other.type('input[name=address]', `${site.origin}/photos.html`);
  await other.keyboard.press('Enter');
  await untilText(
    other,
    '.trial .result-headline',
    (text) => text === english('error_image_not_an_image'),
  );
  await close(other, granted);
});

test('2,000 images scroll without a long task, by wheel and by keys', async () => {
  const page = await session.openPage(`${site.origin}/many.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(
    session,
    tabId,
    ({ found, labelled, pending }) => found === 2000 && labelled > 0 && pending === 0,
  );
  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.virtual-rows > li[aria-setsize="2000"]');
  const scroll = () =>
    popup.evaluate(async () => {
      const list = document.scrollingElement;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const step = (list?.scrollHeight ?? 0) / 150;
      for (let at = 0; at < 150 && list !== null; at += 1) {
        list.scrollTop = at * step;
        await frame();
      }
    });
  // What is compiled at the first use is not what scrolling costs.
  await scroll();
  const folder = createTemporaryFolder('alt-lens-trace-');
  const trace = join(folder.path, 'trace.json');
  await popup.tracing.start({ path: trace, categories: ['devtools.timeline', 'toplevel'] });
  await scroll();
  await popup.tracing.stop();
  const longest = longestTaskMs(await readFile(trace, 'utf8'), /^chrome-extension:.*\/assets\//);
  folder.remove();
  console.log(`2,000 rows scrolled: longest task ${longest.toFixed(1)} ms of processor time`);
  expect(longest).toBeLessThan(50);
  expect(await popup.$$eval('.virtual-rows > li', (rows) => rows.length)).toBeLessThan(40);

  await popup.focus('.image-row[tabindex="0"]');
  await popup.keyboard.press('End');
  await popup.waitForFunction(
    () => document.activeElement?.closest('li')?.getAttribute('aria-posinset') === '2000',
  );
  await popup.keyboard.press('ArrowUp');
  await popup.waitForFunction(
    () => document.activeElement?.closest('li')?.getAttribute('aria-posinset') === '1999',
  );
  await close(popup, page);
});

test('every control of the page is reached by Tab and seen to be', async () => {
  const { page, popup } = await openLabelled();
  await popup.click('.site > summary');
  await popup.focus('.image-row[tabindex="0"]');
  await popup.keyboard.press('Enter');
  await popup.waitForSelector('.lineage');
  await popup.waitForSelector('.image-details .where');
  const stops = 'button:not([tabindex="-1"]), select, input, summary, a[href]';
  const expected = await popup.$$eval(
    stops,
    (all) => all.filter((control) => control.checkVisibility()).length,
  );
  expect(expected).toBeGreaterThan(20);
  // From the page's beginning on, wherever the row has scrolled to: past its end the browser's own buttons follow.
  await popup.evaluate(() => {
    scrollTo(0, 0);
  });
  await popup.mouse.click(2, 2);
  const reached = new Set<number>();
  for (let pressed = 0; pressed < expected + 4; pressed += 1) {
    await popup.keyboard.press('Tab');
    const focused = await popup.evaluate((selector) => {
      const { activeElement } = document;
      // Where the focus is in the browser's own buttons an element may still bear it.
      if (activeElement?.matches(selector) !== true || !document.hasFocus()) return null;
      // The file input is seen by its zone.
      const seen = activeElement.closest('.drop-zone') ?? activeElement;
      const { width, height } = seen.getBoundingClientRect();
      return {
        index: [...document.querySelectorAll('*')].indexOf(activeElement),
        outline: getComputedStyle(seen).outlineStyle,
        isLargeEnough: activeElement.matches('a') || (width >= 24 && height >= 24),
      };
    }, stops);
    if (focused === null) continue;
    // A search field's ring is the browser's or ours; none is neither.
    expect(focused.outline).not.toBe('none');
    expect(focused.isLargeEnough).toBe(true);
    reached.add(focused.index);
  }
  expect(reached.size).toBe(expected);
  await close(popup, page);
});

test('the popup is gone through by keys alone: filter, rows, every action on one, report', async () => {
  const { page, popup } = await openLabelled();
  await popup.bringToFront();
  const { ScriptDuration: seconds = 0 } = await popup.metrics();
  console.log(`popup opened with its list: ${(seconds * 1000).toFixed(0)} ms of script`);
  const focused = () =>
    popup.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute('name') ?? activeElement?.textContent ?? '';
    });
  const tabTo = async (name: string): Promise<void> => {
    for (let pressed = 0; pressed < 60; pressed += 1) {
      if ((await focused()) === name) return;
      await popup.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}.`);
  };
  const press = async (name: string): Promise<void> => {
    await tabTo(name);
    await popup.keyboard.press('Enter');
  };
  // From the page's beginning on: past its end the browser's own buttons follow.
  await popup.mouse.click(2, 2);
  await tabTo('filter');
  await popup.keyboard.press('ArrowDown');
  await popup.waitForFunction(
    () => document.querySelector<HTMLSelectElement>('select[name=filter]')?.value === 'missing',
  );
  await tabTo('search');
  await popup.keyboard.press('Tab');
  await popup.keyboard.press('ArrowDown');
  await popup.keyboard.press('ArrowUp');
  await popup.keyboard.press('Enter');
  await popup.waitForSelector('.image-details .lineage');

  await press(english('popup_alt_apply'));
  await popup.waitForSelector('[data-need=applied]');
  await press(english('popup_alt_revert'));
  await popup.waitForSelector('[data-need=applied]', { hidden: true });
  await press(english('popup_alt_edit'));
  await popup.waitForSelector('.draft-editor input:focus');
  await popup.keyboard.press('Escape');
  await waitUntil(
    'the editor is left, and the keyboard goes on with what took its place',
    async () => (await focused()) === english('popup_alt_apply'),
    5000,
  );
  await press(english('dismissal_button'));
  await waitUntil(
    'the same button takes it back',
    async () => (await focused()).startsWith(english('dismissal_undo', '').slice(0, 8)),
    5000,
  );
  await popup.keyboard.press('Enter');
  await waitUntil(
    'the label is back',
    async () => (await focused()) === english('dismissal_button'),
    5000,
  );
  await press(english('popup_open_report'));
  await (await session.openedPage(REPORT)).close();
  await close(popup, page);
});

test('no accessibility violation with everything open, and nothing cut at 200 % zoom', async () => {
  const { page, popup } = await openLabelled();
  await popup.click('.site > summary');
  await popup.click('.image-row');
  await popup.waitForSelector('.lineage');
  for (const [scheme, { violations, passes }] of Object.entries(await runAxe(popup))) {
    expect({ scheme, violations }).toEqual({ scheme, violations: [] });
    expect(passes).toBeGreaterThan(20);
  }
  await popup.setViewport({ width: 190, height: 600 });
  expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(190);
  await close(popup, page);
});
