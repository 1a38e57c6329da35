/** Pictures that a page takes elsewhere, takes over from elsewhere, or shows where they were not asked for. */
import type { Page } from 'puppeteer';
import { beforeAll, beforeEach, afterEach, expect, test } from 'vitest';

import type { Settings } from '../../src/core/settings/settings';
import { openSession, openSite, waitUntil, type ExtensionSession, type Site } from './harness';
import { watchLabels, type Label, type LabelReader } from './support/label-view';
import { ALL_HOSTS, photoResources, tabIdOf } from './support/labelled-pages';

const LIMIT_MS = 10_000;
const SIZE = 'width="200" height="150"';

let session: ExtensionSession;
let site: Site;
let cdn: string;
let photos: Awaited<ReturnType<typeof photoResources>>;
/** What photo 0 and photo 1 are called. */
let names: string[];
let pages = 0;
let page: Page;
let tabId: number;
let labels: LabelReader;
let errors: string[];

const image = (index: number, rest = '') =>
  `<img ${SIZE} src="/photos/${index}.jpg" style="display:block" ${rest}>`;

const background = (address: string) =>
  `<div style="width:200px;height:150px;background:url(${address}) 0 0/cover"></div>`;

async function listen(listenerMode: Settings['listenerMode']): Promise<void> {
  await session.ask('setSettings', { settings: { listenerMode } });
}

async function open(body: string): Promise<void> {
  pages += 1;
  const path = `/handed-on-${pages}.html`;
  site.set(path, {
    body: `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><body style="margin:20px">${body}`,
  });
  page = await session.openPage();
  errors = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(site.origin + path);
  labels = await watchLabels(page, session);
  tabId = await tabIdOf(session, page);
}

async function label(body: string): Promise<void> {
  await open(body);
  await session.ask('labelPage', { tabId });
}

/** These photos are named and no others, from top to bottom. */
async function untilNamed(...wanted: number[]): Promise<Label[]> {
  const texts = wanted.map((index) => names[index]);
  return await labels.until(`named: ${texts.join()}`, (shown) => {
    const sorted = shown.toSorted((a, b) => a.box.y - b.box.y).map(({ text }) => text);
    return sorted.join() === texts.join();
  });
}

beforeAll(async () => {
  photos = await photoResources(2);
  site = await openSite({ resources: photos });
  cdn = site.originAs('cdn.localhost');
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await listen('off');
  await label(image(0) + image(1));
  const both = await labels.until('both are labelled', ({ length }) => length === 2);
  names = both.toSorted((a, b) => a.box.y - b.box.y).map(({ text }) => text);
  await page.close();
});

beforeEach(async () => {
  await listen('off');
});

afterEach(async () => {
  await page.close();
});

test('an image with our text is taken into a frame: its label is there, and the text given back', async () => {
  await listen('missing');
  await label(`${image(0, 'id="moved"')}<iframe ${SIZE} srcdoc="<body>Words"></iframe>`);
  await page.waitForSelector('#moved[alt]');
  await page.evaluate(() => {
    const frame = document.querySelector('iframe');
    frame?.contentDocument?.body.append(document.querySelector('#moved') ?? '');
  });
  await labels.until('the frame alone has a label', ([only, ...others]) => {
    return only?.frame === 'about:srcdoc' && only.text === names[0] && others.length === 0;
  });
  await session.ask('unlabelPage', { tabId });
  await waitUntil(
    'the text is given back',
    () =>
      page.evaluate(() => {
        const moved = document.querySelector('iframe')?.contentDocument?.querySelector('#moved');
        return moved?.hasAttribute('alt') === false && !moved.hasAttribute('data-alt-lens');
      }),
    LIMIT_MS,
  );
});

