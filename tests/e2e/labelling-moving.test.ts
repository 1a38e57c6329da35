/** Pictures that change without a word of the page: the label of what is not shown any more goes in time. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { asset, openSession, waitUntil, type ExtensionSession } from './harness';
import { watchLabels, type LabelReader } from './support/label-view';
import { ALL_HOSTS, labelAllSites, tabIdOf } from './support/labelled-pages';

/** The looks are 1.5 s apart; the rest is left to a busy machine. */
const LIMIT_MS = 4000;

let session: ExtensionSession;
let server: Server;
let origin = '';
let shown = 0;
let photos: Buffer[] = [];
const pages = new Map<string, string>();

/** A camera: the shown photo ten times a second, as one answer that never ends. */
function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
  const timer = setInterval(() => {
    const photo = photos[shown] ?? Buffer.alloc(0);
    response.write(
      `--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${photo.length}\r\n\r\n`,
    );
    response.write(photo);
    response.write('\r\n');
  }, 100);
  response.on('close', () => {
    clearInterval(timer);
  });
}

beforeAll(async () => {
  const files = ['photos/126175abfdcb1a21.png', 'photos/52d8515abbfaa8ac.png'];
  photos = await Promise.all(
    files.map(
      async (file) =>
        await sharp(await asset(file))
          .jpeg({ quality: 92 })
          .toBuffer(),
    ),
  );
  server = createServer(({ url = '/' }, response) => {
    if (url.startsWith('/camera')) {
      stream(response);
      return;
    }
    const photo = /^\/photo-(\d)/.exec(url)?.[1];
    response.setHeader('content-type', photo === undefined ? 'text/html' : 'image/jpeg');
    response.end(photo === undefined ? (pages.get(url) ?? '') : photos[Number(photo)]);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function open(path: string, body: string): Promise<[Page, number, LabelReader]> {
  pages.set(
    path,
    `<!doctype html><html lang="en"><title>Moving</title><link rel="icon" href="data:,"><body>${body}`,
  );
  const page = await session.openPage(origin + path);
  return [page, await tabIdOf(session, page), await watchLabels(page, session)];
}

/** Shows another picture, and tells after how long the label of the first was gone. */
async function goesAndFollows(labels: LabelReader, change: () => Promise<void>): Promise<number> {
  const [first] = await labels.until('the first label is there', (all) => all.length === 1);
  const at = performance.now();
  await change();
  await labels.until('the first label is gone', (all) =>
    all.every(({ text }) => text !== first?.text),
  );
  const gone = performance.now() - at;
  await labels.until('the other label is there', (all) => all.length === 1);
  return gone;
}

test('a camera that sends one picture after the other', async () => {
  shown = 0;
  const [page, , labels] = await open(
    '/watched.html',
    '<img width="320" height="320" alt="One" src="/camera">',
  );
  const gone = await goesAndFollows(labels, async () => {
    shown = 1;
    await Promise.resolve();
  });
  console.log(`camera: the old label was gone after ${Math.round(gone)} ms`);
  expect(gone).toBeLessThan(LIMIT_MS);
  await page.close();
});

test('a camera in a style, in a drawing or as a button is left alone; a photo beside them is not', async () => {
  const box = 'width: 200px; height: 200px; margin: 8px; background-size: cover';
  const [page, tabId, labels] = await open(
    '/unheard.html',
    `<div style="${box}; background-image: url(/photo-1)"></div>
    <div style="${box}; background-image: url(/camera?background)"></div>
    <div style="${box}; content: url(/camera?content)"></div>
    <svg style="${box}"><image href="/camera?drawing" width="200" height="200"/></svg>
    <input type="image" alt="Go" style="${box}" src="/camera?button">`,
  );
  await page.setViewport({ width: 800, height: 1200 });
  const images = await waitUntil(
    'the cameras are left alone',
    async () => {
      const { images: all } = await session.ask('getPageReport', { tabId });
      return all.filter(({ reason }) => reason === 'unsettled').length === 4 ? all : false;
    },
    20_000,
  );
  expect(images).toHaveLength(5);
  await labels.until('the photo has its label', (all) => all.length === 1);
  // Nor do they get one later: the looks are at most so far apart.
  await new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
  expect(await labels.shown()).toHaveLength(1);
  await page.close();
});

const DRAW = `<script>
  const load = (address) => { const image = Object.assign(new Image(), { src: address }); return image.decode().then(() => image); };
  const draw = async (address) => { const canvas = document.querySelector('canvas');
    canvas.getContext('2d').drawImage(await load(address), 0, 0, canvas.width, canvas.height); };
</script>`;

test('a canvas that is drawn anew, seven times', async () => {
  const [page, , labels] = await open(
    '/canvas.html',
    `<canvas width="320" height="320"></canvas>${DRAW}<script>draw('/photo-0')</script>`,
  );
  const times: number[] = [];
  for (let turn = 1; turn <= 7; turn += 1) {
    times.push(
      await goesAndFollows(labels, async () => {
        await page.evaluate(`draw('/photo-${turn % 2}')`);
      }),
    );
  }
  console.log(`canvas: the old label was gone after ${times.map(Math.round).join(', ')} ms`);
  expect(Math.max(...times)).toBeLessThan(LIMIT_MS);
  await page.close();
});

test('an image whose source is made anew ten times a second has no label until it rests', async () => {
  const [page, tabId, labels] = await open(
    '/blobs.html',
    `<img width="320" height="320" alt="One" src="/photo-0"><script>
      const image = document.querySelector('img');
      let timer, turn = 0, before = '';
      const play = async () => {
        const blobs = await Promise.all([0, 1].map(async (at) => (await fetch('/photo-' + at)).blob()));
        timer = setInterval(() => { URL.revokeObjectURL(before);
          image.src = before = URL.createObjectURL(blobs[turn++ % 2]); }, 100);
      };
    </script>`,
  );
  await labels.until('the label is there', (all) => all.length === 1);
  await page.evaluate('play()');
  await waitUntil(
    'it is left alone',
    async () => {
      const { images } = await session.ask('getPageReport', { tabId });
      return images[0]?.reason === 'unsettled';
    },
    LIMIT_MS + 2000,
  );
  expect(await labels.shown()).toEqual([]);
  const { inferences: before } = (await session.ask('getPageReport', { tabId })).counts;
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect((await session.ask('getPageReport', { tabId })).counts.inferences).toBe(before);
  await page.evaluate('clearInterval(timer)');
  await labels.until('it rests, and has its label', (all) => all.length === 1);
  await page.close();
});
