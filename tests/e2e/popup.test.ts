import manifest from '../../manifest.json' with { type: 'json' };
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { snake } from '../../src/core/message-key';
import { english } from '../fixtures/popup/english';
import {
  asset,
  openSession,
  openSite,
  waitUntil,
  type ExtensionSession,
  type Site,
  suggestedKeys,
} from './harness';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const { version: VERSION } = manifest;
let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  // By which a page may read the clipboard without a person.
  session = await openSession({ preferences: { 'dom.events.testing.asyncClipboard': true } });
  site = await openSite({
    resources: {
      '/photos': {
        body: `<!doctype html><title>Photos</title>
          <img id="photo" src="/photo.png" alt="" width="300">
          <img id="broken" src="/broken.png" alt="broken" style="width: 200px; height: 150px">`,
      },
      '/photo.png': { file: await asset('photos/000b7d55b6184b08.png') },
      '/broken.png': { body: 'This is no picture.' },
    },
  });
});

async function openPopup(): Promise<Page> {
  const popup = await session.openPage(`${session.origin}src/popup/index.html`);
  await popup.waitForSelector('.results[aria-busy=false]');
  return popup;
}

const textOf = (popup: Page, selector: string): Promise<string> =>
  popup.$eval(selector, (element) => (element as HTMLElement).innerText.trim());

/** Firefox has no such permission: its preference is set above. */
async function clipboardText(popup: Page): Promise<string> {
  if (session.target === 'chromium') {
    await popup.browserContext().setPermission(session.origin.slice(0, -1), {
      permission: { name: 'clipboard-read' },
      state: 'granted',
    });
  }
  return await popup.evaluate(() => navigator.clipboard.readText());
}

const untilText = (popup: Page, selector: string, expected: string): Promise<string> =>
  waitUntil(
    `${selector} says ${expected}`,
    async () => {
      const found = await textOf(popup, selector);
      return found === expected && found;
    },
    30_000,
  );

const press = (popup: Page, name: string): Promise<void> =>
  popup.locator(`::-p-aria([name="${name}"][role="button"])`).click();

test('an empty popup says how to begin, and starts the engine on request', async () => {
  const popup = await openPopup();
  expect(await textOf(popup, 'h1')).toBe('Alt Lens');
  expect(await textOf(popup, '.how-to')).toContain(english('menu_classify_image'));
  expect(await textOf(popup, 'kbd')).toBe(suggestedKeys('describe-image'));
  expect(await textOf(popup, '.empty')).toContain(english('popup_empty'));
  expect(await textOf(popup, '.engine-headline')).toBe('Not started yet');

  await popup.click('.settings > summary');
  await press(popup, english('popup_engine_start'));
  await untilText(popup, '.engine-headline', 'Ready');
  // Where the button was, the focus did not fall out of the page.
  expect(await popup.evaluate(() => document.activeElement?.className)).toBe('engine-headline');
  const facts = await textOf(popup, '.engine .facts');
  expect(facts).toContain('CPU (WebAssembly)');
  expect(facts).toContain('MobileNetV1 1.0/224, 4.3 MB');
  expect(facts).toMatch(/Loaded in\s+[\d.]+ (sec|ms)/);
  expect(facts).toMatch(/Not used\s+WebGPU: [a-z].*\s+WebGL: [a-z]/);
  await popup.close();
});