test('an image is taken into a window that the page opened: no label is left', async () => {
  await label(image(0, 'id="moved"') + image(1));
  await untilNamed(0, 1);
  await page.evaluate(() => {
    const popup = window.open('about:blank', 'popup', 'width=400,height=400');
    popup?.document.body.append(document.querySelector('#moved') ?? '');
  });
  await page.bringToFront();
  await untilNamed(1);
  // The next page would be opened in it.
  await page.evaluate(() => window.open('', 'popup')?.close());
});

test('what addresses begin with changes after pictures were loaded: they are known, and nothing is asked for', async () => {
  await open(
    `<input type="image" ${SIZE} style="display:block" src="photos/0.jpg"><video ${SIZE} style="display:block" poster="photos/1.jpg"></video>`,
  );
  await page.evaluate(() => {
    const base = document.createElement('base');
    base.href = '/elsewhere/';
    document.head.append(base);
  });
  await session.ask('labelPage', { tabId });
  await untilNamed(0, 1);
  expect(site.requests.filter(({ path }) => path.startsWith('/elsewhere'))).toEqual([]);
});

test.each([
  [
    'a symbol',
    `<svg width="0" height="0" style="position:absolute"><symbol id="symbol" viewBox="0 0 400 300"><image href="/photos/0.jpg" width="400" height="300"/></symbol></svg>
    <svg ${SIZE} style="display:block"><use href="#symbol"/></svg>`,
  ],
  [
    'a pattern',
    `<svg ${SIZE} style="display:block"><pattern id="pattern" width="1" height="1"><image href="/photos/0.jpg" ${SIZE}/></pattern><rect ${SIZE} fill="url(#pattern)"/></svg>`,
  ],
])('a drawing that shows the image of %s', async (_, drawing) => {
  await label(drawing);
  const [first] = await untilNamed(0);
  expect(first?.box.x).toBeCloseTo(26, 0);
  const { images } = await session.ask('getPageReport', { tabId });
  expect(images.filter(({ state }) => state === 'labelled')).toHaveLength(1);
});

test('another picture at the same address: label and text are its own', async () => {
  const headers = { 'cache-control': 'no-store' };
  site.set('/live.jpg', { ...photos['/photos/0.jpg'], headers });
  await listen('missing');
  await label(`<img id="live" ${SIZE} src="/live.jpg">`);
  await untilNamed(0);
  const handle = await page.waitForSelector('#live[alt]');
  const before = await handle?.evaluate((live) => live.getAttribute('alt'));
  // The event of the first load is long over.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  site.set('/live.jpg', { ...photos['/photos/1.jpg'], headers });
  await page.evaluate(async () => {
    const live = document.querySelector<HTMLImageElement>('#live');
    await fetch('/live.jpg', { cache: 'reload' });
    live?.removeAttribute('src');
    live?.setAttribute('src', '/live.jpg');
  });
  await untilNamed(1);
  await page.waitForFunction(
    (old) => ![null, old].includes(document.querySelector('#live')?.getAttribute('alt') ?? null),
    { timeout: LIMIT_MS },
    before ?? '',
  );
});

test('another site that sends others a picture of another size: what the page shows is not called by that', async () => {
  site.set('/guarded.jpg', { ...photos['/photos/0.jpg'] });
  site.set('/guarded-style.jpg', { ...photos['/photos/0.jpg'] });
  await open(
    `<img ${SIZE} style="display:block" src="${cdn}/guarded.jpg">${background(`${cdn}/guarded-style.jpg`)}`,
  );
  const { '/photos/0.jpg': sign = {} } = await photoResources(2, { width: 180, height: 180 });
  site.set('/guarded.jpg', sign);
  site.set('/guarded-style.jpg', sign);
  for (const turn of ['first', 'second']) {
    await session.ask('labelPage', { tabId });
    const images = await waitUntil(
      `both have come to an end the ${turn} time`,
      async () => {
        const report = await session.ask('getPageReport', { tabId });
        const ended = report.images.filter(({ state }) => state !== 'pending');
        return ended.length === 2 && ended;
      },
      LIMIT_MS,
    );
    expect(images.map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', 'image-not-readable'],
      ['failed', 'image-not-readable'],
    ]);
    await session.ask('unlabelPage', { tabId });
  }
});

