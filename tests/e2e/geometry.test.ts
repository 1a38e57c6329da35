/** Pages whose boxes are not where they seem: frames at another scale, zoom, pictures outside their boxes. */
import type { Frame, Page } from 'puppeteer';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Outcome } from '../../src/messages/protocol';
import { asset, openSession, openSite, type ExtensionSession, type Site } from './harness';
import { watchCard } from './support/card-view';
import { watchLabels, type Label } from './support/label-view';
import { ALL_HOSTS, tabIdOf } from './support/labelled-pages';

/** Candles; the model is sure of them. */
const PHOTO = 'photos/126175abfdcb1a21.png';
const LABEL = 'candle';

let session: ExtensionSession;
/** Holds access to every site, as if the person had given it. */
let permitted: ExtensionSession;
let site: Site;
let cdn: string;
let pageNumber = 0;

beforeAll(async () => {
  const photo = await sharp(await asset(PHOTO))
    .jpeg({ quality: 92 })
    .toBuffer();
  const grey = { create: { width: 300, height: 300, channels: 3 as const, background: '#777' } };
  site = await openSite({
    resources: {
      '/photo.jpg': { body: photo },
      '/grey.jpg': { body: await sharp(grey).jpeg().toBuffer() },
    },
  });
  cdn = site.originAs('cdn.localhost');
  [session, permitted] = await Promise.all([
    openSession(),
    openSession({ hostPermissions: ALL_HOSTS }),
  ]);
});

async function openBody(from: ExtensionSession, body: string, head = ''): Promise<Page> {
  pageNumber += 1;
  const path = `/page-${pageNumber}.html`;
  site.set(path, { body: `<!doctype html><html lang="en"><title>Page</title>${head}${body}` });
  const page = await from.openPage(site.origin + path);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  return page;
}

function read({ result }: Outcome): string | undefined {
  return result.ok ? result.prediction.predictions[0]?.label : result.error.code;
}

describe('CSS zoom', () => {
  const image =
    '<img id="target" alt="One" style="margin:60px 0 0 90px" width="299" src="/photo.jpg">';
  const PAGES = [
    { name: 'of the root, smaller', style: 'html{zoom:.7}' },
    { name: 'of the root, larger', style: 'html{zoom:1.5}' },
    { name: 'of the body', style: 'body{zoom:1.5}' },
    { name: 'of one inside the other', style: 'html{zoom:1.6}body{zoom:.5}#around{zoom:1.2}' },
    { name: 'of the root, scrolled', style: 'html{zoom:.7;height:4000px}', scroll: 30 },
    { name: 'of the root, from right to left', style: 'html{zoom:.7;direction:rtl}' },
  ];

  const boxOf = (page: Page) =>
    page.$eval('#target', (target) => {
      const { x, y, width, height } = target.getBoundingClientRect();
      return { x, y, width, height };
    });

  test.each(PAGES)('$name: label and card at the picture', async ({ style, scroll = 0 }) => {
    const page = await openBody(
      permitted,
      `<body style="margin:0"><div id="around">${image}</div>`,
      `<style>${style}</style>`,
    );
    await page.evaluate((y) => {
      scrollTo(0, y);
    }, scroll);
    const labels = await watchLabels(page, permitted);
    await permitted.ask('labelPage', { tabId: await tabIdOf(permitted, page) });
    const isRtl = style.includes('rtl');
    const [label] = await labels.until('a label is there', (shown) => shown.length === 1);
    expectLabelAt(await boxOf(page), label, isRtl);

    const card = await watchCard(page);
    expect(read(await permitted.describe(page, '#target'))).toBe(LABEL);
    const { box } = await card.settled();
    const { x, y, width } = await boxOf(page);
    // From right to left the picture is at the right edge.
    expect(Math.abs(box.x - (isRtl ? x - 328 - 8 : x + width + 8))).toBeLessThan(2);
    expect(Math.abs(box.y - y)).toBeLessThan(2);
    expect(box.width).toBe(328);
    await page.close();
  });

  test('that changes while label and card are there', async () => {
    const page = await openBody(permitted, `<body style="margin:0">${image}`);
    const labels = await watchLabels(page, permitted);
    await permitted.ask('labelPage', { tabId: await tabIdOf(permitted, page) });
    await labels.until('a label is there', (shown) => shown.length === 1);
    const card = await watchCard(page);
    await permitted.describe(page, '#target');
    await card.settled();
    await page.evaluate(() => {
      document.documentElement.style.zoom = '0.6';
    });
    const { x, y, width } = await boxOf(page);
    await card.until('the card is beside it again', ({ box }) => {
      return Math.abs(box.x - (x + width + 8)) < 2 && Math.abs(box.y - y) < 2 && box.width === 328;
    });
    await labels.until('the label is in its corner again', ([label]) => {
      return (
        label !== undefined &&
        Math.abs(label.box.x - x - 6) < 2 &&
        Math.abs(label.box.y - y - 6) < 2 &&
        Math.abs(label.box.height - 24) < 2
      );
    });
    await page.close();
  });

  function expectLabelAt(
    { x, y, width }: Label['box'],
    label: Label | undefined,
    isRtl: boolean,
  ): void {
    if (label === undefined) throw new Error('No label.');
    const gap = isRtl ? x + width - (label.box.x + label.box.width) : label.box.x - x;
    expect(Math.abs(gap - 6)).toBeLessThan(2);
    expect(Math.abs(label.box.y - y - 6)).toBeLessThan(2);
    expect(Math.abs(label.box.height - 24)).toBeLessThan(2);
  }
});

