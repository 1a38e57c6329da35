/** What counts as an image, and what is left alone and why: each kind on a page of its own count. */
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { wantedTarget } from '../../scripts/drive/extension-session';
import type { PageReport } from '../../src/messages/protocol';
import { english } from '../fixtures/popup/english';
import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchLabels } from './support/label-view';
import {
  ALL_HOSTS,
  labelAllSites,
  photoResources,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';
import { openPopupFor, openSaved, press, watchDownloads } from './support/page-popup';

let session: ExtensionSession;
let site: Site;
let cdn: string;
let other: string;
let pages = 0;

/** How the image of an `object` or `embed` is read: Firefox shows it in a document of its own. */
const INNER_DOCUMENT = wantedTarget() === 'firefox' ? 'page-fetch' : 'decoded';

const STRICT_CSP =
  "default-src 'none'; img-src 'self'; style-src 'none'; script-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

beforeAll(async () => {
  const photos = await photoResources(24);
  const shared = { ...photos['/photos/21.jpg'], cors: true };
  const inSvg = `data:image/jpeg;base64,${Buffer.from(photos['/photos/0.jpg']?.body ?? '').toString('base64')}`;
  site = await openSite({
    resources: {
      ...photos,
      '/photo.svg': {
        body: `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><image width="400" height="300" href="${inSvg}"/></svg>`,
      },
      '/photos/shared.jpg': shared,
      '/icon.png': { body: '' },
      '/dot.png': {
        body: await sharp({ create: { width: 40, height: 40, channels: 4, background: '#c33' } })
          .png()
          .toBuffer(),
      },
      '/tiny.png': { body: await transparent(4, 3) },
      '/transparent.png': { body: await transparent(400, 300) },
      '/large-transparent.png': { body: await transparent(1200, 900) },
      '/empty.svg': { body: '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"/>' },
      '/spacer.gif': {
        body: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
      },
    },
  });
  cdn = site.originAs('cdn.localhost');
  other = site.originAs('localhost');
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
});

/** Opens a page and waits until that many images are labelled and no more are under way. */
async function labelled(
  body: string,
  expected: { labelled: number; skipped?: number; failed?: number },
  csp?: string,
): Promise<{ page: Page; report: PageReport }> {
  pages += 1;
  const path = `/kinds-${pages}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Kinds</title><link rel="icon" href="/icon.png"><body>${body}`,
    ...(csp === undefined ? {} : { csp }),
  });
  const page = await session.openPage(site.origin + path);
  const tabId = await tabIdOf(session, page);
  const { skipped = 0, failed = 0 } = expected;
  const progress = await untilProgress(
    session,
    tabId,
    (now) =>
      now.labelled >= expected.labelled &&
      now.skipped + now.failed >= skipped + failed &&
      now.pending === 0,
  );
  expect(progress).toMatchObject({
    found: expected.labelled + skipped + failed,
    pending: 0,
    labelled: expected.labelled,
    skipped,
    failed,
  });
  return { page, report: await session.ask('getPageReport', { tabId }) };
}

const photo = (index: number, rest = '') =>
  `<img width="200" height="150" alt="One" src="/photos/${index}.jpg" ${rest}>`;

interface Kind {
  name: string;
  body: () => string;
  rung?: string;
  /** The path of the picture that is seen, where another one is named, too. */
  shows?: string;
  /** Paths that are asked for once, by the page, or never. */
  notAskedAgain?: string[];
}

/** A transparent file of this size, px. */
const transparent = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#0000' } })
    .png()
    .toBuffer();

/** A box with a background. */
const box = (background: string) =>
  `<div role="img" aria-label="One" style="width:200px;height:150px;background:${background}"></div>`;

