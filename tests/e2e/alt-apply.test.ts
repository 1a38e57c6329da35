/** Where a text goes: onto images that need one, never over an author's word, and off again without a trace. */
import { resolve } from 'node:path';

import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Outcome, ReportImage } from '../../src/messages/protocol';
import type { Settings } from '../../src/core/settings/settings';
import { english } from '../fixtures/popup/english';
import {
  asset,
  openSession,
  openSite,
  waitUntil,
  type ExtensionSession,
  type Site,
} from './harness';
import { openPopupFor, untilText } from './support/page-popup';

const PHOTO = 'photos/126175abfdcb1a21.png';
const LIMIT_MS = 30_000;
const IMAGE = 'width="200" height="200"';

let session: ExtensionSession;
let site: Site;
let pages = 0;
let page: Page;
let tabId = 0;

beforeAll(async () => {
  const photo = await sharp(await asset(PHOTO))
    .jpeg({ quality: 92 })
    .toBuffer();
  site = await openSite({ resources: { '/photo.jpg': { body: photo } } });
  session = await openSession();
});

beforeEach(async () => {
  await listen('off');
});

afterEach(async () => {
  await page.close();
});

async function listen(listenerMode: Settings['listenerMode']): Promise<void> {
  await session.ask('setSettings', { settings: { listenerMode } });
}

/** Opens a page and lets the extension label it. */
async function open(body: string, lang = 'en'): Promise<void> {
  pages += 1;
  const path = `/page-${pages}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="${lang}"><title>Page</title><body>${body}</body></html>`,
  });
  page = await session.openPage(site.origin + path);
  await session.grantActiveTab(page);
  tabId = (await session.tabOf(page)).id ?? 0;
}

async function label(body: string, lang = 'en'): Promise<void> {
  await open(body, lang);
  await session.ask('labelPage', { tabId });
}

/** Waits until every image that is not skipped is labelled. */
async function labelled(count: number): Promise<ReportImage[]> {
  return await waitUntil(
    'the images are labelled',
    async () => {
      const { images } = await session.ask('getPageReport', { tabId });
      const done = images.filter(({ state }) => state === 'labelled');
      return done.length === count && images;
    },
    LIMIT_MS,
  );
}

type Attributes = Record<string, string> | null;

function attributesOf(selector: string): Promise<Attributes> {
  return page.evaluate((found) => {
    const element = document.querySelector(found);
    return element === null
      ? null
      : Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  }, selector);
}

async function marked(selector: string): Promise<Attributes> {
  return await waitUntil(
    `${selector} has a text`,
    async () => {
      const attributes = await attributesOf(selector);
      return attributes?.['data-alt-lens'] !== undefined && attributes;
    },
    LIMIT_MS,
  );
}

async function unmarked(selector: string): Promise<Attributes> {
  return await waitUntil(
    `${selector} has no mark`,
    async () => {
      const attributes = await attributesOf(selector);
      return attributes?.['data-alt-lens'] === undefined && attributes;
    },
    LIMIT_MS,
  );
}

/** What the browser tells assistive technology of an element. */
async function heard(selector: string): Promise<{ name: string; language: string | undefined }> {
  const client = await page.createCDPSession();
  const { root } = await client.send('DOM.getDocument');
  const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { nodes } = await client.send('Accessibility.getPartialAXTree', {
    nodeId,
    fetchRelatives: false,
  });
  await client.detach();
  const language = await page.evaluate(
    (found) => document.querySelector(found)?.closest('[lang]')?.getAttribute('lang') ?? undefined,
    selector,
  );
  return { name: String(nodes[0]?.name?.value), language };
}

function bodyOf(): Promise<string> {
  return page.evaluate(() => document.body.innerHTML);
}

const PAGE = `
  <img id="bare" src="/photo.jpg" ${IMAGE}>
  <img id="blank" alt=" " src="/photo.jpg" ${IMAGE}>
  <img id="decorative" alt="" src="/photo.jpg" ${IMAGE}>
  <img id="named" alt="Evening light" src="/photo.jpg" ${IMAGE}>
  <img id="weak" alt="IMG_1234.jpg" src="/photo.jpg" ${IMAGE}>
  <img id="wordy" alt="Photo of our last evening" src="/photo.jpg" ${IMAGE}>
  <p lang="de"><img id="german" src="/photo.jpg" ${IMAGE}></p>
  <p lang="de"><img id="swiss" lang="de-CH" src="/photo.jpg" ${IMAGE}></p>
  <p lang="en-GB"><img id="british" src="/photo.jpg" ${IMAGE}></p>
  <svg id="svg" role="img" aria-label="" ${IMAGE}><image href="/photo.jpg" ${IMAGE}></image></svg>
  <a href="#x"><img id="link" src="/photo.jpg" ${IMAGE}></a>
`;
const LABELLED = 10; // all but the decorative one

