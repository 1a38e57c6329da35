/** With no GPU and many pictures waiting, workers take the queue, and lose nothing when they go. */
import { TargetType } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import type { EngineStatus } from '../../src/core/engine-status';
import { openSession, openSite, type ExtensionSession, type Site, waitUntil } from './harness';
import {
  ALL_HOSTS,
  labelAllSites,
  photoResources,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';

const PICTURES = 60;

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(PICTURES) });
  session = await openSession({ hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
});

/** A page with this many of the pictures, from this one on, all on screen. */
function pageWith(from: number, count: number): string {
  const images = Array.from(
    { length: count },
    (_, index) => `<img width="100" height="75" alt="Photo" src="/photos/${from + index}.jpg">`,
  );
  site.set(`/from-${from}`, {
    body: `<!doctype html><title>Photos</title><link rel="icon" href="data:,">${images.join('')}`,
  });
  return `${site.origin}/from-${from}`;
}

const status = (): Promise<EngineStatus> => session.ask('getEngineStatus', {});

const offscreenDocuments = () =>
  session.browser
    .targets()
    .filter(
      (target) =>
        target.type() === TargetType.BACKGROUND_PAGE || target.url().includes('/src/pool/'),
    );

async function untilWorkers(): Promise<number> {
  return await waitUntil(
    'the workers run',
    async () => (await status()).workers || undefined,
    30_000,
  );
}

test('a few pictures start no worker, many start them, and idle they go', async () => {
  const page = await session.openPage(pageWith(0, 4));
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, ({ labelled }) => labelled === 4);
  expect(await status()).toMatchObject({ backend: 'wasm', workers: 0, inferences: 4 });
  expect(offscreenDocuments()).toEqual([]);

  await page.goto(pageWith(4, 28));
  expect(await untilWorkers()).toBeGreaterThanOrEqual(2);
  await untilProgress(session, tabId, ({ labelled }) => labelled === 28);
  // Each picture once, wherever.
  expect((await status()).inferences).toBe(32);
  const { images, counts } = await session.ask('getPageReport', { tabId });
  expect(counts).toEqual({
    inferences: 28,
    ...{ refetched: 0, refetchedBytes: 0, requests: 0, sentBytes: 0 },
  });
  expect(images.map(({ prediction }) => prediction?.backend)).toEqual(Array(28).fill('wasm'));
  // Some photos are settled by the first look, which is then very sure; the others are seen three times.
  const predictions = images.flatMap(({ prediction }) => prediction ?? []);
  expect(new Set(predictions.map(({ views }) => views))).toEqual(new Set([1, 2]));
  for (const { views, predictions: classes, silence } of predictions) {
    if (views === 2 || silence === 'not-a-photo') continue;
    expect(classes[0]?.probability).toBeGreaterThanOrEqual(0.99);
  }

  await waitUntil('the workers are gone', async () => (await status()).workers === 0, 20_000);
  await waitUntil('their document is gone', () => offscreenDocuments().length === 0, 5_000);
  await page.close();
});

test('workers that are ended in the middle, and a worker that starts anew, lose no picture', async () => {
  const page = await session.openPage(pageWith(32, 28));
  const tabId = await tabIdOf(session, page);
  await untilWorkers();
  const worker = await session.worker();
  await worker.evaluate(() => chrome.offscreen.closeDocument());
  await untilProgress(session, tabId, ({ labelled }) => labelled >= 8);
  await session.stopWorker();
  await untilProgress(session, tabId, ({ labelled }) => labelled === 28);
  const { images } = await session.ask('getPageReport', { tabId });
  expect(images.map(({ state }) => state)).toEqual(Array(28).fill('labelled'));
  await page.close();
});