const KINDS: Kind[] = [
  { name: 'img', body: () => photo(0) },
  {
    name: 'picture with sources, the chosen one',
    body: () =>
      `<picture><source type="image/none" srcset="/photos/9.jpg"><source media="(min-width: 100px)" srcset="/photos/1.jpg"><img width="200" height="150" alt="One" src="/photos/8.jpg"></picture>`,
  },
  {
    name: 'srcset and sizes',
    body: () =>
      `<img width="200" height="150" alt="One" srcset="/photos/2.jpg 400w, /photos/9.jpg 4000w" sizes="200px">`,
  },
  {
    name: 'input type=image',
    body: () => `<input type="image" alt="One" width="200" height="150" src="/photos/3.jpg">`,
  },
  {
    name: 'video poster',
    body: () => `<video width="200" height="150" poster="/photos/4.jpg"></video>`,
  },
  {
    name: 'CSS background',
    body: () =>
      `<div style="width:200px;height:150px;background:url(/photos/5.jpg) center/cover"></div>`,
  },
  {
    name: 'CSS background by a style sheet, under a gradient',
    body: () =>
      `<style>.hero{width:200px;height:150px;background:linear-gradient(transparent,#000),url(/photos/6.jpg) center/cover}</style><div class="hero"></div>`,
  },
  {
    name: 'CSS content',
    body: () => `<div style="width:200px;height:150px;content:url(/photos/7.jpg)"></div>`,
  },
  {
    name: 'CSS content of a pseudo-element',
    body: () =>
      `<style>.with::before{content:url(/photos/8.jpg)}</style><div class="with" style="width:400px;height:300px"></div>`,
  },
  {
    name: 'image in SVG',
    body: () =>
      `<svg width="200" height="150"><image width="200" height="150" href="/photos/9.jpg"/></svg>`,
  },
  {
    name: 'inline SVG graphic',
    body: () =>
      `<svg width="200" height="150" viewBox="0 0 20 15"><rect width="20" height="15" fill="#8bf"/><circle cx="10" cy="8" r="5" fill="#fc3"/></svg>`,
  },
  { name: 'external SVG', body: () => `<img width="200" height="150" alt="One" src="/photo.svg">` },
  {
    name: 'canvas, when it has come to rest',
    body: () =>
      `<canvas width="400" height="300" style="width:200px"></canvas><script>
        const image = new Image(); image.src = '/photos/10.jpg';
        image.decode().then(() => setTimeout(() => document.querySelector('canvas').getContext('2d').drawImage(image, 0, 0), 700));
      </script>`,
  },
  {
    name: 'object',
    rung: INNER_DOCUMENT,
    body: () =>
      `<object type="image/jpeg" data="/photos/11.jpg" width="200" height="150"></object>`,
  },
  {
    name: 'embed',
    rung: INNER_DOCUMENT,
    body: () => `<embed type="image/jpeg" src="/photos/12.jpg" width="200" height="150">`,
  },
  {
    name: 'data: address',
    body: () => `<script>
      fetch('/photos/13.jpg').then((r) => r.blob()).then((blob) => {
        const reader = new FileReader();
        reader.onload = () => document.body.append(Object.assign(new Image(200, 150), { src: reader.result, alt: 'One' }));
        reader.readAsDataURL(blob);
      });</script>`,
  },
  {
    name: 'blob: address',
    body: () => `<script>
      fetch('/photos/14.jpg').then((r) => r.blob()).then((blob) => {
        document.body.append(Object.assign(new Image(200, 150), { src: URL.createObjectURL(blob), alt: 'One' }));
      });</script>`,
  },
  {
    name: 'loading=lazy below the fold, on coming near',
    body: () =>
      `<div style="height:6000px"></div>${photo(15, 'loading="lazy"')}<script>onload = () => scrollTo(0, 5000)</script>`,
  },
  {
    name: 'transparent placeholder over a background',
    body: () =>
      `<img width="200" height="150" alt="One" src="/spacer.gif" style="background:url(/photos/16.jpg) center/cover">`,
  },
  {
    name: 'CSS content in the place of an image’s own picture',
    body: () => photo(9, 'style="content:url(/photos/22.jpg)"'),
    shows: '/photos/22.jpg',
  },
  {
    name: 'CSS content in the place of an image, by a media query',
    body: () =>
      `<style>@media (min-width:100px){img{content:url(/photos/22.jpg) / 'One'}}</style>${photo(9)}`,
    shows: '/photos/22.jpg',
  },
  {
    name: 'CSS content in an image without an address',
    body: () =>
      `<img width="200" height="150" alt="One" style="content:image-set(url(/photos/22.jpg) 1x)">`,
    shows: '/photos/22.jpg',
  },
  {
    name: 'image-set, the candidate for the pixels of the screen',
    body: () =>
      box(`image-set('/photos/9.jpg' .5x,'/photos/22.jpg' 1x,'/none-3.jpg' 3x) 0 0/cover`),
    shows: '/photos/22.jpg',
    notAskedAgain: ['/photos/9.jpg', '/none-3.jpg'],
  },
  {
    name: 'image-set, the candidate of a type that is shown',
    body: () =>
      box(
        `image-set(url(/none.xyz) type('image/xyz'),url(/photos/22.jpg) type('image/jpeg')) 0 0/cover`,
      ),
    shows: '/photos/22.jpg',
    notAskedAgain: ['/none.xyz'],
  },
  {
    name: 'cross-fade, what is seen more',
    body: () => box('-webkit-cross-fade(url(/photos/9.jpg),url(/photos/22.jpg),.8) 0 0/cover'),
    shows: '/photos/22.jpg',
  },
  {
    name: 'background under an icon',
    body: () => box('url(/dot.png) 9px 9px no-repeat,url(/photos/22.jpg) 0 0/cover'),
    shows: '/photos/22.jpg',
  },
  {
    name: 'background under a pattern',
    body: () => box('url(/dot.png),url(/photos/22.jpg) 0 0/cover'),
    shows: '/photos/22.jpg',
  },
  {
    name: 'background under a layer that is not there',
    body: () => box('url(/none-1.jpg) 0 0/cover,url(/photos/22.jpg) 0 0/cover'),
    shows: '/photos/22.jpg',
    notAskedAgain: ['/none-1.jpg'],
  },
  {
    name: 'background under a transparent layer',
    body: () => box('url(/transparent.png) 0 0/cover,url(/photos/22.jpg) 0 0/cover'),
    shows: '/photos/22.jpg',
  },
  ...['/tiny.png', '/empty.svg', '/transparent.png', '/large-transparent.png'].map((path) => ({
    name: `${path} over a background`,
    body: () =>
      `<img width="200" height="150" alt="One" src="${path}" style="background:url(/photos/16.jpg) center/cover">`,
    shows: '/photos/16.jpg',
  })),
  ...(
    [
      ['missing', () => '/none-7.jpg', 'inline-block'],
      ['of no bytes', () => '/icon.png', 'block'],
      ['none', () => 'data:image/png,none', 'block'],
      ['missing on another site', () => `${cdn}/none-9.jpg`, 'inline-block'],
    ] as const
  ).map(([what, address, display]) => ({
    name: `a picture that is ${what}, over a background`,
    body: () =>
      `<img alt="One" src="${address()}" style="display:${display};width:200px;height:150px;background:url(/photos/16.jpg) center/cover">`,
    shows: '/photos/16.jpg',
  })),
  {
    name: 'image of another site without CORS',
    body: () => `<img width="200" height="150" alt="One" src="${cdn}/photos/17.jpg">`,
    rung: 'worker-fetch',
  },
  {
    name: 'open shadow root',
    body: () =>
      `<div id="host"><template shadowrootmode="open"><img width="200" height="150" alt="One" src="/photos/18.jpg"></template></div>`,
  },
  {
    name: 'closed shadow root in a closed shadow root',
    body: () =>
      `<my-outer></my-outer><script>
        const outer = document.querySelector('my-outer').attachShadow({ mode: 'closed' });
        outer.innerHTML = '<section></section>';
        outer.firstChild.attachShadow({ mode: 'closed' }).innerHTML = '<img width="200" height="150" alt="One" src="/photos/19.jpg">';
      </script>`,
  },
  {
    name: 'closed shadow root that is attached late',
    body: () =>
      `<my-late style="display:block"></my-late><script>
        onload = () => requestIdleCallback(() => setTimeout(() => {
          document.querySelector('my-late').attachShadow({ mode: 'closed' }).innerHTML =
            '<img width="200" height="150" alt="One" src="/photos/20.jpg">';
        }, 800));
      </script>`,
  },
];

