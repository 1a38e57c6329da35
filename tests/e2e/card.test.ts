/** The card: beside its image, by keyboard and pointer, in light and dark, and gone without a trace. */
import { createRequire } from 'node:module';

import type Axe from 'axe-core';
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  asset,
  openSession,
  openSite,
  waitUntil,
  type ExtensionSession,
  type Site,
} from './harness';
import { watchCard, type CardReader } from './support/card-view';
import { photoResources } from './support/labelled-pages';

const PHOTO = 'photos/126175abfdcb1a21.png';
const VIEWPORT = { width: 1000, height: 700 };

let session: ExtensionSession;
let site: Site;
let photo: Uint8Array;
let pageNumber = 0;

beforeAll(async () => {
  photo = await sharp(await asset(PHOTO))
    .jpeg({ quality: 92 })
    .toBuffer();
  site = await openSite({ resources: { '/photo.jpg': { body: photo } } });
  session = await openSession();
});

interface Opened {
  page: Page;
  card: CardReader;
}

async function openBody(body: string, headers: Record<string, string> = {}): Promise<Opened> {
  pageNumber += 1;
  const path = `/page-${pageNumber}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Page</title><body style="margin:40px">${body}</body></html>`,
    headers,
  });
  const page = await session.openPage(site.origin + path);
  await page.setViewport(VIEWPORT);
  return { page, card: await watchCard(page) };
}

const IMAGE = '<img id="target" width="299" height="299" src="/photo.jpg">';
async function pandaPhoto(): Promise<string | Uint8Array> {
  return (await photoResources(1))['/photos/0.jpg']?.body ?? '';
}

const htmlOf = (page: Page) => page.evaluate(() => document.documentElement.outerHTML);

test('says what the image shows: headline, predictions with bars, a draft, how it was read', async () => {
  const { page, card } = await openBody(IMAGE);
  await session.describe(page, '#target');
  const shown = await card.settled();
  expect(shown.headline).toBe('May be a candle');
  expect(shown.spoken).toBe('May be a candle');
  expect(shown.draft).toBe('Candle');
  expect(shown.predictions).not.toEqual([]);
  expect(shown.predictions[0]).toMatchObject({ label: 'candle' });
  expect(shown.predictions[0]?.share).toMatch(/^(9\d|>99)%$/);
  expect(shown.predictions.map(({ share }) => share)).not.toContain('<1%');
  const widths = shown.predictions.map(({ barWidth }) => barWidth);
  expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  expect(shown.lines.at(-1)).toMatch(/^Read from the page · /);
  await page.close();
});

test('a right-click on the open card asks of its picture again, not of one that it lies over', async () => {
  const others = Array.from(
    { length: 4 },
    (_, place) =>
      `<canvas width="299" height="299" style="position:absolute;left:${340 + place * 150}px;top:40px"></canvas>`,
  );
  const { page, card } = await openBody(IMAGE + others.join(''));
  await session.describe(page, '#target');
  const { box } = await card.settled();
  const below = await page.evaluate(
    (x, y) => document.elementsFromPoint(x, y).map(({ localName }) => localName),
    box.x + 60,
    box.y + 20,
  );
  expect(below).toContain('canvas');
  for (const way of ['menu', 'shortcut']) {
    await page.mouse.move(box.x + 60, box.y + 20);
    const { at } =
      way === 'menu'
        ? await session.rightClick(page, { x: box.x + 60, y: box.y + 20 })
        : await session.command(page);
    const { source } = await session.waitForOutcome(at);
    expect(source).toBe(`${site.origin}/photo.jpg`);
    expect((await card.settled()).headline).toBe('May be a candle');
  }
  await page.close();
});

test('shows progress at once and the result when there is one', async () => {
  // The picture comes when the test has seen the progress, however quick the worker is.
  let release: () => void = () => undefined;
  const after = new Promise<void>((resolve) => {
    release = resolve;
  });
  site.set('/late.jpg', { body: photo, after });
  const { page, card } = await openBody('<img id="target" width="299" height="299">');
  await page.$eval('#target', (image) => {
    (image as HTMLImageElement).src = '/late.jpg';
  });
  await session.stopWorker();
  const { at } = await session.rightClick(page, '#target');
  const working = await card.until('the card is there', () => true);
  expect(working.headline).toMatch(/^(Looking at the image…|Loading the model…)$/);
  expect(working.isBusy).toBe(true);
  expect(working.spoken).toBe(working.headline);
  release();
  const { milliseconds, cardMilliseconds } = await session.waitForOutcome(at);
  expect(cardMilliseconds).toBeLessThan(milliseconds);
  expect((await card.settled()).isBusy).toBe(false);
  await page.close();
});

