/** What really goes out, seen by a proxy that all traffic has to pass, against what the extension counts. */
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PageReport } from '../../src/messages/protocol';
import { type ExtensionSession, openSession, openSite, type Resource, type Site } from './harness';
import { watchCard } from './support/card-view';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

const PAGE_HOST = 'http://photos.example';
const OTHER_HOST = 'http://cdn.example';
/** So that no cache answers: each request goes out. */
const UNSTORED = { headers: { 'cache-control': 'no-store' } };
/** A file that nobody may keep; undated it would be taken for one that is made anew for each request. */
const UNSTORED_FILE = {
  headers: { ...UNSTORED.headers, 'last-modified': 'Wed, 01 Jul 2026 10:00:00 GMT' },
};

interface Passed {
  method: string;
  url: string;
  bodyBytes: number;
  referrer: string | null;
}

let site: Site;
let proxy: Server;
let session: ExtensionSession;
/** As installed: without access to any site. */
let installed: ExtensionSession;
const passed: Passed[] = [];

/** A proxy that sends every request to the site, whatever its host, and keeps what came by. */
function startProxy(port: number): Server {
  return createServer((incoming, outgoing) => {
    const { pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const entry = {
      ...{ method: method ?? '', url: incoming.url ?? '', bodyBytes: 0 },
      referrer: headers.referer ?? null,
    };
    passed.push(entry);
    const onward = forward(
      { port, method, headers, host: '127.0.0.1', path: pathname + search },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.on('data', (chunk: Buffer) => {
      entry.bodyBytes += chunk.length;
    });
    incoming.pipe(onward);
  }).on('connect', (incoming, socket) => {
    passed.push({ method: 'CONNECT', url: incoming.url ?? '', bodyBytes: 0, referrer: null });
    socket.end('HTTP/1.1 502 Not here\r\n\r\n');
  });
}

/** What passed for the pages under test: a browser asks for things of its own, too. */
function passedSince(start: number): Passed[] {
  const isOfPage = ({ url }: Passed): boolean =>
    [PAGE_HOST, OTHER_HOST].some((host) => url.startsWith(`${host}/`));
  return passed.slice(start).filter(isOfPage);
}

beforeAll(async () => {
  const photos = await photoResources(6);
  site = await openSite();
  for (const [path, resource] of Object.entries(photos)) {
    site.set(path, { ...resource, ...UNSTORED_FILE });
    site.set(`/shared${path}`, { ...resource, ...UNSTORED_FILE, cors: true });
  }
  proxy = startProxy(site.port);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const args = [`--proxy-server=http://127.0.0.1:${port}`];
  session = await openSession({ hostPermissions: ALL_HOSTS, args });
  installed = await openSession({ args });
});

afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
});

/** Shows a page, then labels all its images. What went out only for the labels, and the counts. */
async function labelled(
  path: string,
  images: readonly string[],
): Promise<{ wentOut: Passed[]; counts: PageReport['counts'] }> {
  site.set(path, {
    ...UNSTORED,
    body: `<!doctype html><html lang="en"><title>Photos</title><link rel="icon" href="data:,"><body>${images.join('')}`,
  });
  const page = await session.openPage(PAGE_HOST + path);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const tabId = await tabIdOf(session, page);
  const start = passed.length;
  expect(passedSince(0).some(({ url }) => url === PAGE_HOST + path)).toBe(true);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, (now) => now.labelled === images.length);
  const { counts } = await session.ask('getPageReport', { tabId });
  const wentOut = passedSince(start);
  await page.close();
  return { wentOut, counts };
}

const image = (address: string) => `<img width="200" height="150" alt="One" src="${address}">`;
const sentBytes = (requests: readonly Passed[]) =>
  requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);

test('the page’s own images: nothing goes out, nothing is counted', async () => {
  const { wentOut, counts } = await labelled('/own.html', [
    image('/photos/0.jpg'),
    image('/photos/1.jpg'),
  ]);
  expect(wentOut).toEqual([]);
  expect(counts).toMatchObject({ inferences: 2, refetched: 0, requests: 0, sentBytes: 0 });
});

