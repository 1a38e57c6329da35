/** What really goes out, seen by a proxy that all traffic has to pass, against what the extension counts. */
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PageReport } from '../../src/messages/protocol';
import { type ExtensionSession, openSession, openSite, type Site } from './harness';
import { ALL_HOSTS, photoResources, tabIdOf, untilProgress } from './support/labelled-pages';

const PAGE_HOST = 'http://photos.example';
const OTHER_HOST = 'http://cdn.example';
/** So that no cache answers: each request goes out. */
const UNSTORED = { headers: { 'cache-control': 'no-store' } };

interface Passed {
  method: string;
  url: string;
  bodyBytes: number;
}

let site: Site;
let proxy: Server;
let session: ExtensionSession;
const passed: Passed[] = [];

/** A proxy that sends every request to the site, whatever its host, and keeps what came by. */
function startProxy(port: number): Server {
  return createServer((incoming, outgoing) => {
    const { pathname, search } = new URL(incoming.url ?? '');
    const entry = { method: incoming.method ?? '', url: incoming.url ?? '', bodyBytes: 0 };
    passed.push(entry);
    const { method, headers } = incoming;
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
    passed.push({ method: 'CONNECT', url: incoming.url ?? '', bodyBytes: 0 });
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
    site.set(path, { ...resource, ...UNSTORED });
    site.set(`/shared${path}`, { ...resource, ...UNSTORED, cors: true });
  }
  proxy = startProxy(site.port);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  session = await openSession({
    hostPermissions: ALL_HOSTS,
    args: [`--proxy-server=http://127.0.0.1:${port}`],
  });
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
  expect(counts.refetched).toBe(1);
  // What is sent besides bodies: addresses, and only those that the page itself asked for.
  expect(new Set(wentOut.map(({ method, url }) => `${method} ${url}`))).toEqual(
    new Set([`GET ${OTHER_HOST}/shared/photos/2.jpg`, `GET ${OTHER_HOST}/photos/3.jpg?size=large`]),
  );
});

test('a background of the page’s own site is asked for once more, and counted, whoever answers', async () => {
  const { wentOut, counts } = await labelled('/background.html', [
    '<div role="img" aria-label="One" style="width:400px;height:300px;background:url(/photos/4.jpg)"></div>',
  ]);
  expect(counts.requests).toBe(1);
  expect(wentOut.length).toBeLessThanOrEqual(1);
  expect(counts.sentBytes).toBe(sentBytes(wentOut));
});
