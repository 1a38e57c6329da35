/** A label that is wrong for a picture: dismissed on card, label, list and report, remembered, and brought back. */
import type { Page } from 'puppeteer';
import { beforeAll, beforeEach, expect, test } from 'vitest';

import type { ReportImage } from '../../src/core/report/page-report';
import { english } from '../fixtures/popup/english';
import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchCard } from './support/card-view';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor, press, REPORT } from './support/page-popup';

const PHOTOS = 4;

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PHOTOS) });
  const images = Array.from(
    { length: PHOTOS },
    (_, index) => `<img id="photo-${index}" width="240" height="180" src="/photos/${index}.jpg">`,
  );
  // The same picture once more, at another address.
  images.push('<img id="again" width="240" height="180" src="/photos/0.jpg?again">');
  site.set('/photos.html', {
    body: `<!doctype html><html lang="en"><title>Photos</title><link rel="icon" href="data:,">${images.join(' ')}`,
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

beforeEach(async () => {
  await session.ask('forgetDismissals', {});
});

async function openLabelled() {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const labels = await watchLabels(page, session);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === PHOTOS + 1);
  return { page, labels, tabId };
}

async function imageOf(tabId: number, selector: string): Promise<ReportImage> {
  const { images } = await session.ask('getPageReport', { tabId });
  const found = images.find((image) => image.selector === selector);
  if (found === undefined) throw new Error(`No image ${selector}.`);
  return found;
}

const buttonText = (label: string) => english('dismissal_undo', label);
const altOf = (page: Page, selector: string) =>
  page.$eval(selector, (element) => element.getAttribute('alt'));

test('in the list: gone from the page at once, remembered over a reload, brought back in place', async () => {
  await session.ask('setSettings', { settings: { listenerMode: 'missing' } });
  const { page, labels, tabId } = await openLabelled();
  const { hint, draft } = await imageOf(tabId, '#photo-0');
  if (hint === null) throw new Error('The first photo should be sure enough.');
  await waitUntil(
    'listeners hear it',
    async () => (await altOf(page, '#photo-0')) === hint.text,
    5000,
  );
  const shown = await labels.until(
    'both of the picture are labelled',
    (all) => all.filter(({ text }) => text === hint.label).length === 2,
  );

  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.image-row');
  await popup.click('.image-row');
  await press(popup, english('popup_alt_revert'));
  await press(popup, english('popup_alt_apply'));
  await waitUntil(
    'the draft is applied',
    async () => (await altOf(page, '#photo-0')) === draft,
    5000,
  );
  await press(popup, english('dismissal_button'));
  await popup.waitForSelector(`::-p-aria([name="${buttonText(hint.label)}"][role="button"])`);
  // Nothing of it is left on the page, wherever the picture is.
  await page.bringToFront();
  await labels.until('its labels are gone', (all) => all.length === shown.length - 2);
  expect(await altOf(page, '#photo-0')).toBeNull();
  expect(await altOf(page, '#again')).toBeNull();
  await popup.bringToFront();
  expect(await popup.$eval('.image-row', (row) => (row as HTMLElement).innerText)).toContain(
    english('chip_silence_dismissed'),
  );
  expect(await popup.evaluate(() => document.body.innerText)).toContain(
    english('popup_silence_dismissed'),
  );
  expect(await popup.$$('.image-details .model-saw .bars > li')).not.toEqual([]);

  // A page that is loaded later, by a worker that starts anew.
  await popup.close();
  await page.close();
  await session.stopWorker();
  const later = await openLabelled();
  expect(await imageOf(later.tabId, '#photo-0')).toMatchObject({
    ...{ state: 'labelled', hint: null, draft: null, silence: 'dismissed', applied: null },
    prediction: { cached: true, kept: hint },
  });
  expect(await imageOf(later.tabId, '#again')).toMatchObject({ silence: 'dismissed' });
  expect(await imageOf(later.tabId, '#photo-1')).toMatchObject({ silence: null });

  const again = await openPopupFor(session, later.page);
  await again.waitForSelector('.image-row');
  await again.focus('.image-row[tabindex="0"]');
  await again.keyboard.press('Enter');
  const undo = await again.waitForSelector(`::-p-aria([name="${buttonText(hint.label)}"])`);
  await undo?.focus();
  await again.keyboard.press('Enter');
  await again.waitForSelector(`::-p-aria([name="${english('dismissal_button')}"][role="button"])`);
  // The same button, so the keyboard is where it was.
  expect(await again.evaluate(() => document.activeElement?.textContent)).toBe(
    english('dismissal_button'),
  );
  await later.page.bringToFront();
  await later.labels.until('the label is back', (all) =>
    all.some(({ text }) => text === hint.label),
  );
  await waitUntil(
    'so is the text',
    async () => (await altOf(later.page, '#photo-0')) === hint.text,
    5000,
  );
  await again.close();
  await later.page.close();
  await session.ask('setSettings', { settings: { listenerMode: 'off' } });
});

test('on the card: it says so, keeps the classes, and takes it back', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const card = await watchCard(page);
  const { result } = await session.describe(page, '#photo-0');
  if (!result.ok || result.prediction.hint === null) throw new Error('It should be sure enough.');
  const { label, text } = result.prediction.hint;
  await card.settled();
  await card.press(english('dismissal_button'));
  const dismissed = await card.until('it is silent', ({ headline }) => headline !== text);
  expect(dismissed).toMatchObject({ headline: english('chip_silence_dismissed'), draft: null });
  expect(dismissed.lines).toContain(english('card_silence_dismissed'));
  expect(dismissed.predictions).not.toEqual([]);
  expect(dismissed.spoken).toContain(english('card_silence_dismissed'));
  // The popup's list follows.
  const [outcome] = await session.ask('getRecentOutcomes', {});
  expect(outcome?.result).toMatchObject({ prediction: { silence: 'dismissed', hint: null } });
  await page.keyboard.press('Escape');
  await card.gone();

  await session.describe(page, '#photo-0');
  const later = await card.settled();
  expect(later.headline).toBe(english('chip_silence_dismissed'));
  expect(later.buttons).toContain(buttonText(label));
  await card.press(buttonText(label));
  await card.until('it is said again', ({ headline }) => headline === text);
  expect(await session.ask('countDismissals', {})).toBe(0);
  await page.close();
});