test('images of another site: every request that goes out is counted, with the bytes that it sends', async () => {
  const { wentOut, counts } = await labelled('/other.html', [
    // Read by the page, as the other site allows.
    image(`${OTHER_HOST}/shared/photos/2.jpg`),
    // Refused to the page, so fetched by the worker.
    image(`${OTHER_HOST}/photos/3.jpg?size=large`),
  ]);
  expect(wentOut.length).toBeGreaterThan(1);
  expect(counts.requests).toBe(wentOut.length);
  expect(counts.sentBytes).toBe(sentBytes(wentOut));
  expect(counts.refetched).toBe(2);
  const files = await Promise.all(
    wentOut.map(
      async ({ url }) => (await (await fetch(url.replace(OTHER_HOST, site.origin))).blob()).size,
    ),
  );
  expect(counts.refetchedBytes).toBe([...new Set(files)].reduce((sum, bytes) => sum + bytes, 0));
  expect(new Set(wentOut.map(({ referrer }) => referrer))).toEqual(new Set([null]));
  // What is sent besides bodies: addresses, and only those that the page itself asked for.
  expect(new Set(wentOut.map(({ method, url }) => `${method} ${url}`))).toEqual(
    new Set([`GET ${OTHER_HOST}/shared/photos/2.jpg`, `GET ${OTHER_HOST}/photos/3.jpg?size=large`]),
  );
});

test('a background is read as the page holds it: nothing goes out, nothing is counted', async () => {
  const { wentOut, counts } = await labelled('/background.html', [
    '<div role="img" aria-label="One" style="width:400px;height:300px;background:url(/photos/4.jpg)"></div>',
  ]);
  expect(wentOut).toEqual([]);
  expect(counts).toMatchObject({ refetched: 0, requests: 0, sentBytes: 0 });
});

const SIZE = 'width:200px;height:150px';
/** Every way in which a page shows the picture at an address. */
const KINDS: Record<string, (address: string) => string> = {
  'an image': (src) => `<img id="it" width="200" height="150" alt="One" src="${src}">`,
  'a chosen source': (src) =>
    `<picture><source srcset="${src}"><img id="it" width="200" height="150" alt="One"></picture>`,
  'a background': (src) => `<div id="it" style="${SIZE};background:url(${src})"></div>`,
  'CSS content': (src) => `<div id="it" style="${SIZE};content:url(${src})"></div>`,
  'a pseudo-element': (src) =>
    `<style>#it::before{content:"";display:block;${SIZE};background:url(${src})}</style><div id="it" style="${SIZE}"></div>`,
  'an image in an SVG': (src) =>
    `<svg id="it" width="200" height="150"><image width="200" height="150" href="${src}"/></svg>`,
  'a poster': (src) => `<video id="it" width="200" height="150" poster="${src}"></video>`,
  'an image button': (src) =>
    `<input id="it" type="image" alt="One" width="200" height="150" src="${src}">`,
  'an object': (src) =>
    `<object id="it" type="image/jpeg" width="200" height="150" data="${src}"></object>`,
  'an embed': (src) => `<embed id="it" type="image/jpeg" width="200" height="150" src="${src}">`,
};

const BLOCKING: Record<string, { head?: string; resource?: Partial<Resource> }> = {
  'img-src': { resource: { csp: "img-src 'none'; object-src 'none'" } },
  'default-src': { resource: { csp: "default-src 'none'; style-src 'unsafe-inline'" } },
  'a policy in the page': {
    head: `<meta http-equiv="Content-Security-Policy" content="img-src 'none'; object-src 'none'">`,
  },
};

/** The page's own link for an icon would be one more request. */
async function openBlocked(
  from: ExtensionSession,
  path: string,
  blocking: keyof typeof BLOCKING,
  body: string,
) {
  const { head = '', resource = {} } = BLOCKING[blocking] ?? {};
  site.set(path, {
    ...UNSTORED,
    ...resource,
    body: `<!doctype html><html lang="en"><title>Blocked</title><link rel="icon" href="data:,">${head}<body style="margin:40px">${body}`,
  });
  return await from.openPage(PAGE_HOST + path);
}

/** What was asked of the network for pictures. */
const pictures = (start: number) =>
  passedSince(start).filter(({ url }) => url.includes('/photos/'));

