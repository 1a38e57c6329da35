/**
 * Every surface in long words, from right to left, and without spaces between words: German, Arabic and
 * Japanese. Nothing is untranslated, nothing too wide, and every page says its language and direction.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'puppeteer';
import { expect, onTestFinished, test } from 'vitest';

import { withOnlyLanguage } from '../../scripts/extension-session/only-language';
import { builtExtension, openSession, openSite, type ExtensionSession } from './harness';
import { watchCard } from './support/card-view';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor } from './support/page-popup';

const LANGUAGES = [
  { language: 'de', direction: 'ltr' },
  { language: 'ar', direction: 'rtl' },
  { language: 'ja', direction: 'ltr' },
];
const WIDTHS = [360, 1100];
const PHOTOS = 3;
const RAW_KEY = /^[a-z]+_[a-z0-9_]+$/;

/** The texts of a language by key, without those that have placeholders. */
function textsOf(language: string): Map<string, string> {
  const file = join('src', '_locales', language, 'messages.json');
  const entries = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
  return new Map(
    Object.entries(entries)
      .map(([key, { message }]): [string, string] => [key, message])
      .filter(([, message]) => !message.includes('$')),
  );
}

/** English sentences and words that this language says in another way. */
function untranslatedTexts(language: string): Set<string> {
  const own = textsOf(language);
  const ownWords = new Set(own.values());
  const differing = [...textsOf('en')].filter(
    ([key, message]) => own.get(key) !== message && !ownWords.has(message),
  );
  return new Set(differing.map(([, message]) => message));
}

/** An expression: the texts below a root, as seen and as read out; labels are English and say so. */
const readTexts = (root: string) => `(() => {
  const texts = [];
  const walker = document.createTreeWalker(${root}, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.currentNode; node !== null; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement;
    if (element?.closest('[lang=en], script, style')) continue;
    if (node instanceof Text) texts.push(node.data);
    if (node instanceof Element) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        texts.push(node.getAttribute(name) ?? '');
      }
    }
  }
  return texts.map((text) => text.trim()).filter((text) => text !== '');
})()`;

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test.each(LANGUAGES)(
  'popup, report, options, welcome, card and labels in $language, $direction',
  async ({ language, direction }) => {
    const english = untranslatedTexts(language);
    expect(english.size).toBeGreaterThan(100);
    const looked: string[] = [];
    const expectTranslated = (what: string, texts: string[], atLeast: number) => {
      looked.push(`${what} ${texts.length}`);
      expect(texts.length, what).toBeGreaterThanOrEqual(atLeast);
      expect(
        texts.filter((text) => RAW_KEY.test(text) || english.has(text)),
        what,
      ).toEqual([]);
    };
    const expectSurface = async (what: string, page: Page, atLeast: number) => {
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      expectTranslated(what, (await page.evaluate(readTexts('document'))) as string[], atLeast);
      expect(
        await page.evaluate(() => {
          const { lang, dir } = document.documentElement;
          return { lang, dir, really: getComputedStyle(document.body).direction };
        }),
        what,
      ).toEqual({ lang: language, dir: direction, really: direction });
      for (const width of WIDTHS) {
        await page.setViewport({ width, height: 800 });
        expect(await widthOf(page), `${what} at ${width} px`).toBeLessThanOrEqual(width);
      }
    };

    const copy = withOnlyLanguage(builtExtension(), language);
    onTestFinished(copy.remove);
    const session: ExtensionSession = await openSession({
      extensionDir: copy.path,
      hostPermissions: ALL_HOSTS,
    });
    const site = await openSite({ resources: await photoResources(PHOTOS) });
    const images = Array.from(
      { length: PHOTOS },
      (_, index) => `<img width="240" height="180" src="/photos/${index}.jpg">`,
    );
    site.set('/photos.html', {
      body: `<!doctype html><html lang="en"><title>Photos</title>${images.join(' ')}`,
    });
    const page = await session.openPage(`${site.origin}/photos.html`);

    const card = await watchCard(page, session.origin);
    await session.describe(page, 'img');
    await card.settled();
    const root = `chrome.dom.openOrClosedShadowRoot(document.querySelector('alt-lens-card'))`;
    const surface = `${root}.querySelector('.card')`;
    expectTranslated('card', (await card.evaluate(readTexts(surface))) as string[], 8);
    expect(
      await card.evaluate(`(() => {
        const { lang, dir, scrollWidth, clientWidth } = ${surface};
        return { lang, dir, isTooWide: scrollWidth > clientWidth };
      })()`),
    ).toEqual({ lang: language, dir: direction, isTooWide: false });
    await page.keyboard.press('Escape');
    await card.gone();

    const labels = await watchLabels(page, session);
    const tabId = await tabIdOf(session, page);
    await session.ask('labelPage', { tabId });
    await untilProgress(session, tabId, ({ labelled }) => labelled === PHOTOS);
    expect(
      (await labels.read()).map(({ text }) => text).filter((text) => RAW_KEY.test(text)),
    ).toEqual([]);
    expect(
      await labels.evaluate(`(() => {
        const root = chrome.dom.openOrClosedShadowRoot(document.querySelector('alt-lens-labels'));
        return getComputedStyle(root.querySelector('.chip')).direction;
      })()`),
    ).toBe(direction);

    const popup = await openPopupFor(session, page);
    const openReport = await popup.waitForSelector('.page-report > .button');
    await popup.waitForSelector('.image-row');
    await expectSurface('popup', popup, 40);
    await openReport?.click();
    const target = await session.browser.waitForTarget((each) =>
      each.url().startsWith(`${session.origin}src/report/index.html`),
    );
    const report = await target.page();
    if (report === null) throw new Error('The report has no page.');
    await report.waitForSelector('.triage-row');
    await expectSurface('report', report, 30);

    for (const [name, ready, atLeast] of [
      ['options', '.shortcuts', 80],
      ['welcome', '.shortcuts kbd', 15],
    ] as const) {
      const opened = await session.openPage(`${session.origin}src/${name}/index.html`);
      await opened.waitForSelector(ready);
      await expectSurface(name, opened, atLeast);
    }
    process.stdout.write(`${language}: texts looked at: ${looked.join(', ')}\n`);
    await session.close();
  },
  60_000,
);
