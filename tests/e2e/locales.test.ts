/**
 * Every surface in long words, from right to left, and without spaces between words: German, Arabic and
 * Japanese. Nothing is untranslated, nothing too wide, and every page says its language and direction.
 * The pages of all the other languages are looked through for texts that are missing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { Page } from 'puppeteer';
import { expect, onTestFinished, test } from 'vitest';

import { withHostPermissions } from '../../scripts/drive/extension-session';
import { withOnlyLanguage } from '../../scripts/drive/extension-session/only-language';
import type { PageState } from '../../src/messages/protocol';
import { builtExtension, openSession, openSite, waitUntil, type ExtensionSession } from './harness';
import { watchCard } from './support/card-view';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';
import { openPopupFor } from './support/page-popup';

const LANGUAGES = [
  { language: 'de', direction: 'ltr' },
  { language: 'ar', direction: 'rtl' },
  { language: 'ja', direction: 'ltr' },
];
/** Where axe looks at every page too: long words, two other scripts, and the other direction. */
const AUDITED = ['ar', 'de', 'hi', 'ja'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DOMESTIC_CAT = 'n02121808';
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
    if (node instanceof HTMLElement) texts.push(node.dataset.text ?? '');
    if (node instanceof Element) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        texts.push(node.getAttribute(name) ?? '');
      }
    }
  }
  return texts.map((text) => text.trim()).filter((text) => text !== '');
})()`;

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

/**
 * axe finds a difference between an Arabic row and its name even where both are the same string, so there the
 * names are compared here: what is seen on a button of many words stands in its name, marks of direction aside.
 */
async function expectNamesAsSeen(what: string, page: Page): Promise<void> {
  const differing = await page.$$eval('button[aria-label][data-row]', (rows) => {
    const plain = (words: string | null) =>
      (words ?? '')
        .replace(/[\u2066-\u2069]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    return rows
      .filter((row) => !plain(row.ariaLabel).includes(plain(row.textContent)))
      .map((row) => [row.ariaLabel, row.textContent]);
  });
  expect(differing, what).toEqual([]);
}

async function expectAccessible(what: string, page: Page, language: string): Promise<void> {
  await expectNamesAsSeen(what, page);
  const found = (await page.evaluate(`(async () => {
    ${AXE}
    const rules = { 'label-content-name-mismatch': { enabled: ${language !== 'ar'} } };
    const { violations, passes } = await axe.run({ rules });
    return { violations: violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target)), passes: passes.length };
  })()`)) as { violations: string[]; passes: number };
  expect(found.violations, what).toEqual([]);
  expect(found.passes, what).toBeGreaterThan(10);
}

/** The word of a language's table for a node. */
function wordOf(synset: string, language: string): string {
  const table = readFileSync(join('scripts', 'taxonomy', 'words', `${language}.tsv`), 'utf8');
  const row = table.split('\n').find((line) => line.startsWith(synset));
  const [, word] = row?.split('\t') ?? [];
  if (word === undefined) throw new Error(`No word of ${language} for ${synset}.`);
  return word;
}

/** What is never to be said is offered and understood in the language of labels; so is the preview of wording. */
async function expectOwnWords(
  session: ExtensionSession,
  options: Page,
  language: string,
): Promise<void> {
  const word = wordOf(DOMESTIC_CAT, language);
  await options.waitForSelector(`#labels datalist option[value="${word}"][label]`);
  expect(await options.$$eval('#alt-text dd', (each) => each.map(({ lang }) => lang))).toEqual(
    Array.from({ length: 5 }, () => language),
  );
  await options.type('input[name=deniedSynsets]', word);
  await options.keyboard.press('Enter');
  await waitUntil(
    'the label is denied',
    async () => (await session.ask('getSettings', {})).deniedSynsets.includes(DOMESTIC_CAT),
    5000,
  );
  await options.waitForSelector(`.tokens [lang=${language}]`);
}

interface Reading {
  /** Fails where a text is a raw key, or English though the language says it in another way. */
  expectTranslated: (what: string, texts: string[], atLeast: number) => void;
  /** The same of a whole page with all of it open, which says its language and direction. */
  expectPage: (what: string, page: Page, atLeast: number) => Promise<void>;
  /** What was looked at. */
  looked: string[];
}

function readingIn(language: string, direction: string): Reading {
  const english = untranslatedTexts(language);
  const looked: string[] = [];
  const expectTranslated: Reading['expectTranslated'] = (what, texts, atLeast) => {
    looked.push(`${what} ${texts.length}`);
    expect(texts.length, what).toBeGreaterThanOrEqual(atLeast);
    expect(
      texts.filter((text) => RAW_KEY.test(text) || english.has(text)),
      what,
    ).toEqual([]);
  };
  return {
    looked,
    expectTranslated,
    expectPage: async (what, page, atLeast) => {
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
      ).toEqual({ lang: language.replace('_', '-'), dir: direction, really: direction });
      if (AUDITED.includes(language)) await expectAccessible(what, page, language);
    },
  };
}