test('a result arrives in an open popup as it happened, with its alt text to copy', async () => {
  const popup = await openPopup();
  const page = await session.openPage(`${site.origin}/photos`);
  const outcome = await session.describe(page, '#photo');
  if (!outcome.result.ok) throw new Error(outcome.result.error.message);
  const { hint, predictions, draft } = outcome.result.prediction;
  if (hint === null || draft === null) throw new Error('The photo should be sure enough.');

  await popup.bringToFront();
  await popup.waitForSelector('.result');
  expect(await textOf(popup, '.result-headline')).toBe(hint.text);
  expect(await popup.$eval('.result-headline[lang]', (words) => words.getAttribute('lang'))).toBe(
    'en',
  );
  await popup.waitForFunction(() => (document.querySelector('img')?.naturalWidth ?? 0) > 0);
  const thumbnailWidth = await popup.$eval('.thumbnail img', (img) => img.naturalWidth);
  expect(thumbnailWidth).toBeGreaterThan(16);

  await popup.click('.result-toggle');
  const rows = await popup.$$eval('.bars > li', (items) =>
    items.map((item) => ({
      label: item.querySelector('[lang]')?.textContent,
      share:
        (item.querySelector('.bar > span')?.getBoundingClientRect().width ?? 0) /
        (item.querySelector('.bar')?.getBoundingClientRect().width ?? 1),
    })),
  );
  expect(rows.map(({ label }) => label)).toEqual(
    predictions.filter(({ probability }) => probability >= 0.01).map(({ label }) => label),
  );
  expect(rows[0]?.share).toBeCloseTo(predictions[0]?.probability ?? 0, 1);

  await press(popup, english('popup_copy'));
  await popup.waitForSelector(`::-p-aria([name="${english('popup_copied')}"][role="button"])`);
  expect(await clipboardText(popup)).toBe(draft);
  expect(await popup.$$eval('[role=status]', (all) => all.map((one) => one.textContent))).toContain(
    english('popup_copied_announcement', draft),
  );
  await page.close();
  await popup.close();
});