test.each(Object.keys(BLOCKING))(
  'pictures that %s keeps from the page are not asked for by its labels, with access to all sites',
  async (blocking) => {
    const start = passed.length;
    const hosts = [PAGE_HOST, OTHER_HOST, `${OTHER_HOST}/shared`];
    const bodies = hosts.flatMap((host, at) =>
      Object.values(KINDS).map((kind, number) =>
        kind(`${host}/photos/${number % 6}.jpg`).replaceAll('it', `k${at}-${number}`),
      ),
    );
    const page = await openBlocked(session, '/blocked.html', blocking, bodies.join(''));
    const tabId = await tabIdOf(session, page);
    await session.ask('labelPage', { tabId });
    // Without its picture an image is not asked about, and an object has no box.
    const asked = hosts.length * (Object.keys(KINDS).length - 3);
    const now = await untilProgress(session, tabId, ({ failed }) => failed >= asked);
    expect(now.labelled).toBe(0);
    const { images, counts } = await session.ask('getPageReport', { tabId });
    const failed = images.filter(({ state }) => state === 'failed');
    expect(new Set(failed.map(({ reason }) => reason))).toEqual(new Set(['image-blocked']));
    expect(pictures(start)).toEqual([]);
    expect(counts).toMatchObject({ requests: 0, refetched: 0 });
    await page.close();
  },
);

test('pictures whose answers are kept from the page (COEP) are not asked for again', async () => {
  const cdn = site.originAs('cdn.localhost');
  const bodies = Object.values(KINDS).map((kind, number) =>
    kind(`${cdn}/photos/${number % 6}.jpg`).replaceAll('it', `k${number}`),
  );
  site.set('/coep.html', {
    headers: { ...UNSTORED.headers, 'cross-origin-embedder-policy': 'require-corp' },
    body: `<!doctype html><html lang="en"><title>Kept</title><link rel="icon" href="data:,"><body>${bodies.join('')}`,
  });
  // A policy of secure contexts; what comes from loopback is one, and passes no proxy.
  const page = await session.openPage(`${site.origin}/coep.html`);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const tabId = await tabIdOf(session, page);
  const before = site.requests.length;
  await session.ask('labelPage', { tabId });
  const asked = bodies.length - 3;
  await untilProgress(session, tabId, ({ failed }) => failed >= asked);
  await session.describe(page, '#k0');
  expect(site.requests.slice(before)).toEqual([]);
  await page.close();
});

test.each(Object.entries(KINDS).filter(([name]) => name !== 'an object'))(
  'a right-click on %s that was kept from the page asks for nothing',
  async (name, kind) => {
    for (const from of [session, installed]) {
      for (const host of [PAGE_HOST, OTHER_HOST]) {
        const start = passed.length;
        const page = await openBlocked(
          from,
          '/click.html',
          'img-src',
          kind(`${host}/photos/1.jpg`),
        );
        const isImage = name === 'an image' || name === 'a chosen source';
        const options = isImage ? {} : ({ menuItemId: 'classify-here' } as const);
        const { result } = await from.describe(page, '#it', options);
        expect(result).toMatchObject({ ok: false, error: { code: 'image-blocked' } });
        expect(pictures(start)).toEqual([]);
        await page.close();
      }
    }
  },
);

test('a picture that was kept from the page is fetched once the person confirms it', async () => {
  const address = `${OTHER_HOST}/photos/2.jpg`;
  const page = await openBlocked(
    session,
    '/confirm.html',
    'img-src',
    image(address).replace('<img', '<img id="it"'),
  );
  const card = await watchCard(page);
  const start = passed.length;
  await session.describe(page, '#it');
  expect(pictures(start)).toEqual([]);
  await card.settled();
  const again = Date.now();
  await card.press('Try again');
  const { result } = await session.waitForOutcome(again);
  expect(result).toMatchObject({ ok: true, prediction: { rung: 'worker-fetch' } });
  expect(pictures(start)).toMatchObject([{ url: address, referrer: null }]);
  await page.close();
});