test.each(LANGUAGES)(
  'popup, report, options, welcome, card and labels in $language, $direction',
  async ({ language, direction }) => {
    expect(untranslatedTexts(language).size).toBeGreaterThan(100);
    const { expectTranslated, expectPage, looked } = readingIn(language, direction);
    const expectSurface = async (what: string, page: Page, atLeast: number) => {
      await expectPage(what, page, atLeast);
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

    const card = await watchCard(page);
    await session.describe(page, 'img');
    await card.settled();
    const root = `chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=card]'))`;
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
        const root = chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=labels]'));
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
      if (name === 'options') await expectOwnWords(session, opened, language);
      await expectSurface(name, opened, atLeast);
    }
    process.stdout.write(`${language}: texts looked at: ${looked.join(', ')}\n`);
    await session.close();
  },
  60_000,
);

const OTHERS = readdirSync(join('src', '_locales')).filter(
  (folder) => folder !== 'en' && !LANGUAGES.some(({ language }) => language === folder),
);

/** Asks the worker of one of several copies of the extension, from a page of its own. */
const ask = (page: Page, message: object) =>
  page.evaluate(
    async (sent) => {
      const answer = await chrome.runtime.sendMessage<object, { ok: boolean; value: unknown }>(
        sent,
      );
      if (!answer.ok) throw new Error(JSON.stringify(answer));
      return answer.value;
    },
    { ...message },
  );

test(`popup, report, options and welcome in ${OTHERS.join(', ')}`, async () => {
  expect(OTHERS).toHaveLength(11);
  const allowed = withHostPermissions(builtExtension(), ALL_HOSTS);
  onTestFinished(allowed.remove);
  const session = await openSession();
  const site = await openSite({ resources: await photoResources(1) });
  site.set('/photo.html', {
    body: `<!doctype html><html lang="en"><title>Photo</title><img width="240" height="180" src="/photos/0.jpg">
        <img alt="" width="240" height="180" src="/photos/0.jpg"><img alt="Broken" width="240" height="180" src="/none.jpg">`,
  });
  const page = await session.openPage(`${site.origin}/photo.html`);
  const tabId = await tabIdOf(session, page);
  // One tab for all of them: opening one takes as long as reading a page.
  const shown = await session.openPage();
  for (const language of OTHERS) {
    const begin = performance.now();
    const { expectPage, looked } = readingIn(language, 'ltr');
    const copy = withOnlyLanguage(allowed.path, language);
    const id = await session.browser.installExtension(copy.path);
    const origin = `chrome-extension://${id}/src`;
    const show = async (path: string, ready: string): Promise<void> => {
      await shown.goto(`${origin}/${path}`);
      await shown.waitForSelector(ready);
    };
    await shown.bringToFront();
    await show('options/index.html', '#shortcuts');
    // One backend is not probed before another, and the small model is there sooner.
    const settings = { backend: 'wasm', variant: 'fast', views: 1 };
    await ask(shown, { type: 'setSettings', settings });
    await ask(shown, { type: 'labelPage', tabId });
    await expectPage('options', shown, 80);
    // A page that nobody sees is not labelled.
    await page.bringToFront();
    await waitUntil(
      'the page is labelled',
      async () => {
        const { progress } = (await ask(shown, { type: 'getPageState', tabId })) as PageState;
        return progress.labelled === 1 && progress.pending === 0;
      },
      20_000,
    );
    await shown.bringToFront();
    await show(`popup/index.html?tab=${tabId}`, '.image-row[data-tone=said]');
    await shown.click('.image-row[data-tone=said]');
    await shown.waitForSelector('.image-details .lineage');
    await expectPage('popup', shown, 60);
    await shown.click('.page-report > .button');
    const target = await session.browser.waitForTarget((each) =>
      each.url().startsWith(`${origin}/report/index.html`),
    );
    const report = await target.page();
    if (report === null) throw new Error('The report has no page.');
    await report.waitForSelector('.triage-row');
    await expectPage('report', report, 30);
    await report.close();
    await show('welcome/index.html', 'h1');
    await expectPage('welcome', shown, 15);
    // Its pages would be closed with it.
    await shown.goto('about:blank');
    await session.browser.uninstallExtension(id);
    copy.remove();
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    process.stdout.write(`${language}: texts looked at: ${looked.join(', ')}; ${seconds} s\n`);
  }
  await session.close();
}, 90_000);