/** Puts pictures into a page that a service worker answers for. */
async function openControlled(answer: string, html: string): Promise<void> {
  // Another one for each page: the former one is still there.
  const worker = `/worker-${pages}.js`;
  site.set(worker, {
    body: `self.oninstall = () => self.skipWaiting();
      self.onactivate = (event) => event.waitUntil(clients.claim());
      const asked = [];
      self.onmessage = ({ ports: [port] }) => port.postMessage(asked);
      self.onfetch = (event) => {
        const { origin, pathname } = new URL(event.request.url);
        if (!/png$|jpg$/.test(pathname)) return;
        asked.push(origin + pathname);
        ${answer}
      };`,
  });
  await open('Words');
  await page.evaluate(async (script) => {
    await navigator.serviceWorker.register(script);
    while (navigator.serviceWorker.controller?.scriptURL.endsWith(script) !== true) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, worker);
  await showAll(html);
}

async function showAll(html: string): Promise<void> {
  await page.evaluate((inner) => {
    document.body.innerHTML = inner;
  }, html);
  await page.waitForFunction(
    (images) =>
      performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.jpg')).length >=
      images,
    {},
    html.split('.jpg').length - 1,
  );
}

/** The addresses that the page's worker was asked for, by the page and by us. */
const workerAsked = (): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => {
          resolve(data as string[]);
        };
        navigator.serviceWorker.controller?.postMessage(null, [port2]);
      }),
  );

test('pictures that a service worker of the page made: those, and never what the server has there', async () => {
  site.set('/made-0.jpg', { ...photos['/photos/1.jpg'] });
  site.set('/made-1.jpg', { ...photos['/photos/0.jpg'] });
  await openControlled(
    `const [, index] = /made-(\\d)/.exec(pathname) ?? [];
    if (index === undefined) return;
    event.respondWith(fetch('/photos/' + index + '.jpg').then(async (found) => new Response(await found.blob())));`,
    background('/made-0.jpg') + background(`${cdn}/made-1.jpg`),
  );
  await session.ask('labelPage', { tabId });
  await untilNamed(0, 1);
  expect(site.requests.filter(({ path }) => path.startsWith('/made'))).toEqual([]);
  // Once by the page, once by us: no look for what the document holds is a request.
  const asked = await workerAsked();
  expect(asked.filter((address) => address.includes('/made')).length).toBeLessThanOrEqual(4);
});

test('pictures of another site that a service worker hands on: what the network surely sent, or the site shares; never another file', async () => {
  const told = { 'cache-control': 'max-age=600', 'timing-allow-origin': '*' };
  const [first, second] = [photos['/photos/0.jpg'], photos['/photos/1.jpg']];
  site.set('/told.jpg', { ...first, headers: told });
  site.set('/shared.jpg', { ...second, headers: told, cors: true });
  site.set('/other.jpg', { ...first, headers: told });
  site.set('/other-too.jpg', { ...first, headers: told });
  site.set('/instead.jpg', { ...second, headers: told });
  const html = [
    `<img ${SIZE} style="display:block" src="${cdn}/told.jpg">`,
    background(`${cdn}/shared.jpg`),
    `<img ${SIZE} style="display:block" src="${cdn}/other.jpg">`,
    background(`${cdn}/other-too.jpg`),
  ].join('');
  await openControlled(
    `if (pathname === '/shared.jpg') event.respondWith(fetch(event.request));
    if (pathname.startsWith('/other')) event.respondWith(fetch(origin + '/instead.jpg', { mode: 'no-cors' }));`,
    html,
  );
  for (const visit of ['the first', 'one that the browser still has the pictures of']) {
    if (visit !== 'the first') {
      await page.reload();
      await showAll(html);
    }
    await session.ask('labelPage', { tabId });
    const images = await waitUntil(
      `all have come to an end: ${visit}`,
      async () => {
        const report = await session.ask('getPageReport', { tabId });
        const ended = report.images.filter(({ state }) => ['failed', 'labelled'].includes(state));
        return ended.length === 4 ? ended : false;
      },
      LIMIT_MS * 2,
    );
    expect(images.filter(({ reason }) => reason === 'image-not-readable')).toHaveLength(2);
    await untilNamed(0, 1);
    await session.ask('unlabelPage', { tabId });
  }
});