describe('a picture of another site in a frame of the same one', () => {
  const image = (name: string, id = '') =>
    `<img ${id} src="${cdn}/${name}.jpg" style="width:260px;height:260px;display:block">`;
  /** Of one grey picture a side and the photo in the middle, 780 x 260 px. */
  const row = () =>
    `<body style="margin:0;display:flex">${image('grey')}${image('photo', 'id="target"')}${image('grey')}`;

  async function clickedIn(
    frames: string[],
    inner: string,
    at: { x: number; y: number },
  ): Promise<{ page: Page; outcome: Outcome; card: Awaited<ReturnType<typeof watchCard>> }> {
    pageNumber += 1;
    site.set(`/inner-${pageNumber}-${frames.length}.html`, { body: `<!doctype html>${inner}` });
    // From the innermost frame to the outermost.
    for (const [level, body] of [...frames.entries()].reverse()) {
      const next = `/inner-${pageNumber}-${level + 1}.html`;
      site.set(`/inner-${pageNumber}-${level}.html`, {
        body: `<!doctype html><html lang="en"><title>Page</title>${body.replace('SRC', next)}`,
      });
    }
    const page = await session.openPage(`${site.origin}/inner-${pageNumber}-0.html`);
    const card = await watchCard(page);
    let frame: Frame = page.mainFrame();
    for (let depth = frames.length; depth > 0; depth -= 1) {
      const deeper = await (await frame.waitForSelector('iframe'))?.contentFrame();
      if (deeper === undefined) throw new Error('No frame.');
      frame = deeper;
    }
    await frame.waitForFunction(
      () => document.images.length > 0 && [...document.images].every(({ complete }) => complete),
    );
    const info = { mediaType: 'image' as const, srcUrl: `${cdn}/photo.jpg` };
    const outcome = await session.describe(page, at, { frame, menuItemId: 'classify-image', info });
    return { page, outcome, card };
  }

  const framed = (style: string) =>
    `<body style="margin:0"><iframe src="SRC" style="position:absolute;left:40px;top:60px;width:780px;height:260px;border:0;${style}"></iframe>`;
  const CORNER = 'transform-origin:0 0;';

  test.each([
    { name: 'scaled', frames: [framed(`${CORNER}transform:scale(.5)`)], box: [170, 60, 130] },
    {
      name: 'scaled, inside a scaled one',
      frames: [
        framed(`${CORNER}transform:scale(.75);border:4px solid;padding:8px`),
        framed(`${CORNER}scale:.8`),
      ],
      box: [40 + 0.75 * (12 + 40 + 0.8 * 260), 60 + 0.75 * (12 + 60), 0.6 * 260],
    },
    { name: 'zoomed', frames: [framed('zoom:.5')], box: [20 + 130, 30, 130] },
    {
      name: 'in a zoomed page',
      frames: [`<style>html{zoom:.7}</style>${framed('')}`],
      box: [0.7 * 300, 0.7 * 60, 182],
    },
    { name: 'mirrored', frames: [framed('transform:scaleX(-1)')], box: [300, 60, 260] },
  ])('$name: its own label, the card beside it', async ({ frames, box: [x, y, side] }) => {
    if (x === undefined || y === undefined || side === undefined) throw new Error('No box.');
    const { page, outcome, card } = await clickedIn(frames, row(), {
      ...{ x: x + side / 2, y: y + side / 2 },
    });
    expect(outcome.result).toMatchObject({ prediction: { rung: 'screen' } });
    expect(read(outcome)).toBe(LABEL);
    const { box } = await card.settled();
    expect(Math.abs(box.x - (x + side + 8))).toBeLessThan(3);
    expect(Math.abs(box.y - y)).toBeLessThan(3);
    await page.close();
  });

  test.each([
    { name: 'turned', frames: [framed('transform:rotate(25deg)')] },
    { name: 'seen from aside', frames: [framed('transform:perspective(500px) rotateY(40deg)')] },
    {
      name: 'in a frame that is turned',
      frames: [framed('rotate:20deg'), framed('left:0;top:0;')],
    },
  ])('$name: no word on what lies beside it', async ({ frames }) => {
    const { page, outcome } = await clickedIn(frames, row(), { x: 430, y: 190 });
    expect(outcome.result.ok).toBe(false);
    expect(outcome.failedRungs.at(-1)).toMatchObject({
      ...{ rung: 'screen', error: { code: 'screen-not-available' } },
    });
    await page.close();
  });
});