describe('labelled', () => {
  for (const { name, body, rung, shows, notAskedAgain } of KINDS) {
    test(name, async () => {
      const before = site.requests.length;
      const { page, report } = await labelled(body(), { labelled: 1 });
      expect(report.images).toHaveLength(1);
      const [image] = report.images;
      expect(image?.prediction?.predictions).toHaveLength(5);
      expect(image?.rung).toBe(rung ?? 'decoded');
      const refetched = image?.rung === 'decoded' ? 0 : 1;
      expect(report.counts.refetched).toBe(refetched);
      expect(report.counts.sentBytes).toBe(0);
      if (shows !== undefined) expect(image?.address).toBe(site.origin + shows);
      const asked = site.requests.slice(before).map(({ path }) => path);
      for (const path of notAskedAgain ?? []) {
        expect(asked.filter((each) => each === path).length).toBeLessThan(2);
      }
      await page.close();
    });
  }
});

test('a broken picture in a line is as large as its words, and so is the background that is seen', async () => {
  const { page, report } = await labelled(
    `<img width="200" height="150" alt="One" src="/none-10.jpg" style="background:url(/photos/16.jpg) center/cover">`,
    { labelled: 0, skipped: 1 },
  );
  expect(report.images.map(({ reason }) => reason)).toEqual(['too-small']);
  await page.close();
});