test('nothing is written unless it was asked for', async () => {
  await label(PAGE);
  const before = await bodyOf();
  const images = await labelled(LABELLED);
  expect(images.some(({ need }) => need === 'missing')).toBe(true);
  expect(await bodyOf()).toBe(before);
});

test('a text in another language than the page says so, and only there', async () => {
  await session.ask('setSettings', { settings: { labelLanguage: 'de' } });
  await listen('missing');
  await open(PAGE);
  const original = await bodyOf();
  await session.ask('labelPage', { tabId });
  const images = await labelled(LABELLED);
  const hint = images.find(({ selector }) => selector === '#bare')?.hint;
  expect(hint?.text).toMatch(/^Vielleicht /);
  expect(await marked('#bare')).toMatchObject({ alt: hint?.text, lang: 'de' });
  expect(await marked('#german')).not.toHaveProperty('lang');
  expect(await marked('#british')).toMatchObject({ lang: 'de' });
  expect(await heard('#bare')).toEqual({ name: hint?.text, language: 'de' });
  await session.ask('setSettings', { settings: { labelLanguage: 'page' } });
  await waitUntil(
    'the page is spoken of as it is written',
    async () => (await attributesOf('#bare'))?.alt?.startsWith('May be') ?? false,
    LIMIT_MS,
  );
  expect(await attributesOf('#bare')).not.toHaveProperty('lang');
  await session.ask('setSettings', { settings: { labelLanguage: 'interface' } });
  await session.ask('unlabelPage', { tabId });
  await unmarked('#bare');
  expect(await bodyOf()).toBe(original);
});

test('a page that is translated, and back: the text is marked as of another language, or follows', async () => {
  await listen('missing');
  await label(`<p>Words</p><img id="bare" src="/photo.jpg" ${IMAGE}>`);
  const { alt: english } = (await marked('#bare')) ?? {};
  const translate = (language: string) =>
    page.evaluate((lang) => {
      document.documentElement.lang = lang;
    }, language);
  const until = (what: string, holds: (now: Exclude<Attributes, null>) => boolean) =>
    waitUntil(
      what,
      async () => {
        const now = await attributesOf('#bare');
        return now !== null && holds(now);
      },
      LIMIT_MS,
    );
  await translate('de');
  await until('English in a German page', ({ alt, lang }) => alt === english && lang === 'en');
  await session.ask('setSettings', { settings: { labelLanguage: 'page' } });
  const isGerman = ({ alt, lang }: Exclude<Attributes, null>) =>
    alt?.startsWith('Vielleicht ') === true && lang === undefined;
  await until('German in a German page', isGerman);
  await translate('en');
  await until('English again', ({ alt, lang }) => alt === english && lang === undefined);
  await translate('de');
  await until('German again', isGerman);
  await session.ask('setSettings', { settings: { labelLanguage: 'interface' } });
  await session.ask('unlabelPage', { tabId });
  expect(await unmarked('#bare')).not.toHaveProperty('lang');
});