describe('a picture that is drawn elsewhere than its element is', () => {
  const clickBelow = { x: 500, y: 500 };

  test.each([
    {
      name: 'of the body, below it, of the same site',
      style: 'body{margin:0;background:url(/photo.jpg) center/cover fixed}',
      rung: 'decoded',
    },
    {
      name: 'of the body, below it, of another site',
      style: 'body{margin:0;background:url(CDN/photo.jpg) center/contain fixed}',
      rung: 'screen',
    },
    {
      name: 'of the root',
      style: 'html{background:url(CDN/photo.jpg) center/contain no-repeat fixed}',
      rung: 'screen',
    },
  ])('$name: named', async ({ style, rung }) => {
    const styles = `<style>${style.replace('CDN', cdn)}</style>`;
    const page = await openBody(session, '<body><p>Words</p>', styles);
    const outcome = await session.describe(page, clickBelow, { menuItemId: 'classify-here' });
    expect(outcome.result).toMatchObject({ prediction: { rung } });
    expect(read(outcome)).toBe(LABEL);
    await page.close();
  });

  test.each([
    {
      name: 'before a link, placed outside of it, of another site',
      part: `content:'';position:absolute;left:90px;top:60px;width:299px;height:299px;background:url(CDN/photo.jpg)`,
      rung: 'screen',
    },
    { name: 'as the content before a link', part: 'content:url(/photo.jpg)', rung: 'decoded' },
  ])('$name: named, label and card at it', async ({ part, rung }) => {
    const style = `<style>a::before{${part.replace('CDN', cdn)}}body{margin:20px}</style>`;
    const link = '<p style="position:relative">Go to <a id="target" href="#x">the candles</a></p>';
    const page = await openBody(permitted, link, style);
    const labels = await watchLabels(page, permitted);
    await permitted.ask('labelPage', { tabId: await tabIdOf(permitted, page) });
    const [label] = await labels.until('a label is there', (shown) => shown.length === 1);
    const box = label?.box ?? { x: 0, y: 0 };
    const inside = { x: box.x + 100, y: box.y + 150 };
    await page.close();

    const clicked = await openBody(session, link, style);
    const card = await watchCard(clicked);
    const outcome = await session.describe(clicked, inside, { menuItemId: 'classify-here' });
    expect(outcome.result).toMatchObject({ prediction: { rung } });
    expect(read(outcome)).toBe(LABEL);
    const shown = (await card.settled()).box;
    expect(Math.abs(shown.x - (box.x - 6 + 299 + 8))).toBeLessThan(3);
    expect(Math.abs(shown.y - (box.y - 6))).toBeLessThan(3);
    await clicked.close();
  });
});
