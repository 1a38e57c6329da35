/**
 * A page with 2,000 images of 40 pictures: what labelling costs the page, the network and the model,
 * and that a second visit costs nothing.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'puppeteer';
import { beforeAll, expect, test } from 'vitest';

import { countMessages, watchOwnLabels } from '../../bench/watch-labels';
import { ownWork } from '../../scripts/drive/own-work';
import { photoGridPage } from '../../scripts/drive/photo-site';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import { debuggerOf, openSession, openSite, type ExtensionSession, type Site } from './harness';
import {
  labelAllSites,
  ALL_HOSTS,
  photoResources,
  tabIdOf,
  untilProgress,
} from './support/labelled-pages';

const IMAGES = 2000;
const PICTURES = 40;
/** Of another page, all near the first screen, each of its own. */
const DISTINCT = 100;
/** Of what that page's script asks the worker beside its pictures; progress is told by the clock. */
const MOST_OTHERS = 5;
/** Twice a second, by the protocol. */
const PROGRESS_EVERY_MS = 500;

let session: ExtensionSession;
let site: Site;

beforeAll(async () => {
  site = await openSite({ resources: await photoResources(DISTINCT) });
  const cells = Array.from(
    { length: IMAGES },
    (_, index) =>
      `<li><a href="#${index}"><img width="180" height="135" alt="Photo ${index}" src="/photos/${index % PICTURES}.jpg"></a><p>Text ${index}</p>`,
  );
  site.set('/grid.html', {
    body: `<!doctype html><html lang="en"><title>Grid</title>
      <link rel="icon" href="data:,">
      <style>ul{display:grid;grid-template-columns:repeat(6,1fr);list-style:none;padding:0}img{display:block}</style>
      <ul>${cells.join('')}</ul>`,
  });
  session = await openSession({ hostPermissions: ALL_HOSTS });
});

async function openGrid(): Promise<Page> {
  const page = await session.openPage();
  await page.evaluateOnNewDocument(() => {
    const seen = { shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as LayoutShift).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${site.origin}/grid.html`);
  return page;
}

async function megabytes(page: Page): Promise<number> {
  const client = await page.createCDPSession();
  await client.send('HeapProfiler.collectGarbage');
  const { JSHeapUsedSize = 0 } = Object.fromEntries(
    (await page.metrics().then(Object.entries)) as [string, number][],
  );
  await client.detach();
  return JSHeapUsedSize / 1e6;
}

async function workerMegabytes(): Promise<number> {
  const worker = await session.worker();
  const { usedSize } = await debuggerOf(worker).send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

test('2,000 images of 40 pictures take 40 inferences, no request, and no long task', async () => {
  const plain = await openGrid();
  const heapBefore = await megabytes(plain);
  const workerBefore = await workerMegabytes();
  await plain.close();
  const requestsOfThePage = site.requests.length;

  await labelAllSites(session);
  const folder = createTemporaryFolder('alt-lens-trace-');
  const trace = join(folder.path, 'trace.json');
  // A trace covers the whole browser; it is taken from a page that stays as it is.
  const observer = await session.openPage();
  await observer.tracing.start({ path: trace, categories: ['devtools.timeline', 'toplevel'] });
  const grid = await openGrid();
  const tabId = await tabIdOf(session, grid);
  const progress = await untilProgress(session, tabId, ({ labelled }) => labelled === IMAGES);
  await observer.tracing.stop();
  await observer.close();

  expect(progress).toEqual({
    found: IMAGES,
    pending: 0,
    labelled: IMAGES,
    skipped: 0,
    failed: 0,
    far: 0,
    wanted: 0,
  });
  const report = await session.ask('getPageReport', { tabId });
  expect(report.images).toHaveLength(IMAGES);
  expect(report.counts).toEqual({
    inferences: PICTURES,
    refetched: 0,
    refetchedBytes: 0,
    requests: 0,
    sentBytes: 0,
  });
  // Each photo once and the page itself, from the cache or not: as many as without labels, at most.
  expect(site.requests.length - requestsOfThePage).toBeLessThanOrEqual(requestsOfThePage);

  const work = ownWork(await readFile(trace, 'utf8'));
  folder.remove();
  expect(work.calls).toBeGreaterThan(0);
  expect(work.longestTaskMs).toBeLessThan(50);
  const shift = await grid.evaluate(() => (globalThis as { seen?: { shift: number } }).seen?.shift);
  expect(shift).toBe(0);
  console.log(
    JSON.stringify({
      images: IMAGES,
      inferences: report.counts.inferences,
      extraRequests: report.counts.refetched,
      longestOwnTaskMs: work.longestTaskMs,
      ownMsAnImage: work.totalMs / IMAGES,
      layoutShift: shift,
      pageHeapMb: [heapBefore, await megabytes(grid)],
      workerHeapMb: [workerBefore, await workerMegabytes()],
    }),
  );
  await grid.close();
});

test('a second visit takes no inference and no request', async () => {
  const before = (await session.ask('getEngineStatus', {})).inferences;
  const page = await openGrid();
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, ({ labelled }) => labelled === IMAGES);
  const { counts } = await session.ask('getPageReport', { tabId });
  expect(counts).toEqual({
    inferences: 0,
    ...{ refetched: 0, refetchedBytes: 0, requests: 0, sentBytes: 0 },
  });
  expect((await session.ask('getEngineStatus', {})).inferences).toBe(before);
  await page.close();
});

test('a page of 100 photos takes a message a photo and a handful more, and no request', async () => {
  site.set(
    '/distinct.html',
    photoGridPage({
      ...{ title: 'Distinct', images: DISTINCT, pictures: DISTINCT, visit: 'distinct' },
      ...{ columns: 11, width: 88, height: 66 },
    }),
  );
  await labelAllSites(session);
  const page = await session.openPage();
  const watch = await watchOwnLabels(page, session);
  const before = site.requests.length;
  const openedAt = performance.now();
  await page.goto(`${site.origin}/distinct.html`);
  const tabId = await tabIdOf(session, page);
  await untilProgress(session, tabId, ({ labelled }) => labelled === DISTINCT);
  const { counts } = await session.ask('getPageReport', { tabId });
  const messages = countMessages(await watch.read());
  const seconds = (performance.now() - openedAt) / 1000;
  await watch.close();
  await page.close();
  console.log(JSON.stringify({ photos: DISTINCT, messages, seconds }));
  expect(counts).toMatchObject({ refetched: 0, requests: 0, sentBytes: 0 });
  expect(site.requests.length - before).toBeLessThanOrEqual(DISTINCT + 1); // the page, and each photo once
  const { classifyPixels, reportProgress = 0, ...others } = messages;
  // The watch may come after the script's first messages.
  expect(classifyPixels).toBeGreaterThan(DISTINCT / 2);
  expect(classifyPixels).toBeLessThanOrEqual(DISTINCT);
  expect(Object.values(others).reduce((total, count) => total + count, 0)).toBeLessThanOrEqual(
    MOST_OTHERS,
  );
  // The first at once, and the last word on each pause.
  expect(reportProgress).toBeLessThanOrEqual((seconds * 1000) / PROGRESS_EVERY_MS + 2);
});

interface LayoutShift extends PerformanceEntry {
  value: number;
}
