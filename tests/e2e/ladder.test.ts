/**
 * The pixel ladder on every kind of picture that pages show, by the real right-click path and with the
 * real model: which rung reached the pixels, and that they were the right ones.
 */
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { wantedTarget } from '../../scripts/drive/extension-session';
import type { Rung } from '../../src/core/saying/prediction';
import type { Outcome } from '../../src/messages/protocol';
import { asset, openSession, openSite, type ExtensionSession, type Site } from './harness';
import { watchCard } from './support/card-view';

/** Candles; the model is sure of them. */
const PHOTO = 'photos/126175abfdcb1a21.png';
const LABEL = 'candle';

let session: ExtensionSession;
/** Holds access to every site, as if the person had given it. */
let permitted: ExtensionSession;
let site: Site;
let cdn: string;
let photo: Buffer;
let pageNumber = 0;

beforeAll(async () => {
  photo = await sharp(await asset(PHOTO))
    .jpeg({ quality: 92 })
    .toBuffer();
  const small = await sharp(photo).resize(60, 60).jpeg().toBuffer();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="299" height="299"><image width="299" height="299" href="data:image/jpeg;base64,${photo.toString('base64')}"/></svg>`;
  site = await openSite({
    resources: {
      '/photo.jpg': { body: photo },
      '/shared.jpg': { body: photo, cors: true },
      '/small.jpg': { body: small },
      '/photo.svg': { body: svg },
      '/frame.html': { body: '<body style="margin:0"><img id="target" src="/photo.jpg">' },
      '/photo-as-svg-without-ending': { body: svg, contentType: 'image/svg+xml' },
    },
  });
  cdn = site.originAs('cdn.localhost');
  [session, permitted] = await Promise.all([
    openSession(),
    openSession({ hostPermissions: ['http://*/*', 'https://*/*'] }),
  ]);
});

async function openBody(from: ExtensionSession, body: string): Promise<Page> {
  pageNumber += 1;
  const path = `/page-${pageNumber}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Page</title><body style="margin:40px">${body}`,
  });
  const page = await from.openPage(site.origin + path);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  return page;
}

function read(outcome: Outcome): { rung: Rung; label: string | undefined } | { code: string } {
  const { result } = outcome;
  return result.ok
    ? { rung: result.prediction.rung, label: result.prediction.predictions[0]?.label }
    : { code: `${result.error.code}: ${result.error.message}` };
}

interface Case {
  name: string;
  body: () => string;
  place?: string;
  rung: Rung;
  /** The reasons of the rungs before it. */
  failed?: string[];
  /** The menu item of pictures that the browser doesn't know as images. */
  here?: boolean;
  /** Drawn by script before the click. */
  prepare?: (page: Page) => Promise<unknown>;
  isPermitted?: boolean;
  /** The path of the address that was read. */
  source?: string;
}

const drawOnCanvas = (page: Page) =>
  page.evaluate(async () => {
    const image = new Image();
    const canvas = document.querySelector('canvas');
    image.src = canvas?.dataset.src ?? '';
    await image.decode();
    canvas?.getContext('2d')?.drawImage(image, 0, 0);
  });

/** A video of the photo, recorded on the spot. */
const recordVideo = (page: Page) =>
  page.evaluate(async () => {
    const image = new Image();
    image.src = '/photo.jpg';
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 299;
    const draw = () => canvas.getContext('2d')?.drawImage(image, 0, 0);
    draw();
    const recorder = new MediaRecorder(canvas.captureStream(20));
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let frame = 0; frame < 12; frame += 1) {
      await new Promise(requestAnimationFrame);
      draw();
    }
    recorder.stop();
    await stopped;
    const video = document.querySelector('video');
    if (video === null) throw new Error('No video.');
    const seen = new Promise((resolve) => (video.onloadeddata = resolve));
    video.src = URL.createObjectURL(new Blob(chunks, { type: recorder.mimeType }));
    await seen;
  });

const showBlob = (page: Page) =>
  page.evaluate(async () => {
    const image = document.querySelector<HTMLImageElement>('#target');
    if (image === null) throw new Error('No image.');
    image.src = URL.createObjectURL(await (await fetch('/photo.jpg')).blob());
    await image.decode();
  });

const inShadow = (mode: ShadowRootMode) => (page: Page) =>
  page.evaluate(async (rootMode) => {
    const outer = document.querySelector('#target')?.attachShadow({ mode: rootMode });
    const inner = document.createElement('div');
    inner.style.inlineSize = '299px';
    outer?.append(inner);
    const image = new Image();
    image.src = '/photo.jpg';
    inner.attachShadow({ mode: rootMode }).append(image);
    await image.decode();
  }, mode);

const dataPhoto = () => `data:image/jpeg;base64,${photo.toString('base64')}`;
const crossOrigin = ['image-tainted', 'network-failed', 'host-permission-missing'];

const CASES: Case[] = [
  {
    name: 'an image of the same origin',
    body: () => '<img id="target" src="/photo.jpg">',
    rung: 'decoded',
  },
  {
    name: 'a CORS-clean image of a CDN',
    body: () => `<img id="target" crossorigin src="${cdn}/shared.jpg">`,
    rung: 'decoded',
  },
  {
    name: 'a shared image of a CDN that was loaded without CORS',
    body: () => `<img id="target" src="${cdn}/shared.jpg">`,
    rung: 'page-fetch',
    failed: ['image-tainted'],
  },
  {
    name: 'a cross-origin image without CORS and without host permission',
    body: () => `<img id="target" src="${cdn}/photo.jpg">`,
    rung: 'screen',
    failed: crossOrigin,
  },
  {
    name: 'a cross-origin image without CORS but with host permission',
    body: () => `<img id="target" src="${cdn}/photo.jpg">`,
    rung: 'worker-fetch',
    failed: ['image-tainted', 'network-failed'],
    isPermitted: true,
  },
  {
    name: 'a data: address',
    body: () => `<img id="target" src="${dataPhoto()}">`,
    rung: 'decoded',
  },
  {
    name: 'a blob: address',
    body: () => '<img id="target">',
    prepare: showBlob,
    rung: 'decoded',
  },
  {
    name: 'the chosen source of <picture>',
    body: () =>
      '<picture><source srcset="/photo.jpg" media="(min-width: 1px)"><img id="target" src="/small.jpg"></picture>',
    rung: 'decoded',
    source: '/photo.jpg',
  },
  {
    name: 'the chosen candidate of srcset',
    body: () =>
      '<img id="target" width="299" src="/small.jpg" srcset="/small.jpg 60w, /photo.jpg 299w" sizes="299px">',
    rung: 'decoded',
    source: '/photo.jpg',
  },
  { name: 'an external SVG', body: () => '<img id="target" src="/photo.svg">', rung: 'decoded' },
  {
    name: 'an SVG whose address does not say so',
    body: () => '<img id="target" src="/photo-as-svg-without-ending">',
    rung: 'decoded',
  },
  {
    name: 'an inline SVG',
    body: () =>
      `<svg id="target" width="299" height="299"><image width="299" height="299" href="${dataPhoto()}"/></svg>`,
    here: true,
    rung: 'decoded',
  },
  {
    name: 'a picture of the same site inside an inline SVG',
    body: () =>
      '<svg id="target" width="299" height="299"><image width="299" height="299" href="/photo.jpg"/></svg>',
    here: true,
    rung: 'decoded',
  },
  {
    name: 'a clean canvas',
    body: () => '<canvas id="target" width="299" height="299" data-src="/photo.jpg"></canvas>',
    prepare: drawOnCanvas,
    here: true,
    rung: 'decoded',
  },
  {
    name: 'a tainted canvas',
    body: () =>
      `<canvas id="target" width="299" height="299" data-src="${cdn}/photo.jpg"></canvas>`,
    prepare: drawOnCanvas,
    here: true,
    rung: 'screen',
    failed: ['image-tainted'],
  },
  {
    name: "a video's poster",
    body: () => '<video id="target" width="299" height="299" poster="/photo.jpg"></video>',
    here: true,
    rung: 'decoded',
  },
  {
    name: "a video's frame",
    body: () => '<video id="target" width="299" height="299" muted></video>',
    prepare: recordVideo,
    here: true,
    rung: 'decoded',
  },
  {
    name: 'a CSS background',
    body: () =>
      '<div id="target" style="width:299px;height:299px;background:linear-gradient(transparent,transparent),url(/photo.jpg)"></div>',
    here: true,
    rung: 'decoded',
  },
  {
    name: 'a CSS background of another site',
    body: () =>
      `<div id="target" style="width:299px;height:299px;background:url(${cdn}/photo.jpg)"></div>`,
    here: true,
    rung: 'screen',
    failed: crossOrigin,
  },
  {
    name: 'a picture in ::before',
    body: () =>
      '<style>#target::before{content:url(/photo.jpg)}</style><div id="target" style="width:299px"></div>',
    here: true,
    rung: 'decoded',
  },
  {
    name: 'an image button',
    body: () => '<input id="target" type="image" src="/photo.jpg" alt="Go">',
    here: true,
    rung: 'decoded',
  },
  {
    name: 'an object',
    body: () => '<object id="target" type="image/jpeg" data="/photo.jpg"></object>',
    here: true,
    // Firefox shows it in a document of its own.
    ...(wantedTarget() === 'firefox'
      ? { rung: 'page-fetch' as const, failed: ['image-not-readable'] }
      : { rung: 'decoded' as const }),
  },
  {
    name: 'an image behind a transparent overlay',
    body: () =>
      '<div style="position:relative;width:299px"><img src="/photo.jpg"><div id="target" style="position:absolute;inset:0"></div></div>',
    here: true,
    rung: 'decoded',
  },
  {
    name: 'a cross-origin image behind a transparent overlay',
    body: () =>
      `<div style="position:relative;width:299px"><img src="${cdn}/photo.jpg"><div id="target" style="position:absolute;inset:0"></div></div>`,
    here: true,
    rung: 'screen',
    failed: crossOrigin,
  },
  {
    name: 'an image without pointer events beside a link that covers it',
    body: () =>
      '<div style="position:relative;width:299px"><div><img style="pointer-events:none" src="/photo.jpg"></div><a id="target" href="#x" style="position:absolute;inset:0"></a></div>',
    here: true,
    rung: 'decoded',
  },
  {
    name: 'the picture behind a stretched transparent pixel',
    body: () =>
      '<div style="width:299px;height:299px;background:url(/photo.jpg)"><img id="target" width="299" height="299" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"></div>',
    rung: 'decoded',
  },
  {
    name: 'an image in a link',
    body: () => '<a href="#x"><img id="target" src="/photo.jpg"></a>',
    rung: 'decoded',
  },
  {
    name: 'an image in open shadow roots',
    body: () => '<div id="target" style="width:299px"></div>',
    prepare: inShadow('open'),
    here: true,
    rung: 'decoded',
  },
  {
    name: 'an image in closed shadow roots',
    body: () => '<div id="target" style="width:299px"></div>',
    prepare: inShadow('closed'),
    here: true,
    rung: 'decoded',
  },
  {
    name: 'a cross-origin image that leaves the card no room beside it',
    body: () =>
      `<img id="target" style="position:fixed;inset:0;width:100vw;height:100vh;object-fit:cover" src="${cdn}/photo.jpg">`,
    rung: 'screen',
    failed: crossOrigin,
  },
  {
    name: 'an image in a modal dialog',
    body: () => '<dialog><img id="target" src="/photo.jpg"></dialog>',
    prepare: (page) => page.evaluate(() => document.querySelector('dialog')?.showModal()),
    rung: 'decoded',
  },
];

describe('each kind of picture, by the right-click path', () => {
  test.each(CASES.map((one) => [`${one.name}: ${one.rung}`, one] as const))(
    '%s',
    async (
      _,
      {
        body,
        prepare,
        place = '#target',
        here = false,
        rung,
        failed = [],
        isPermitted = false,
        source,
      },
    ) => {
      const from = isPermitted ? permitted : session;
      const page = await openBody(from, body());
      await prepare?.(page);
      const outcome = await from.describe(page, place, here ? { menuItemId: 'classify-here' } : {});
      expect(read(outcome)).toEqual({ rung, label: LABEL });
      expect(outcome.failedRungs.map(({ error }) => error.code)).toEqual(failed);
      if (source !== undefined) expect(outcome.source).toBe(site.origin + source);
      await page.close();
    },
  );
});

describe('images in frames', () => {
  const frame = (origin: string) =>
    `<p>Text</p><iframe src="${origin}/frame.html" width="320" height="320"></iframe>`;

  async function describeInFrame(from: ExtensionSession, origin: string) {
    const page = await openBody(from, frame(origin));
    const card = await watchCard(page);
    const inner = await (await page.waitForSelector('iframe'))?.contentFrame();
    if (inner === undefined) throw new Error('No frame.');
    await inner.waitForFunction(() => document.images[0]?.complete);
    const outcome = await from.describe(page, '#target', { frame: inner });
    return { page, card, inner, outcome };
  }

  test('of the same origin: read in the frame, the card beside it in the page', async () => {
    const { page, outcome, inner } = await describeInFrame(session, site.origin);
    expect(read(outcome)).toEqual({ rung: 'decoded', label: LABEL });
    expect(await page.$$('[data-alt-lens-host=card]')).toHaveLength(1);
    expect(await inner.$$('[data-alt-lens-host=card]')).toHaveLength(0);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=card]') === null);
    await page.close();
  });

  test('whose frame goes: the card goes with it', async () => {
    const { page } = await describeInFrame(session, site.origin);
    expect(await page.$$('[data-alt-lens-host=card]')).toHaveLength(1);
    await page.evaluate(() => {
      document.querySelector('iframe')?.remove();
    });
    await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=card]') === null);
    await page.close();
  });

  test('of another origin without access: the page says so, beside the frame, and offers it', async () => {
    const { page, card, outcome } = await describeInFrame(session, cdn);
    expect(outcome.result).toMatchObject({ error: { code: 'host-permission-missing' } });
    const { buttons, box } = await card.settled();
    expect(buttons).toContain('Give access to this site');
    const framed = await (await page.$('iframe'))?.boundingBox();
    expect(box.x).toBeGreaterThanOrEqual((framed?.x ?? 0) + (framed?.width ?? 0));
    await page.close();
  });

  test('of another origin with access: read in the frame', async () => {
    const { page, outcome, inner } = await describeInFrame(permitted, cdn);
    expect(read(outcome)).toEqual({ rung: 'decoded', label: LABEL });
    expect(await inner.$$('[data-alt-lens-host=card]')).toHaveLength(1);
    await page.close();
  });
});

test('of two images with one address, the card is at the one that was clicked', async () => {
  const image = '<img src="/photo.jpg" width="200" style="display:block;margin-block-end:40px"';
  const page = await openBody(session, `${image} id="first">${image} id="second">`);
  const card = await watchCard(page);
  for (const id of ['#first', '#second', '#first']) {
    await session.describe(page, id);
    const box = await (await page.$(id))?.boundingBox();
    const shown = await card.settled();
    expect(shown.box.x).toBeGreaterThan((box?.x ?? 0) + (box?.width ?? 0));
    expect(Math.abs(shown.box.y - (box?.y ?? 0)), id).toBeLessThan(30);
  }
  await page.close();
});

test('the card is not in the picture that is read from the screen', async () => {
  const red = { create: { width: 600, height: 400, channels: 3 as const, background: '#b00' } };
  site.set('/red.jpg', { body: await sharp(red).jpeg().toBuffer() });
  const page = await openBody(
    session,
    `<img id="target" style="position:fixed;inset:0;width:100vw;height:100vh" src="${cdn}/red.jpg">`,
  );
  const { result, thumbnail } = await session.describe(page, '#target');
  expect(result).toMatchObject({ ok: true, prediction: { rung: 'screen' } });
  const file = Buffer.from(thumbnail?.split(',')[1] ?? '', 'base64');
  const { channels } = await sharp(file).removeAlpha().stats();
  expect(channels[0]?.min).toBeGreaterThan(150);
  expect(channels[1]?.max).toBeLessThan(40);
  await page.close();
});

test('access to all sites does not open the screen, the click does: nothing more is asked for', async () => {
  const page = await openBody(
    permitted,
    `<canvas id="target" width="299" height="299" data-src="${cdn}/photo.jpg"></canvas>`,
  );
  await drawOnCanvas(page);
  const { windowId } = await permitted.tabOf(page);
  const background = await permitted.worker();
  const refusal = await background.evaluate(
    (id) =>
      chrome.tabs.captureVisibleTab(id).then(
        () => 'none',
        (error: unknown) => String(error),
      ),
    windowId,
  );
  expect(refusal).toMatch(/<all_urls>|activeTab/);
  // A real click brings it; the driver of Chromium leaves that out where there is access.
  if (permitted.target === 'chromium') await permitted.grantActiveTab(page);
  const outcome = await permitted.describe(page, '#target', { menuItemId: 'classify-here' });
  expect(read(outcome)).toEqual({ rung: 'screen', label: LABEL });
  await page.close();
});

test('an image that is still loading is waited for, also in a page without doctype', async () => {
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  site.set('/late.jpg', { body: photo, after: released });
  site.set('/late.html', {
    body: '<p>Text</p><img id="target" width="299" height="299" src="/late.jpg">',
  });
  const page = await session.openPage();
  await page.goto(`${site.origin}/late.html`, { waitUntil: 'domcontentloaded' });
  // Before its first paint a page gets no input.
  await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
  const { at } = await session.rightClick(page, '#target');
  await page.waitForFunction(() => document.querySelector('[data-alt-lens-host=card]') !== null);
  expect(await page.$eval('#target', (image) => (image as HTMLImageElement).complete)).toBe(false);
  release?.();
  expect(read(await session.waitForOutcome(at))).toEqual({ rung: 'decoded', label: LABEL });
  await page.close();
});
