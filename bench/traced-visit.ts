import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'puppeteer';

import type { FrameProgress } from '../src/messages/protocol';
import type { ExtensionSession } from '../scripts/drive/extension-session';
import { waitUntil } from '../scripts/drive/extension-session/wait-until';
import { tabIdOf } from '../scripts/drive/labelling-progress';
import { type OwnWork, ownWork } from '../scripts/drive/own-work';
import { createTemporaryFolder } from '../scripts/node/temporary-folder';
import { ANSWER_MARK, type SeenLabels, watchOwnLabels } from './watch-labels';

export interface TracedVisit {
  page: Page;
  tabId: number;
  progress: FrameProgress;
  seen: SeenLabels;
  work: OwnWork;
  /** The page's heap before anything was labelled and after all was, without garbage. */
  heapBytes: { before: number; after: number };
  layoutShift: number;
  inferences: number;
}

/** How often it is looked whether all is labelled: asking is work, too. */
const LOOK_MS = 500;
const CATEGORIES = ['devtools.timeline', 'toplevel'];

async function heapBytes(page: Page): Promise<number> {
  const client = await page.createCDPSession();
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize;
}

/** The heap of a page that is not labelled. */
async function plainHeapBytes(session: ExtensionSession, address: string): Promise<number> {
  await session.ask('setLabelAllSites', { enabled: false });
  const page = await session.openPage(address);
  const bytes = await heapBytes(page);
  await page.close();
  await session.ask('setLabelAllSites', { enabled: true });
  return bytes;
}

/**
 * Visits a page without scripts while the browser is traced, until all its images are labelled.
 * The page stays open.
 * @throws Error where an image has no label in time
 */
export async function visitTraced(
  session: ExtensionSession,
  address: string,
  images: number,
  limitMs: number,
): Promise<TracedVisit> {
  const before = await plainHeapBytes(session, address);
  const folder = createTemporaryFolder('alt-lens-trace-');
  const trace = join(folder.path, 'trace.json');
  try {
    // A trace covers the whole browser; it is taken from a page that stays as it is.
    const observer = await session.openPage();
    await observer.tracing.start({ path: trace, categories: CATEGORIES });
    const page = await session.browser.newPage();
    await page.evaluateOnNewDocument(() => {
      const shifts = { sum: 0 };
      Object.assign(globalThis, { benchShifts: shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.sum += (entry as LayoutShift).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const watch = await watchOwnLabels(page, session);
    await page.bringToFront();
    await page.goto(address);
    const tabId = await tabIdOf(session, page);
    let progress: FrameProgress | undefined;
    await waitUntil(
      `all ${images} images are labelled`,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        ({ progress } = await session.ask('getPageState', { tabId }));
        return progress.labelled === images;
      },
      limitMs,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; last ${JSON.stringify(progress)}`);
    });
    await observer.tracing.stop();
    await observer.close();
    const seen = await watch.read();
    await watch.close();
    const { counts } = await session.ask('getPageReport', { tabId });
    const work = ownWork(await readFile(trace, 'utf8'), ANSWER_MARK);
    if (work.calls === 0) throw new Error('The trace shows nothing of the content script.');
    if (progress === undefined) throw new Error('The page tells no progress.');
    return {
      ...{ page, tabId, progress, seen, work },
      heapBytes: { before, after: await heapBytes(page) },
      layoutShift: await page.evaluate(
        () => (globalThis as { benchShifts?: { sum: number } }).benchShifts?.sum ?? Number.NaN,
      ),
      inferences: counts.inferences,
    };
  } finally {
    folder.remove();
  }
}

interface LayoutShift extends PerformanceEntry {
  value: number;
}