test('a transparent picture of another site over a background: the background', async () => {
  const { page, report } = await labelled(
    `<img width="200" height="150" alt="One" src="${cdn}/transparent.png" style="background:url(/photos/16.jpg) center/cover">`,
    { labelled: 1 },
  );
  expect(report.images.map(({ address }) => address)).toEqual([`${site.origin}/photos/16.jpg`]);
  await page.close();
});

test('content that a rule for the width of the page changes: the label follows', async () => {
  const { page } = await labelled(
    `<style>@media (max-width:600px){img{content:url(/photos/22.jpg)}}</style>${photo(9)}`,
    { labelled: 1 },
  );
  const tabId = await tabIdOf(session, page);
  const address = async () => {
    const { images } = await session.ask('getPageReport', { tabId });
    return images.map((image) => [image.state, image.address]);
  };
  expect(await address()).toEqual([['labelled', `${site.origin}/photos/9.jpg`]]);
  await page.setViewport({ width: 500, height: 600 });
  await expect
    .poll(address, { timeout: 10_000 })
    .toEqual([['labelled', `${site.origin}/photos/22.jpg`]]);
  await page.close();
});

test('a small picture of every kind is in the popup and in the HTML report, and none is fetched for it', async () => {
  const shared = site.originAs('shared.localhost');
  const rungs = {
    decoded: ['img', 'video poster', 'CSS background', 'image in SVG', 'inline SVG graphic'],
    drawn: ['external SVG', 'canvas, when it has come to rest', 'transparent placeholder over'],
  };
  const bodies = [...rungs.decoded, ...rungs.drawn].map((name) => {
    const kind = KINDS.find((each) => each.name.startsWith(name));
    if (kind === undefined) throw new Error(`No kind ${name}.`);
    return kind.body();
  });
  // Pictures of another site, with its leave and without: those the page may not draw.
  bodies.push(
    `<img width="200" height="150" alt="One" src="${cdn}/photos/17.jpg">`,
    `<img width="200" height="150" alt="One" src="${shared}/photos/shared.jpg">`,
  );
  const { page, report } = await labelled(`<main style="columns:3">${bodies.join('')}</main>`, {
    labelled: bodies.length,
  });
  expect(report.images.map(({ rung }) => rung).sort()).toEqual(
    ['worker-fetch', 'page-fetch', ...bodies.slice(2).map(() => 'decoded')].sort(),
  );
  const before = site.requests.length;
  const popup = await openPopupFor(session, page);
  await popup.waitForSelector('.image-row .thumbnail img[src^="data:image/webp"]');
  const saved = await watchDownloads(session);
  await popup.click('.sum > summary');
  await press(popup, english('report_save_html'));
  const shown = await openSaved(session, await saved('.html'));
  const sizes = await shown.$$eval('tbody tr', (rows) =>
    rows.map((row) => row.querySelector('img')?.naturalWidth ?? 0),
  );
  expect(sizes).toHaveLength(bodies.length);
  expect(Math.min(...sizes)).toBeGreaterThan(64);
  expect(site.requests.slice(before).map(({ path }) => path)).toEqual([]);
  for (const each of [shown, popup, page]) await each.close();
});

