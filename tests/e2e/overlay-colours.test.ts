/** What lies over pages, the card and the labels, is accessible in light, dark and forced colours. */
import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { runAxe } from './support/axe';
import { watchCard } from './support/card-view';
import { watchLabels } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

const PHOTOS = 3;

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PHOTOS) });
  const images = Array.from(
    { length: PHOTOS },
    (_, index) =>
      `<img id="photo-${index}" width="240" height="180" src="/photos/${index % 2}.jpg">`,
  );
  site.set('/photos.html', {
    body: `<!doctype html><html lang="en"><title>Photos</title><p>Text</p>${images.join(' ')}`,
  });
  // Translucent labels read worst on the brightest picture in light, on the darkest in dark.
  site.set('/empty.html', {
    body: `<!doctype html><html lang="en"><title>Alone</title><style>
      :root { color-scheme: light dark; background: light-dark(#fff, #000); }
      main { display: flow-root; block-size: 40rem; }
    </style><main><h1 style="color: light-dark(#000, #fff)">Alone</h1></main>`,
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

interface Shadow {
  html: string;
  css: string;
}

/** An expression of the extension's world: what is in the shadow root of this host. */
const readShadow = (host: string) => `(() => {
  const root = chrome.dom.openOrClosedShadowRoot(document.querySelector('${host}'));
  const rules = root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]);
  return { html: root.innerHTML, css: rules.map(({ cssText }) => cssText).join(' ') };
})()`;

/**
 * axe neither sees into a closed root nor through the top layer: the same content in an open root,
 * alone in a page.
 */
async function expectAccessible(host: string, { html, css }: Shadow): Promise<void> {
  const page: Page = await session.openPage(`${site.origin}/empty.html`);
  await page.evaluate(
    (name, content, rules) => {
      const element = document.createElement(name);
      const root = element.attachShadow({ mode: 'open' });
      root.setHTMLUnsafe(content);
      // axe reads texts, not generated content, and looks at no disabled button's colours.
      for (const one of root.querySelectorAll<HTMLElement>('[data-text]')) {
        one.textContent = one.dataset.text ?? '';
        one.after(' ');
        delete one.dataset.text;
        one.removeAttribute('aria-disabled');
      }
      const sheet = new CSSStyleSheet();
      // In Firefox it is shown by a sheet of the extension, which is not here.
      sheet.replaceSync(
        `${rules} * { animation: none !important; } .stage { display: block !important; }`,
      );
      root.adoptedStyleSheets = [sheet];
      document.querySelector('main')?.append(element);
    },
    host,
    html,
    css,
  );
  for (const [scheme, { violations, passes }] of Object.entries(await runAxe(page))) {
    expect(violations, scheme).toEqual([]);
    expect(passes, scheme).toBeGreaterThan(15);
  }
  await page.close();
}

test.each([
  ['a result', '#photo-0'],
  ['a failure', 'p'],
])('the card with %s', async (_, selector) => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const card = await watchCard(page);
  await session.describe(page, selector);
  await card.settled();
  await expectAccessible(
    'alt-lens-card',
    (await card.evaluate(readShadow('[data-alt-lens-host=card]'))) as Shadow,
  );
  await page.close();
});

test('labels, sure and unsure, and the details of one', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const labels = await watchLabels(page, session);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === PHOTOS);
  const [first] = await labels.until('all are labelled', ({ length }) => length === PHOTOS);
  if (first === undefined) throw new Error('No label.');
  await page.mouse.click(first.box.x + 10, first.box.y + 10);
  const shadow = await waitUntil(
    'the details are open',
    async () => {
      const found = (await labels.evaluate(readShadow('[data-alt-lens-host=labels]'))) as Shadow;
      return found.html.includes('details') && found;
    },
    10_000,
  );
  // Looked at whatever these photos gave.
  const chips = shadow.html.matchAll(/<button type="button" class="chip[^]*?<\/button>/g);
  const unsure = [...chips].map(([chip]) =>
    chip
      .replace(/class="chip( unsure)?/, 'class="chip unsure')
      .replaceAll(/translate\([^)]*\)/g, '')
      .replace(' hidden=""', ''),
  );
  expect(unsure).toHaveLength(PHOTOS);
  await expectAccessible('alt-lens-labels', shadow);
  await expectAccessible('alt-lens-labels', {
    ...shadow,
    html: `<div class="stage">${unsure[0] ?? ''}</div>`,
  });
  await page.close();
});

test('labels have the colours of the scheme before any details are opened', async () => {
  const page = await session.openPage(`${site.origin}/photos.html`);
  const tabId = await tabIdOf(session, page);
  const labels = await watchLabels(page, session);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ labelled }) => labelled === PHOTOS);
  await labels.until('the labels are drawn', ({ length }) => length > 0);
  const colours = (): Promise<unknown> =>
    labels.evaluate(`(() => {
      const host = document.querySelector('[data-alt-lens-host=labels]');
      const chip = chrome.dom.openOrClosedShadowRoot(host).querySelector('.chip');
      const { backgroundColor, color } = getComputedStyle(chip);
      return [backgroundColor, color];
    })()`);
  const seen: unknown[] = [];
  for (const value of ['light', 'dark']) {
    await session.emulateMedia(page, [{ name: 'prefers-color-scheme', value }]);
    seen.push(await colours());
  }
  await session.emulateMedia(page, [{ name: 'forced-colors', value: 'active' }]);
  seen.push(await colours());
  expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(3);
  await page.close();
});