test('a failure says what happened and what to do, never a code', async () => {
  const page = await session.openPage(`${site.origin}/photos`);
  const outcome = await session.describe(page, '#broken', { menuItemId: 'classify-image' });
  if (outcome.result.ok) throw new Error('A text file was classified.');
  const { code } = outcome.result.error;

  const popup = await openPopup();
  // The newest result is first, and open.
  expect(await popup.$eval('.result', (row) => row.getAttribute('data-tone'))).toBe('failed');
  if (code !== 'image-not-an-image') throw new Error(`A text file failed with ${code}.`);
  expect(await textOf(popup, '.result-headline')).toBe(english(snake(`error_${code}`)));
  expect(await textOf(popup, '.result-note')).toBe(english(snake(`remedy_${code}`)));
  expect(await popup.$eval('.result-toggle', ({ ariaExpanded }) => ariaExpanded)).toBe('true');
  const shown = await textOf(popup, 'body');
  expect(shown).not.toContain(code);
  expect(shown).not.toMatch(/(error|remedy|popup)_/);

  // For those who mend it, and only when asked for: codes, and nothing of the page.
  await press(popup, english('copy_report'));
  await popup.waitForSelector(`::-p-aria([name="${english('popup_copied')}"][role="button"])`);
  const report = await clipboardText(popup);
  expect(report).toContain(`Error: ${code}`);
  expect(report).toContain(`Alt Lens ${VERSION}`);
  expect(report).toContain('Engine: ready, wasm');
  expect(report).not.toMatch(/127\.0\.0\.1|broken|photos|:\/\//i);
  await page.close();
  await popup.close();
});

test('no accessibility violation, light, dark and in forced colours; nothing cut at 200 % zoom', async () => {
  const popup = await openPopup();
  await popup.click('.settings > summary');
  for (const toggle of await popup.$$('.result-toggle[aria-expanded=false]')) await toggle.click();
  expect(await popup.$$('.bars > li')).not.toHaveLength(0);
  for (const features of [
    [{ name: 'prefers-color-scheme', value: 'light' }],
    [{ name: 'prefers-color-scheme', value: 'dark' }],
    [{ name: 'forced-colors', value: 'active' }],
  ]) {
    // Without motion no colour is on its way from one scheme to the next.
    const still = { name: 'prefers-reduced-motion', value: 'reduce' };
    await session.emulateMedia(popup, [...features, still]);
    const found = await popup.evaluate(`(async () => {
      ${AXE}
      const { violations, passes } = await axe.run();
      return { violations: violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target)), passes: passes.length };
    })()`);
    expect(found).toEqual({ violations: [], passes: expect.any(Number) as number });
    expect((found as { passes: number }).passes).toBeGreaterThan(20);
  }
  // A popup of 380 px at 200 % has the room of 190 px; so has this page.
  await popup.setViewport({ width: 190, height: 600 });
  expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(190);
  await popup.close();
});

test('every control is reached by Tab, and shows that it is', async () => {
  const popup = await openPopup();
  await popup.click('.settings > summary');
  const controls = await popup.$$eval(
    'button, a[href], select, summary',
    (found) => found.filter((control) => control.checkVisibility()).length,
  );
  expect(controls).toBeGreaterThan(8);
  // From the page's beginning on: past its end the browser's own buttons follow.
  await popup.mouse.click(2, 2);
  const reached = new Set<number>();
  // The fields to try an image are stops, too.
  for (let pressed = 0; pressed < controls + 5; pressed += 1) {
    await popup.keyboard.press('Tab');
    const focused = await popup.evaluate(() => {
      const { activeElement } = document;
      const isControl = activeElement?.matches('button, a[href], select, summary') ?? false;
      if (activeElement === null || !isControl || !document.hasFocus()) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
      const { width, height } = activeElement.getBoundingClientRect();
      return {
        index: [...document.querySelectorAll('*')].indexOf(activeElement),
        isSeen: outlineStyle === 'solid' && outlineWidth === '2px',
        isLargeEnough: activeElement.matches('a') || (width >= 24 && height >= 24),
      };
    });
    if (focused === null) continue;
    expect(focused).toMatchObject({ isSeen: true, isLargeEnough: true });
    reached.add(focused.index);
  }
  expect(reached.size).toBe(controls);
  await popup.close();
});

test('a setting holds at once, in the worker and in the next popup', async () => {
  const popup = await openPopup();
  await popup.click('.settings > summary');
  await popup.select('select[name=views]', '1');
  await popup.select('select[name=variant]', 'fast');
  await waitUntil(
    'the settings are stored',
    async () => {
      const { views, variant } = await session.ask('getSettings', {});
      return views === 1 && variant === 'fast';
    },
    5000,
  );
  await popup.close();

  const next = await openPopup();
  await next.waitForSelector('select[name=views]');
  const chosen = await next.$$eval('select', (all) => all.map(({ name, value }) => [name, value]));
  expect(Object.fromEntries(chosen)).toEqual({ backend: 'auto', variant: 'fast', views: '1' });
  await session.ask('setSettings', { settings: { views: 3, variant: 'accurate' } });
  await next.waitForFunction(
    () => document.querySelector<HTMLSelectElement>('select[name=views]')?.value === '3',
  );
  await next.close();
});

test('clearing asks first; Escape keeps the list, the answer empties it for good', async () => {
  const popup = await openPopup();
  expect(await popup.$$('.result')).not.toHaveLength(0);
  await press(popup, english('popup_clear'));
  await popup.waitForSelector('.confirm');
  expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe(
    english('popup_clear_confirm'),
  );
  await popup.keyboard.press('Escape');
  await popup.waitForSelector('.confirm', { hidden: true });
  expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe(
    english('popup_clear'),
  );
  expect(await popup.$$('.result')).not.toHaveLength(0);

  await press(popup, english('popup_clear'));
  await press(popup, english('popup_clear_confirm'));
  await popup.waitForSelector('.empty');
  await waitUntil(
    'the worker forgot the results',
    async () => (await session.ask('getRecentOutcomes', {})).length === 0,
    5000,
  );
  expect(await popup.evaluate(() => document.activeElement?.id)).toBe('results-title');
  await popup.close();
});

test('a chosen backend that cannot run says so, and a press leads on', async () => {
  await session.ask('setSettings', { settings: { backend: 'webgpu' } });
  const popup = await openPopup();
  await session.ask('startEngine', {});
  await popup.waitForSelector('.engine-chosen');
  expect(await textOf(popup, '.engine-chosen')).toContain('You chose WebGPU');
  await press(popup, english('popup_engine_automatic'));
  await popup.waitForSelector('.engine-chosen', { hidden: true });
  expect(await session.ask('getSettings', {})).toMatchObject({ backend: 'auto' });
  await popup.close();
});

test('settings, help and version are at the foot', async () => {
  const popup = await openPopup();
  expect(await textOf(popup, '.foot')).toContain(english('popup_version', VERSION));
  await press(popup, english('popup_help'));
  await session.openedPage('src/welcome/index.html');
  await popup.bringToFront();
  await press(popup, english('popup_open_settings'));
  await session.openedPage('src/options/index.html');
  await popup.close();
});

test('an open popup outlives its worker', async () => {
  const popup = await openPopup();
  await session.ask('startEngine', {});
  await untilText(popup, '.engine-headline', 'Ready');
  await session.stopWorker();
  await untilText(popup, '.engine-headline', 'Not started yet');
  expect(await popup.$('.problem')).toBeNull();
  await popup.close();
});