test('on a label of the page: undone where it was dismissed, by keys alone', async () => {
  const { page, labels } = await openLabelled();
  const root = `chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=labels]'))`;
  const focused = () => labels.evaluate(`${root}.activeElement?.ariaLabel ?? null`);
  const chip = await labels.evaluate(`(() => {
    const chip = ${root}.querySelector('.chip:not([hidden], .unsure)');
    chip.focus();
    return chip.querySelector('span').dataset.text;
  })()`);
  await page.bringToFront();
  await page.keyboard.press('Tab');
  for (let stop = 0; stop < 4 && (await focused()) !== english('dismissal_button'); stop += 1) {
    await page.keyboard.press('Tab');
  }
  const pressOnceEnabled = async () => {
    await waitUntil(
      'the focused button is enabled',
      async () => (await labels.evaluate(`${root}.activeElement?.ariaDisabled`)) === 'false',
      5000,
    );
    await page.keyboard.press('Enter');
  };
  await pressOnceEnabled();
  await waitUntil(
    'the button takes it back now',
    async () => (await focused()) === buttonText(String(chip)),
    5000,
  );
  const shown = await labels.shown();
  expect(shown.filter(({ text }) => text === chip)).toEqual([]);
  await pressOnceEnabled();
  await labels.until('the label is back', (all) => all.some(({ text }) => text === chip));
  expect(await session.ask('countDismissals', {})).toBe(0);
  await page.close();
});

test('in the report, after its page was closed, and over a reload of the report', async () => {
  const { page } = await openLabelled();
  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.image-row');
  await press(popup, english('popup_open_report'));
  const report = await session.openedPage(REPORT);
  await popup.close();
  await page.close();
  await report.bringToFront();
  await report.waitForSelector('.triage-words[tabindex="0"]');
  await report.focus('.triage-words[tabindex="0"]');
  const headline = () => report.$eval('.triage-row .image-headline', (line) => line.textContent);
  const before = await headline();
  await report.keyboard.press('w');
  const untilHeadline = (holds: (text: string | null) => boolean) =>
    waitUntil('the row follows', async () => holds(await headline()), 5000);
  await untilHeadline((line) => line?.includes(english('chip_silence_dismissed')) === true);
  await report.reload();
  await report.waitForSelector('.triage-words');
  await untilHeadline((line) => line?.includes(english('chip_silence_dismissed')) === true);
  await report.focus('.triage-words[tabindex="0"]');
  await report.keyboard.press('w');
  await untilHeadline((line) => line === before);
  await report.close();
});

test('the settings tell how many there are, forget them, and bring them back', async () => {
  const { page, tabId } = await openLabelled();
  const { prediction, hint } = await imageOf(tabId, '#photo-0');
  const label = { picture: prediction?.picture ?? '', synset: hint?.synset ?? '' };
  await session.ask('setDismissal', { ...label, isDismissed: true, isPrivate: false });
  const options = await session.openPage(`${session.origin}src/options/index.html`);
  const counts = (count: string) =>
    options.waitForFunction(
      (text) => document.querySelector('.dismissals')?.textContent.includes(text),
      {},
      english('options_dismissals_count', count),
    );
  await counts('1');
  // One from a private window is told to private windows, and written nowhere.
  const other = (await imageOf(tabId, '#photo-1')).prediction?.picture ?? '';
  await session.ask('setDismissal', {
    ...label,
    picture: other,
    isDismissed: true,
    isPrivate: true,
  });
  expect(await session.ask('countDismissals', {})).toBe(1);
  // Clearing the results leaves the person's own word alone.
  await press(options, english('options_cache_clear'));
  await press(options, english('options_dismissals_forget'));
  await counts('0');
  await waitUntil(
    'the page follows',
    async () => (await imageOf(tabId, '#photo-0')).hint !== null,
    5000,
  );
  expect(await options.evaluate(() => document.activeElement?.textContent)).toBe(
    english('options_undo'),
  );
  await options.keyboard.press('Enter');
  await counts('1');
  await waitUntil(
    'the page follows',
    async () => (await imageOf(tabId, '#photo-0')).silence === 'dismissed',
    5000,
  );
  await waitUntil(
    'the keyboard is where the button was',
    () =>
      options.evaluate(
        (text) => document.activeElement?.textContent === text,
        english('options_dismissals_forget'),
      ),
    5000,
  );
  await options.close();
  await page.close();
});