describe('by keyboard', () => {
  test('Escape gives the focus back to a link in a drawing, too', async () => {
    const { page, card } = await openBody(
      `${IMAGE}<svg width="40" height="40"><a id="spot" href="#spot"><circle cx="20" cy="20" r="20"/></a></svg>`,
    );
    const errors: unknown[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.$eval('#spot', (link) => {
      (link as SVGAElement).focus();
    });
    await page.hover('#target');
    const { at } = await session.command(page);
    await session.waitForOutcome(at);
    expect((await card.settled()).focused).toBe('Alt Lens: what this image shows');
    await page.keyboard.press('Escape');
    await card.gone();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('spot');
    expect(errors).toEqual([]);
    await page.close();
  });

  test('the focus moves in, goes round inside, and Escape gives it back', async () => {
    const { page, card } = await openBody(`<input id="before">${IMAGE}<input id="after">`);
    await page.focus('#before');
    const before = await htmlOf(page);
    const { at } = await session.command(page);
    await session.waitForOutcome(at);
    // The pointer was nowhere: nothing is found, and said so.
    expect((await card.settled()).headline).toBe('There is no image here.');
    await page.keyboard.press('Escape');
    await card.gone();

    await page.hover('#target');
    const asked = await session.command(page);
    await session.waitForOutcome(asked.at);
    expect((await card.settled()).focused).toBe('Alt Lens: what this image shows');
    const order: (string | null | undefined)[] = [];
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'ArrowDown', 'ArrowUp'] as const) {
      await page.keyboard.press(key);
      order.push((await card.read())?.focused);
    }
    const stops = ['Close', 'Copy', 'Wrong label', 'It is …', 'Show where'];
    expect(order).toEqual([...stops, 'Close', 'Show where']);
    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    expect((await card.read())?.focused).toBe('It is …');

    await page.keyboard.press('Escape');
    await card.gone();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('before');
    expect(await htmlOf(page)).toBe(before);
    await page.close();
  });

  test('the shortcut describes the focused image, also the only one in a focused link', async () => {
    const { page, card } = await openBody(`<p>Text</p><a id="link" href="#x">${IMAGE}</a>`);
    await page.focus('#link');
    const { at } = await session.command(page);
    expect((await session.waitForOutcome(at)).source).toBe(`${site.origin}/photo.jpg`);
    await card.settled();
    // Enter on Close must not follow the page's link.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await card.gone();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('link');
    expect(page.url()).not.toContain('#x');
    await page.close();
  });
});

describe('leaves no trace', () => {
  test.each(['Escape', 'the close button', 'a click outside'])('closed by %s', async (way) => {
    const { page, card } = await openBody(`<p id="text">Text</p>${IMAGE}`);
    const rects = () =>
      page.evaluate(() =>
        [...document.body.children].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return { x, y, width, height };
        }),
      );
    const [htmlBefore, rectsBefore] = [await htmlOf(page), await rects()];
    await session.describe(page, '#target');
    await card.settled();
    expect(await rects()).toEqual(rectsBefore);
    if (way === 'Escape') await page.keyboard.press('Escape');
    else if (way === 'the close button') await card.press('Close');
    else await page.click('#text');
    await card.gone();
    expect(await htmlOf(page)).toBe(htmlBefore);
    await page.close();
  });

  test('what is done inside is not heard by the page, and page styles do not reach inside', async () => {
    const { page, card } = await openBody(
      `<style>* { opacity: 0.1 !important; display: inline !important; font-size: 40px !important }</style>${IMAGE}`,
    );
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      for (const type of ['keydown', 'keyup', 'click', 'pointerdown', 'mousedown', 'focusin']) {
        document.addEventListener(type, (event) => {
          heard.push(event.type);
        });
      }
    });
    await session.describe(page, '#target');
    await card.settled();
    const heard = () =>
      page.evaluate(() => [...(globalThis as unknown as { heard: string[] }).heard]);
    const heardBefore = await heard();
    await card.press('Copy');
    await page.keyboard.press('Tab');
    await page.keyboard.press('x');
    expect(await heard()).toEqual(heardBefore);
    const style = await card.evaluate(`(() => {
      const host = document.querySelector('[data-alt-lens-host=card]');
      const title = chrome.dom.openOrClosedShadowRoot(host).querySelector('h2');
      const { opacity, display } = getComputedStyle(host);
      return { opacity, display, fontSize: getComputedStyle(title).fontSize };
    })()`);
    expect(style).toEqual({ opacity: '1', display: 'contents', fontSize: '15px' });
    await page.close();
  });
});