describe('left alone, but counted', () => {
  const cases: { reason: string; body: string }[] = [
    { reason: 'too-small', body: `<img width="60" height="60" alt="One" src="/photos/0.jpg">` },
    {
      reason: 'extreme-aspect-ratio',
      body: `<img width="728" height="90" alt="One" src="/photos/0.jpg">`,
    },
    { reason: 'spacer', body: `<img width="200" height="150" alt="One" src="/spacer.gif">` },
    { reason: 'invisible', body: photo(0, 'style="visibility:hidden"') },
    { reason: 'invisible', body: photo(0, 'style="opacity:0"') },
    { reason: 'decorative', body: photo(0, '').replace('alt="One"', 'alt=""') },
    { reason: 'decorative', body: photo(0, 'role="presentation"') },
    { reason: 'decorative', body: `<div aria-hidden="true">${photo(0)}</div>` },
    {
      reason: 'sprite',
      body: `<div style="width:100px;height:100px;background:url(/photos/0.jpg) -40px -80px"></div>`,
    },
  ];
  for (const { reason, body } of cases) {
    test(`${reason}: ${body.slice(0, 60)}`, async () => {
      const { page, report } = await labelled(body, { labelled: 0, skipped: 1 });
      expect(report.images.map((image) => [image.state, image.reason])).toEqual([
        ['skipped', reason],
      ]);
      expect(report.counts.inferences).toBe(0);
      await page.close();
    });
  }

  test('a hidden image is labelled as soon as it is shown', async () => {
    const { page } = await labelled(photo(1, 'style="visibility:hidden"'), {
      labelled: 0,
      skipped: 1,
    });
    const tabId = await tabIdOf(session, page);
    await page.$eval('img', (image) => {
      image.style.visibility = '';
    });
    await untilProgress(session, tabId, (now) => now.labelled === 1 && now.skipped === 0);
    await page.close();
  });
});

test('frames of the same and of other origins, nested, srcdoc, about:blank and sandboxed: 7 images', async () => {
  site.set('/inner.html', { body: `<!doctype html><body>${photo(1)}` });
  site.set('/middle.html', {
    body: `<!doctype html><body>${photo(2)}<iframe width="300" height="200" src="/inner.html"></iframe>`,
  });
  const body = `${photo(0)}
    <iframe width="400" height="420" src="${other}/middle.html"></iframe>
    <iframe width="300" height="200" src="/inner.html"></iframe>
    <iframe width="300" height="200" srcdoc='${photo(3)}'></iframe>
    <iframe width="300" height="200" sandbox src="${other}/inner.html"></iframe>
    <iframe id="blank" width="300" height="200"></iframe>
    <script>document.querySelector('#blank').contentDocument.body.innerHTML = '${photo(4)}'</script>`;
  const { page, report } = await labelled(body, { labelled: 7 });
  expect(new Set(report.images.map(({ frameId }) => frameId)).size).toBe(7);
  // The sandboxed frame has an origin of its own, to which its own site's image is another's.
  expect(report.counts.refetched).toBe(1);
  await page.close();
});

test('a page with a strict CSP and Trusted Types: labelled, and nothing in its console', async () => {
  const { page } = await labelled(photo(5) + photo(6), { labelled: 2 }, STRICT_CSP);
  const labels = await watchLabels(page, session);
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  await page.mouse.move(60, 60);
  await labels.until('a label is drawn', (shown) => shown.length > 0);
  await page.reload();
  await labels.until('a label is drawn again', (shown) => shown.length > 0);
  expect(messages.filter((text) => !text.includes('favicon') && !text.includes('icon'))).toEqual(
    [],
  );
  await page.close();
});

test('the details of labels come when they are wanted: under a strict CSP, in frames, by a worker that had stopped', async () => {
  site.set('/framed-details.html', {
    body: `<!doctype html><title>Inner</title><body style="margin:0">${photo(0)}`,
    csp: STRICT_CSP,
  });
  const body = `${photo(1)}<br><iframe width="300" height="200" src="/framed-details.html"></iframe>`;
  const { page } = await labelled(body, { labelled: 2 }, `${STRICT_CSP}; frame-src *`);
  const labels = await watchLabels(page, session);
  await labels.until('both labels are drawn', ({ length }) => length === 2);
  const listed = async (): Promise<number[]> => {
    const counts = await labels.evaluateAll(`(() => {
      const host = document.querySelector('[data-alt-lens-host=labels]');
      const root = host === null ? null : chrome.dom.openOrClosedShadowRoot(host);
      return root?.querySelectorAll('.details li').length ?? 0;
    })()`);
    return counts.map(Number).filter((count) => count > 0);
  };
  expect(await listed()).toEqual([]);
  for (const selector of ['img', 'iframe']) {
    const box = await page.$eval(selector, (element) => {
      const { x, y } = element.getBoundingClientRect();
      return { x, y };
    });
    await session.stopWorker();
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.move(box.x + 20, box.y + 20);
    await waitUntil(
      `the details are there over ${selector}`,
      async () => (await listed()).length === 1,
      10_000,
    );
  }
  await page.close();
});