test.each([
  ['hands all on', 'event.respondWith(fetch(event.request));'],
  ['answers nothing', ''],
])(
  'a redirect that the policy of a page stops, whose worker %s: nothing follows it for us',
  async (_, answer) => {
    site.set('/led-away.jpg', { redirect: `${cdn}/away.jpg` });
    site.set('/away.jpg', { ...photos['/photos/0.jpg'], cors: true });
    await openControlled(answer, '');
    site.set('/policy.html', {
      csp: "img-src 'self'",
      body: `<!doctype html><html lang="en"><title>Policy</title><link rel="icon" href="data:,"><body>${background('/led-away.jpg')}<img ${SIZE} src="/led-away.jpg">`,
    });
    await page.goto(`${site.origin}/policy.html`);
    const asked = () => site.requests.filter(({ path }) => path === '/away.jpg').length;
    const before = asked();
    await session.ask('labelPage', { tabId });
    await waitUntil(
      'both have failed',
      async () => {
        const { images } = await session.ask('getPageReport', { tabId });
        return images.filter(({ state }) => state === 'failed').length === 2;
      },
      LIMIT_MS * 3,
    );
    expect(asked()).toBe(before);
  },
);

test('a frame without scripts shows what is meant for browsers without', async () => {
  const inner = `<noscript><img ${SIZE} src="${site.origin}/photos/0.jpg"></noscript>`;
  await label(`<iframe sandbox ${SIZE} srcdoc='<body style="margin:0">${inner}'></iframe>`);
  await untilNamed(0);
});

test('a background whose address was taken back comes to an end, without an error in the console', async () => {
  await open(`<div id="taken" style="width:200px;height:150px;background-size:cover"></div>`);
  await page.evaluate(async () => {
    const file = await fetch('/photos/0.jpg');
    const address = URL.createObjectURL(await file.blob());
    const taken = document.querySelector<HTMLElement>('#taken');
    if (taken !== null) taken.style.backgroundImage = `url(${address})`;
    await new Promise((resolve) => setTimeout(resolve, 500));
    URL.revokeObjectURL(address);
  });
  await session.ask('labelPage', { tabId });
  await waitUntil(
    'it has come to an end',
    async () => {
      const { images } = await session.ask('getPageReport', { tabId });
      return images.some(({ state }) => state === 'failed' || state === 'labelled');
    },
    LIMIT_MS,
  );
  expect(errors).toEqual([]);
});

test('pictures in the options of a select that is drawn by the page, while it is open', async () => {
  await label(
    `<style>select,::picker(select){appearance:base-select}</style><select id="select"><button>Pick</button><option>${image(0)}</option><option>${image(1)}</option></select>`,
  );
  expect(await labels.shown()).toEqual([]);
  await page.click('#select');
  await untilNamed(0, 1);
});

test('what a mask or a scale of nothing leaves out, until it is shown', async () => {
  await label(
    `${image(0, 'class="away" id="masked"')}${image(1)}<style>.away{mask-image:linear-gradient(#0000,#0000)}.small{transform:scale(0)}</style>`,
  );
  await untilNamed(1);
  await page.evaluate(() => {
    document.querySelector('#masked')?.setAttribute('class', 'small');
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await untilNamed(1);
  await page.evaluate(() => {
    document.querySelector('#masked')?.removeAttribute('class');
  });
  await untilNamed(0, 1);
});