describe('copies the draft', () => {
  test.each([
    ['by the clipboard API', {}],
    ['by selection where the page refuses the API', { 'permissions-policy': 'clipboard-write=()' }],
  ])('%s', async (_, headers) => {
    const { page, card } = await openBody(`${IMAGE}<textarea id="field"></textarea>`, headers);
    await session.describe(page, '#target');
    await card.settled();
    await card.press('Copy');
    const copied = await card.until('it says so', ({ buttons }) => buttons.includes('Copied'));
    expect(copied.spoken).toBe('Copied');
    await page.keyboard.press('Escape');
    await card.gone();
    await page.focus('#field');
    await page.keyboard.down('Control');
    await page.keyboard.press('v', { commands: ['Paste'] });
    await page.keyboard.up('Control');
    expect(await page.$eval('#field', (field) => (field as HTMLTextAreaElement).value)).toBe(
      'Candle',
    );
    await page.close();
  });
});

test('works under the strictest policy: no inline style, no script, Trusted Types', async () => {
  const { page, card } = await openBody('<img id="target" src="/photo.jpg">', {
    'content-security-policy':
      "default-src 'none'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const outcome = await session.describe(page, '#target');
  expect(outcome.result).toMatchObject({ ok: true, prediction: { rung: 'decoded' } });
  const shown = await card.settled();
  expect(shown.box.width).toBe(328);
  expect(shown.predictions[0]?.barWidth).toBeGreaterThan(200);
  expect(complaints).toEqual([]);
  await page.close();
});

describe('stays beside the image and inside the viewport', () => {
  const within = (
    { x, y, width, height }: { x: number; y: number; width: number; height: number },
    size: { width: number; height: number },
  ) => x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height;

  test('while the page scrolls', async () => {
    const { page, card } = await openBody(
      `<div style="height:300px"></div>${IMAGE}<div style="height:3000px"></div>`,
    );
    await session.describe(page, '#target');
    await card.settled();
    for (const top of [100, 250, 900, 300, 0]) {
      await page.evaluate((y) => {
        scrollTo(0, y);
      }, top);
      const image = await page.evaluate(
        () => document.querySelector('#target')?.getBoundingClientRect().toJSON() as DOMRect,
      );
      const isSeen = image.bottom > 0;
      const { box } = await card.until(
        `the card has followed to ${top}`,
        ({ box: { x, y, height } }) =>
          Math.abs(y - Math.min(Math.max(image.y, 8), VIEWPORT.height - height - 8)) < 2 &&
          (!isSeen || x >= image.right),
      );
      expect(within(box, VIEWPORT)).toBe(true);
    }
    await page.close();
  });

  test.each([
    ['at the right edge', 'position:absolute;right:0;top:100px', VIEWPORT],
    ['at the bottom edge', 'position:absolute;left:0;bottom:0', VIEWPORT],
    ['in a small viewport', '', { width: 360, height: 480 }],
    ['in a tiny viewport', '', { width: 240, height: 260 }],
  ])('%s', async (_, style, size) => {
    const { page, card } = await openBody(
      `<img id="target" style="${style}" width="299" height="299" src="/photo.jpg">`,
    );
    await page.setViewport(size);
    await session.describe(page, '#target');
    const { box } = await card.settled();
    expect(within(box, size), JSON.stringify(box)).toBe(true);
    await page.close();
  });
});

describe('has no accessibility violations', () => {
  const BROKEN = '<img id="target" width="299" height="299" src="/none.jpg">';
  test.each([
    ['light', 'result', IMAGE],
    ['dark', 'result', IMAGE],
    ['light', 'failure', BROKEN],
    ['dark', 'failure', BROKEN],
    ['light', 'changed', IMAGE],
    ['dark', 'changed', IMAGE],
  ])('%s, %s', async (scheme, state, body) => {
    site.set('/next.jpg', { body: await pandaPhoto() });
    const { page, card } = await openBody(body);
    await session.describe(page, '#target');
    await card.settled();
    if (state === 'changed') {
      await page.$eval('#target', (image) => {
        (image as HTMLImageElement).src = '/next.jpg';
      });
      await card.until('it says so', ({ headline }) => headline.startsWith('The page now'));
    }
    const { html, css } = (await card.evaluate(`(() => {
      const root = chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=card]'));
      const rules = root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]);
      return { html: root.innerHTML, css: rules.map(({ cssText }) => cssText).join(' ') };
    })()`)) as { html: string; css: string };
    await page.close();

    // axe neither sees into a closed root nor through the top layer: the same card in an open root, alone.
    const alone = await openBody('');
    await session.emulateMedia(alone.page, [{ name: 'prefers-color-scheme', value: scheme }]);
    await alone.page.evaluate(
      (cardHtml, cardCss) => {
        const host = document.createElement('alt-lens-card');
        const root = host.attachShadow({ mode: 'open' });
        root.setHTMLUnsafe(cardHtml);
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
          `${cardCss} .card { animation: none !important; } .stage { display: block !important; }`,
        );
        root.adoptedStyleSheets = [sheet];
        document.body.append(host);
      },
      html,
      css,
    );
    await alone.page.addScriptTag({
      path: createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
    });
    const { violations, passes } = await alone.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof Axe };
      const results = await axe.run('alt-lens-card');
      return {
        violations: results.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`,
        ),
        passes: results.passes.map(({ id }) => id),
      };
    });
    expect(violations).toEqual([]);
    expect(passes).toEqual(
      expect.arrayContaining(['color-contrast', 'aria-dialog-name', 'button-name', 'valid-lang']),
    );
    await alone.page.close();
  });
});

test('a second request replaces the card of the first', async () => {
  const { page, card } = await openBody(`${IMAGE}<p id="text">Text</p>`);
  await session.rightClick(page, '#target');
  await session.describe(page, '#text');
  const shown = await card.until('the second is answered', ({ isBusy }) => !isBusy);
  expect(shown.headline).toBe('There is no image here.');
  expect(await page.$$('[data-alt-lens-host=card]')).toHaveLength(1);
  await waitUntil(
    'the popup’s list holds the second only',
    async () => (await session.ask('getRecentOutcomes', {}))[0]?.result.ok === false,
    5_000,
  );
  await page.close();
});

describe('when the page goes on while it is open', () => {
  const BACKGROUND = `<style>#target { width: 299px; height: 299px; background: url(/photo.jpg) 0 0 / cover }
    #target.next { background-image: url(/next.jpg) }</style><div id="target"></div>`;

  test.each([
    ['another src', IMAGE],
    ['another background by its class', BACKGROUND],
  ])('it says so, once, and asks again when told: %s', async (_, body) => {
    site.set('/next.jpg', { body: await pandaPhoto() });
    const { page, card } = await openBody(body);
    await session.describe(page, '#target');
    const before = await card.settled();
    expect(before.headline).toBe('May be a candle');
    // How often is something read out from now on?
    await card.evaluate(`(() => {
      const root = chrome.dom.openOrClosedShadowRoot(document.querySelector('[data-alt-lens-host=card]'));
      globalThis.readOut = 0;
      new MutationObserver(() => (readOut += 1)).observe(root.querySelector('[role=status]'), { childList: true });
    })()`);
    const turn = async (to: 'next' | 'back') => {
      await page.$eval(
        '#target',
        (slide, isNext) => {
          if (slide instanceof HTMLImageElement) slide.src = isNext ? '/next.jpg' : '/photo.jpg';
          else slide.className = isNext ? 'next' : '';
        },
        to === 'next',
      );
    };
    await turn('next');
    const after = await card.until('it says so', ({ headline }) => headline !== before.headline);
    expect(after.headline).toBe('The page now shows another image here.');
    expect(after.spoken).toContain('The page now shows another image here.');
    expect(after.focused).toBe(before.focused);
    // What was read can still be read, under its own name, but not acted upon.
    const former = after.lines.slice(after.lines.indexOf('The image before'));
    expect(former).toEqual(expect.arrayContaining(['The image before', 'May be a candle']));
    expect(after.lines).toContain('Try again');
    expect(after.lines).not.toContain('Wrong label');
    // A carousel goes round.
    for (const to of ['back', 'next', 'back', 'next'] as const) {
      await turn(to);
      await new Promise((resolve) => setTimeout(resolve, 1200));
      expect((await card.read())?.headline).toBe(after.headline);
    }
    expect(await card.evaluate('readOut')).toBe(1);
    await card.press('Try again');
    const again = await card.until('it is asked of', ({ headline }) => /may be/i.test(headline));
    expect(again.headline).toBe('May be a kind of panda');
    expect(again.lines).not.toContain('The image before');
    await page.close();
  });

  test('of a picture that was taken away it says that; where another image shows it, nothing', async () => {
    const { page, card } = await openBody(IMAGE);
    await session.describe(page, '#target');
    await card.settled();
    await page.$eval('#target', (image) => {
      image.replaceWith(image.cloneNode());
    });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await card.read())?.headline).toBe('May be a candle');
    await page.$eval('#target', (image) => {
      image.remove();
    });
    const after = await card.until('it says so', ({ headline }) => !headline.startsWith('May be'));
    expect(after.headline).toBe('The image is no longer on the page.');
    expect(after.lines).not.toContain('Try again');
    await page.close();
  });

  test('another size of the same picture, chosen by the browser, is no other picture', async () => {
    site.set('/large.jpg', { body: await sharp(photo).resize(900).jpeg().toBuffer() });
    const { page, card } = await openBody(
      '<img id="target" width="299" height="299" srcset="/photo.jpg 299w, /large.jpg 900w" sizes="(min-width: 1100px) 900px, 299px">',
    );
    await session.describe(page, '#target');
    await card.settled();
    await page.setViewport({ width: 1300, height: 700 });
    await page.waitForFunction(() => document.images[0]?.currentSrc.endsWith('/large.jpg'));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await card.read())?.headline).toBe('May be a candle');
    await page.close();
  });
});