test('images without a text get the hedged one, marked, and give it back exactly', async () => {
  await listen('missing');
  await open(PAGE);
  const original = await page.evaluate(() =>
    [...document.querySelectorAll('[id]')].map((element) =>
      [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort(),
    ),
  );
  await session.ask('labelPage', { tabId });
  const images = await labelled(LABELLED);
  const hint = images.find(({ selector }) => selector === '#bare')?.hint;
  if (!hint) throw new Error('The photo has no hint.');
  const mark = { 'data-alt-lens': `${hint.synset} ${hint.probability.toFixed(2)}` };
  const source = { src: '/photo.jpg', width: '200', height: '200' };

  expect(await marked('#bare')).toEqual({ id: 'bare', ...source, ...mark, alt: hint.text });
  expect(await marked('#blank')).toEqual({ id: 'blank', ...source, ...mark, alt: hint.text });
  expect(await marked('#german')).toMatchObject({ ...mark, alt: hint.text, lang: 'en' });
  expect(await marked('#swiss')).toMatchObject({ ...mark, alt: hint.text, lang: 'en' });
  expect(await marked('#british')).not.toHaveProperty('lang');
  expect(await marked('#svg')).toMatchObject({ ...mark, 'aria-label': hint.text });
  // Where it leads comes first, under the name of its page.
  const alt = expect.stringMatching(/^page \d+, may be a candle$/) as string;
  expect(await marked('#link')).toMatchObject({ ...mark, alt });
  for (const untouched of ['#decorative', '#named', '#weak', '#wordy']) {
    expect(await attributesOf(untouched)).not.toHaveProperty('data-alt-lens');
  }
  expect(await attributesOf('#decorative')).toMatchObject({ alt: '' });
  expect(await attributesOf('#named')).toMatchObject({ alt: 'Evening light' });

  // What assistive technology is told.
  const spoken = await page.$$(`::-p-aria([name="${hint.text}"])`);
  expect(await Promise.all(spoken.map((each) => each.evaluate(({ id }) => id)))).toContain('bare');

  // The report goes on telling what the author left.
  const { images: later } = await session.ask('getPageReport', { tabId });
  expect(later.find(({ selector }) => selector === '#bare')).toMatchObject({
    need: 'missing',
    rule: 'no-alt',
    name: '',
  });

  await session.ask('unlabelPage', { tabId });
  await unmarked('#bare');
  const reverted = await page.evaluate(() =>
    [...document.querySelectorAll('[id]')].map((element) =>
      [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort(),
    ),
  );
  expect(reverted).toEqual(original);
});

test('a text that says nothing is replaced by second choice only, one that says something never', async () => {
  await listen('missing-and-weak');
  await label(PAGE);
  expect((await marked('#weak'))?.alt).not.toBe('IMG_1234.jpg');
  await labelled(LABELLED);
  expect(await attributesOf('#wordy')).toMatchObject({ alt: 'Photo of our last evening' });
  expect(await attributesOf('#wordy')).not.toHaveProperty('data-alt-lens');
  await listen('missing');
  expect(await unmarked('#weak')).toMatchObject({ alt: 'IMG_1234.jpg' });
  await marked('#bare');
  await listen('off');
  expect(await unmarked('#bare')).not.toHaveProperty('alt');
});

test('an image in a shadow root gets its text and gives it back', async () => {
  await listen('missing');
  await label(
    `<div id="host"><template shadowrootmode="open"><img src="/photo.jpg" ${IMAGE}></template></div>`,
  );
  const alt = () =>
    page.evaluate(
      () =>
        document.querySelector('#host')?.shadowRoot?.querySelector('img')?.getAttribute('alt') ??
        null,
    );
  await waitUntil('the image has a text', async () => (await alt()) !== null, LIMIT_MS);
  await session.ask('unlabelPage', { tabId });
  await waitUntil('the text is gone', async () => (await alt()) === null, LIMIT_MS);
});

describe('a page that a framework takes over after its load', () => {
  test('has the attributes of its server until then, and the texts after', async () => {
    await listen('missing');
    // As React 19 does it: what its server rendered is compared attribute by attribute; one more is an error.
    await label(`<main><img id="bare" src="/photo.jpg" ${IMAGE}></main><script>
      const server = document.querySelector('main').outerHTML;
      window.errors = null;
      const hydrate = () => {
        window.errors = document.querySelector('main').outerHTML === server ? 0 : 1;
        document.querySelector('main').dataset.ready = '';
      };
      addEventListener('load', () => setTimeout(hydrate, 2000));
    </script>`);
    const { alt } = (await marked('#bare')) ?? {};
    expect(alt).toBeTruthy();
    expect(await page.evaluate('errors')).toBe(0);
  });
});

describe('documents that a person edits', () => {
  test('are never written to, and given back first where they become ones later', async () => {
    await listen('missing');
    await label(`
      <div id="editor" contenteditable="plaintext-only"><img id="written" src="/photo.jpg" ${IMAGE}></div>
      <iframe id="design" width="300" height="250" srcdoc='<body><img id="inner" src="/photo.jpg" ${IMAGE}>'></iframe>
      <div id="later"><img id="bare" src="/photo.jpg" ${IMAGE}></div>
      <script>
        const frame = document.querySelector('#design');
        frame.onload = () => { frame.contentDocument.designMode = 'on'; };
      </script>`);
    await labelled(3);
    await marked('#bare');
    expect(await attributesOf('#written')).not.toHaveProperty('alt');
    const inner = await page.evaluate(
      () =>
        document.querySelector<HTMLIFrameElement>('#design')?.contentDocument?.documentElement
          .innerHTML ?? '',
    );
    expect(inner).toContain('<img');
    expect(inner).not.toMatch(/alt=|data-alt-lens="/);
    await page.evaluate(() => {
      document.querySelector('#later')?.setAttribute('contenteditable', 'true');
    });
    expect(await attributesOf('#bare')).not.toHaveProperty('alt');
    await page.evaluate(() => {
      document.querySelector('#later')?.removeAttribute('contenteditable');
    });
    await marked('#bare');
    // Design mode begins without an event.
    await page.evaluate(() => {
      document.designMode = 'on';
    });
    expect(await unmarked('#bare')).not.toHaveProperty('alt');
  });
});

describe('an author who changes the page later', () => {
  // The other ways of having a word are tested in tests/dom.
  test('gives a text: that word counts, and our mark goes', async () => {
    const written = { alt: 'A candle in the window' };
    await listen('missing');
    await label(`<p lang="de"><img id="bare" src="/photo.jpg" ${IMAGE}></p>`);
    const ours = await marked('#bare');
    expect(ours).toMatchObject({ lang: 'en' });
    await page.evaluate((attributes) => {
      for (const [name, value] of Object.entries(attributes)) {
        document.querySelector('#bare')?.setAttribute(name, value);
      }
    }, written);
    const source = { id: 'bare', src: '/photo.jpg', width: '200', height: '200' };
    expect(await unmarked('#bare')).toEqual({ ...source, ...written });
    await session.ask('unlabelPage', { tabId });
    expect(await attributesOf('#bare')).toEqual({ ...source, ...written });
  });

  test('shows another picture: the text of the old one goes at once', async () => {
    await listen('missing');
    const chart = await sharp({
      create: { width: 200, height: 200, channels: 3, background: '#fff' },
    })
      .png()
      .toBuffer();
    site.set('/blank.png', { body: chart });
    await label(`<img id="bare" src="/photo.jpg" ${IMAGE}>`);
    await marked('#bare');
    await page.evaluate(() => document.querySelector('#bare')?.setAttribute('src', '/blank.png'));
    expect(await unmarked('#bare')).not.toHaveProperty('alt');
  });
});

describe('a page that rewrites its DOM is not fought', () => {
  const countOf = () => page.evaluate(() => (window as unknown as { count: number }).count);

  // What takes only the text or the mark off is tested in tests/dom.
  test('draws the list anew: three tries, and no trace afterwards', async () => {
    await listen('missing');
    await label(`<div id="box"><img id="bare" src="/photo.jpg" ${IMAGE}></div>
      <script>
        var count = 0;
        const box = document.querySelector('#box');
        const html = box.innerHTML;
        new MutationObserver(() => {
          const image = box.querySelector('img');
          if (image.hasAttribute('alt')) { count += 1; box.innerHTML = html; }
        }).observe(box, { attributes: true, subtree: true });
      </script>`);
    await waitUntil('three tries', async () => (await countOf()) >= 3, LIMIT_MS);
    // A fourth would come with the next things that the extension does here.
    await page.evaluate((attributes) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<img id="other" src="/photo.jpg?2" ${attributes}>`,
      );
    }, IMAGE);
    await marked('#other');
    await labelled(2);
    expect(await countOf()).toBe(3);
    expect(await attributesOf('#bare')).toEqual({
      ...{ id: 'bare', src: '/photo.jpg', width: '200', height: '200' },
    });
  });
});

test('an extension that is reloaded gives every text back', async () => {
  await listen('missing');
  await label(PAGE);
  await marked('#bare');
  await marked('#german');
  await session.reloadExtension();
  // The new version's script takes a mark off; so does any page.
  await page.evaluate(() => document.querySelector('#bare')?.removeAttribute('data-alt-lens'));
  expect(await unmarked('#german')).not.toHaveProperty('alt');
  expect(await attributesOf('#german')).not.toHaveProperty('lang');
  expect(await attributesOf('#bare')).not.toHaveProperty('alt');
  expect(await attributesOf('#blank')).toMatchObject({ alt: ' ' });
});

test('the page report tells need, rule and name of every image', async () => {
  site.set('/techniques.html', { file: resolve('tests/fixtures/alt-text/techniques.html') });
  page = await session.openPage(`${site.origin}/techniques.html`);
  await session.grantActiveTab(page);
  tabId = (await session.tabOf(page)).id ?? 0;
  await session.ask('labelPage', { tabId });
  const images = await waitUntil(
    'the images are found',
    async () => {
      const report = await session.ask('getPageReport', { tabId });
      return report.images.length > 100 && report.images;
    },
    20_000,
  );
  const expected = await page.evaluate(
    (selectors) =>
      selectors.map((selector) => document.querySelector(selector)?.getAttribute('data-expect')),
    images.map(({ selector }) => selector),
  );
  const compared = images
    .map(({ need, rule, selector }, index) => ({
      selector,
      ours: `${need ?? ''} ${rule ?? ''}`,
      expected: expected[index] ?? null,
    }))
    .filter((image) => image.expected !== null);
  expect(compared.length).toBeGreaterThan(100);
  expect(compared.filter((image) => image.ours !== image.expected)).toEqual([]);
  expect(images.find(({ name }) => name === 'A tabby cat on a red sofa')?.need).toBe('named');
});

test('a text that names something else than a clear picture shows is asked about', async () => {
  site.set('/dog.png', { file: await asset('photos/52d8515abbfaa8ac.png') });
  const texts = ['A red car', 'A dog', 'Best friends'];
  await label(texts.map((text) => `<img src="/dog.png" ${IMAGE} alt="${text}">`).join(''));
  const images = await labelled(texts.length);
  expect(images.map(({ name }) => name)).toEqual(texts);
  expect(images.map(({ mismatch }) => mismatch?.term ?? null)).toEqual(['car', null, null]);
});

test('a caption that names what is seen is a second draft, with its source', async () => {
  site.set('/dog.png', { file: await asset('photos/52d8515abbfaa8ac.png') });
  const captions = ['A dog in the park', 'A red car', 'Dog food for sale'];
  const figures = captions.map(
    (caption) =>
      `<figure><img src="/dog.png" ${IMAGE}><figcaption>${caption}</figcaption></figure>`,
  );
  await label([...figures, `<img src="/dog.png" ${IMAGE} alt="Rex">`].join(''));
  const images = await labelled(figures.length + 1);
  expect(images.map(({ draft }) => draft === null)).toEqual([false, false, false, false]);
  expect(images.map(({ pageDraft }) => pageDraft ?? null)).toEqual([
    { text: 'A dog in the park', from: 'caption' },
    ...[null, null, null],
  ]);
  const popup = await openPopupFor(session, page);
  await popup.bringToFront();
  await popup.waitForSelector('.image-row');
  await popup.click('.image-row');
  const said = await untilText(popup, '.image-details', (shown) => shown.includes('in the park'));
  expect(said).toContain(english('popup_draft_of_caption'));
});

describe('said aloud', () => {
  /** What is in the live region; it is in a closed shadow root, so it is read as assistive technology does. */
  async function spoken(): Promise<string> {
    const client = await page.createCDPSession();
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    await client.detach();
    const byId = new Map(nodes.map((each) => [each.nodeId, each]));
    const isInRegion = (id: string | undefined): boolean => {
      const ancestor = id === undefined ? undefined : byId.get(id);
      return ancestor?.role?.value === 'status' || (!!ancestor && isInRegion(ancestor.parentId));
    };
    return nodes
      .filter(({ parentId, role }) => role?.value === 'StaticText' && isInRegion(parentId))
      .map(({ name }) => String(name?.value))
      .join(' ');
  }

  /** The shortcut as the browser delivers it, and what is heard: the region is soon gone, so it is listened to at once. */
  async function speak(): Promise<{ outcome: Outcome; text: string }> {
    const { at } = await session.command(page, 'speak-image');
    const [text, outcome] = await Promise.all([
      waitUntil(
        'something is said',
        async () => {
          const heard = await spoken();
          return heard !== '' && heard !== 'Looking at the image…' && heard;
        },
        30_000,
      ),
      session.waitForOutcome(at),
    ]);
    return { outcome, text };
  }

  async function openForSpeech(body: string): Promise<string> {
    pages += 1;
    const path = `/page-${pages}.html`;
    site.set(path, { body: `<!doctype html><html lang="en"><title>Page</title><body>${body}` });
    page = await session.openPage(site.origin + path);
    await session.grantActiveTab(page);
    return await page.evaluate(() => document.documentElement.outerHTML);
  }

  test('the focused image, without moving the focus or leaving a trace', async () => {
    const before = await openForSpeech(
      `<a id="link" href="#x"><img alt="" src="/photo.jpg" ${IMAGE}></a>`,
    );
    await page.focus('#link');
    const { outcome, text } = await speak();
    if (!outcome.result.ok) throw new Error(outcome.result.error.message);
    expect(text).toBe(outcome.result.prediction.hint?.text);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('link');
    await waitUntil(
      'nothing is left',
      async () => (await page.evaluate(() => document.documentElement.outerHTML)) === before,
      10_000,
    );
  });

  test('where no image is focused or pointed at, that is said', async () => {
    await openForSpeech('<button id="button">Nothing to see</button>');
    await page.focus('#button');
    const { outcome, text } = await speak();
    expect(outcome.result).toMatchObject({ ok: false, error: { code: 'no-image-here' } });
    expect(text).toMatch(/image/i);
  });
});