test('a picture that was kept from the page and is not there is not found, once the person had it asked for', async () => {
  const address = `${OTHER_HOST}/photos/none.jpg`;
  const page = await openBlocked(
    session,
    '/confirm-none.html',
    'img-src',
    image(address).replace('<img', '<img id="it"'),
  );
  const card = await watchCard(page);
  const first = await session.describe(page, '#it');
  expect(first.result).toMatchObject({ ok: false, error: { code: 'image-blocked' } });
  await card.settled();
  const again = Date.now();
  await card.press('Try again');
  const { result } = await session.waitForOutcome(again);
  expect(result).toMatchObject({ ok: false, error: { code: 'image-not-found' } });
  await page.close();
});

test('a page that exchanges a loaded picture for a blocked one, and back, gets neither for the other', async () => {
  const start = passed.length;
  const allowed = `${OTHER_HOST}/photos/3.jpg`;
  const kept = `${PAGE_HOST}/photos/5.jpg`;
  site.set('/swap.html', {
    ...UNSTORED,
    csp: `default-src 'unsafe-inline'; img-src ${OTHER_HOST} data:`,
    body: `<!doctype html><link rel="icon" href="data:,">${image(allowed)}<script>
      const [shown] = document.images;
      onload = () => setInterval(() => { shown.src = shown.src === '${allowed}' ? '${kept}' : '${allowed}'; }, 15);
    </script>`,
  });
  const page = await session.openPage(`${PAGE_HOST}/swap.html`);
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(pictures(start).filter(({ url }) => url === kept)).toEqual([]);
  await page.close();
});

test('without access a picture that no cache holds is asked for once by us in a document’s life, and counted', async () => {
  const closed = `${OTHER_HOST}/photos/4.jpg`;
  const shared = `${OTHER_HOST}/shared/photos/5.jpg`;
  site.set('/once.html', {
    ...UNSTORED,
    body: `<!doctype html><html lang="en"><title>Once</title><link rel="icon" href="data:,"><body style="margin:40px">${image(closed).replace('<img', '<img id="closed"')}${image(shared).replace('<img', '<img id="shared"')}`,
  });
  const page = await installed.openPage(`${PAGE_HOST}/once.html`);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const start = passed.length;
  for (const place of ['#closed', '#shared', '#closed', '#shared']) {
    await installed.describe(page, place);
  }
  const tabId = await tabIdOf(installed, page);
  await installed.ask('labelPage', { tabId });
  const until = ({ labelled, failed }: { labelled: number; failed: number }) =>
    labelled === 1 && failed === 1;
  await untilProgress(installed, tabId, until);
  const { settings } = await installed.ask('setSettings', { settings: { views: 1 } });
  expect(settings.views).toBe(1);
  await installed.ask('unlabelPage', { tabId });
  await installed.ask('labelPage', { tabId });
  await untilProgress(installed, tabId, until);
  const wentOut = pictures(start);
  expect(wentOut.map(({ url }) => url).sort()).toEqual([closed, shared].sort());
  expect(wentOut.map(({ referrer }) => referrer)).toEqual([null, null]);
  const { counts } = await installed.ask('getPageReport', { tabId });
  expect(counts).toMatchObject({ requests: 2, refetched: 2, sentBytes: 0 });
  await page.close();
});

test('a redirect is not followed to wherever it leads', async () => {
  const address = `${OTHER_HOST}/photos/moving.jpg`;
  const resource = (await photoResources(1))['/photos/0.jpg'];
  site.set('/photos/moving.jpg', { ...resource, ...UNSTORED });
  site.set('/moving.html', {
    ...UNSTORED,
    body: `<!doctype html><link rel="icon" href="data:,">${image(address)}`,
  });
  const page = await session.openPage(`${PAGE_HOST}/moving.html`);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const start = passed.length;
  site.set('/photos/moving.jpg', { ...UNSTORED, redirect: 'http://192.168.7.7/photos/0.jpg' });
  const tabId = await tabIdOf(session, page);
  await session.ask('labelPage', { tabId });
  await untilProgress(session, tabId, ({ failed }) => failed === 1);
  expect(
    new Set(passed.slice(start).flatMap(({ url }) => (url.includes('/photos/') ? [url] : []))),
  ).toEqual(new Set([address]));
  await page.close();
});
