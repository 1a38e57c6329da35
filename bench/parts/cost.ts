/** What labelling costs the page and the machine: main thread, layout, memory, and what goes on at rest. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Browser, TargetType } from 'puppeteer';

import { type ExtensionSession, openExtensionSession } from '../../scripts/drive/extension-session';
import { launchBrowser } from '../../scripts/drive/chromium/launch';
import { ALL_HOSTS, labelAllSites } from '../../scripts/drive/labelling-progress';
import { photoGridPage, photoResources } from '../../scripts/drive/photo-site';
import { type Site, startSite } from '../../scripts/drive/serve';
import { createTemporaryFolder } from '../../scripts/node/temporary-folder';
import { buildEmptyWorker } from '../build-contenders';
import { extensionProcesses, privateBytes, processTree } from '../process-facts';
import { untilPoolClosed } from '../pool-size';
import type { BenchRun, PartInRounds, PartResult } from '../run';
import { mean, type Summary, summarize } from '../statistics';
import { digits, spread, type Table } from '../table';
import { type TracedVisit, visitTraced } from '../traced-visit';
import { countWakeUps, type WakeUps } from '../wake-ups';
import { countMessages } from '../watch-labels';

interface PageKind {
  title: string;
  images: number;
  pictures: number;
  columns: number;
  width: number;
  height: number;
}

const MANY: PageKind = {
  ...{ title: '2,000 images of 40 photos', images: 2000, pictures: 40 },
  ...{ columns: 6, width: 180, height: 135 },
};
/** Small enough to be all on the first screen or the next. */
const DISTINCT: PageKind = {
  ...{ title: '120 distinct photos', images: 120, pictures: 120 },
  ...{ columns: 11, width: 100, height: 70 },
};
const VISIT_LIMIT_MS = 120_000;
const IDLE_MS = 30_000;
const QUICK_IDLE_MS = 2_000;
/** What the last label started has ended by then: measuring in idle slices, progress, badge. */
const CALM_MS = 3_000;
const WORKER_LIMIT_MS = 20_000;

interface PageFigures extends PageKind {
  /** Processor time of our script and its microtasks on the page's main thread, over the images labelled. */
  mainThreadMsAnImage: number;
  /** The same between one answer and the next; empty where hardly anything was asked. */
  mainThreadMsAnAnswer: Summary;
  longestTaskMs: number;
  layoutShift: number;
  inferences: number;
  heapBytes: { before: number; after: number };
  messages: Record<string, number>;
}

interface IdleFigures extends WakeUps {
  seconds: number;
  /** Processor time of the two processes meanwhile; null where one ended. */
  pageProcessorMs: number | null;
  extensionProcessorMs: number | null;
}

interface MemoryFigures {
  /** Private memory of the extension's processes; null where the system tells none. */
  privateBytes: number | null;
  /** Of the worker, without garbage. */
  heapBytes: number;
  backingStoreBytes: number;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

async function visit(session: ExtensionSession, site: Site, kind: PageKind): Promise<TracedVisit> {
  const path = `/cost-${kind.images}.html`;
  site.set(path, photoGridPage({ ...kind, visit: String(kind.images) }));
  await session.ask('clearCache', {});
  await session.ask('startEngine', {});
  return visitTraced(session, site.origin + path, kind.images, VISIT_LIMIT_MS);
}

function pageFigures(kind: PageKind, { work, ...visited }: TracedVisit): PageFigures {
  const { layoutShift, inferences, heapBytes, seen } = visited;
  if (inferences !== kind.pictures) {
    throw new Error(`${inferences} inferences for ${kind.pictures} distinct photos.`);
  }
  return {
    ...kind,
    mainThreadMsAnImage: work.totalMs / kind.images,
    mainThreadMsAnAnswer: summarize(work.betweenMarksMs),
    longestTaskMs: work.longestTaskMs,
    ...{ layoutShift, inferences, heapBytes },
    messages: countMessages(seen),
  };
}

async function extensionPids(browser: Browser): Promise<number[] | null> {
  const tree = await processTree(browser.process()?.pid ?? 0);
  return tree === null ? null : extensionProcesses(tree).map(({ id }) => id);
}

async function workerMemory(browser: Browser): Promise<MemoryFigures> {
  const target = await browser.waitForTarget((each) => each.type() === TargetType.SERVICE_WORKER, {
    timeout: WORKER_LIMIT_MS,
  });
  const worker = await target.worker();
  if (worker === null) throw new Error('The worker has gone.');
  await worker.client.send('HeapProfiler.collectGarbage');
  const usage = await worker.client.send('Runtime.getHeapUsage');
  const pids = await extensionPids(browser);
  const each = await Promise.all((pids ?? []).map(privateBytes));
  return {
    privateBytes: pids === null ? null : each.reduce((sum, bytes) => sum + bytes, 0),
    heapBytes: usage.usedSize,
    backingStoreBytes: usage.backingStorageSize,
  };
}

/** Processor time of each of the browser's processes so far, milliseconds by process id. */
async function processorTimes(browser: Browser): Promise<Map<number, number>> {
  const client = await browser.target().createCDPSession();
  try {
    const { processInfo } = await client.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime * 1000]));
  } finally {
    await client.detach();
  }
}

/** The page stays as it is for a while; nobody asks anything. */
async function watchIdle(
  session: ExtensionSession,
  { page }: TracedVisit,
  idleMs: number,
): Promise<IdleFigures> {
  await page.bringToFront();
  await untilPoolClosed(session);
  await wait(CALM_MS);
  const worker = await session.worker();
  const folder = createTemporaryFolder('alt-lens-idle-');
  const trace = join(folder.path, 'trace.json');
  const quiet = {
    pageMark: 'bench-page',
    workerMark: 'bench-worker',
    afterMs: 500,
    lengthMs: idleMs,
  };
  const mark = (text: string): void => {
    console.timeStamp(text);
  };
  try {
    await page.tracing.start({ path: trace, categories: ['devtools.timeline', 'toplevel'] });
    await page.evaluate(mark, quiet.pageMark);
    await worker.evaluate(mark, quiet.workerMark);
    await wait(quiet.afterMs);
    const before = await processorTimes(session.browser);
    await wait(idleMs);
    const after = await processorTimes(session.browser);
    await page.tracing.stop();
    const wakeUps = countWakeUps(await readFile(trace, 'utf8'), quiet);
    const spent = (pid: number): number | null =>
      after.has(pid) ? (after.get(pid) ?? 0) - (before.get(pid) ?? 0) : null;
    return {
      seconds: idleMs / 1000,
      ...wakeUps,
      pageProcessorMs: spent(wakeUps.pagePid),
      extensionProcessorMs: spent(wakeUps.extensionPid),
    };
  } finally {
    folder.remove();
  }
}

/** A worker with tfjs and nothing else, beside one blank document of its extension as ours has beside it. */
async function emptyWorkerMemory(): Promise<MemoryFigures> {
  const folder = await buildEmptyWorker();
  const { browser, extensionId, close } = await launchBrowser({ extensionDir: folder.path });
  try {
    const page = await browser.newPage();
    await page.goto(`chrome-extension://${extensionId}/manifest.json`);
    const target = await browser.waitForTarget(
      (each) => each.type() === TargetType.SERVICE_WORKER,
      { timeout: WORKER_LIMIT_MS },
    );
    const worker = await target.worker();
    const isReady = await worker?.evaluate(() => globalThis.isTfjsReady);
    if (isReady !== true) throw new Error('tfjs does not start in the empty worker.');
    await wait(CALM_MS);
    return await workerMemory(browser);
  } finally {
    await close();
    folder.remove();
  }
}

/** The page of many images and the worker's memory after it, for two builds in turn. */
export async function costRounds(run: BenchRun): Promise<PartInRounds> {
  const kind = run.isQuick ? { ...MANY, images: 60, pictures: 20 } : MANY;
  const site = await startSite({ resources: await photoResources(kind.pictures) });
  return {
    open: async ({ extensionDir }) => {
      const session = await openExtensionSession({ extensionDir, hostPermissions: ALL_HOSTS });
      await session.ask('startEngine', {});
      await labelAllSites(session);
      return {
        measure: async () => {
          const visited = await visit(session, site, kind);
          const memory = await workerMemory(session.browser);
          await visited.page.close();
          const figures = pageFigures(kind, visited);
          return {
            'main thread, ms an image': [figures.mainThreadMsAnImage],
            'main thread, ms an answer': figures.mainThreadMsAnAnswer.samples,
            'longest task, ms': [figures.longestTaskMs],
            'page heap added, MB': [(figures.heapBytes.after - figures.heapBytes.before) / 1e6],
            'worker heap, MB': [memory.heapBytes / 1e6],
            'extension, private MB':
              memory.privateBytes === null ? [] : [memory.privateBytes / 1e6],
          };
        },
        close: session.close,
      };
    },
    close: site.close,
  };
}

interface MemoryStages {
  empty: MemoryFigures;
  afterStart: MemoryFigures;
  engineLoaded: MemoryFigures;
  afterPages: MemoryFigures;
  atRest: MemoryFigures;
}

export async function cost(run: BenchRun): Promise<PartResult> {
  const kinds = run.isQuick
    ? [
        { ...MANY, title: '60 images of 20 photos', images: 60, pictures: 20 },
        { ...DISTINCT, title: '20 distinct photos', images: 20, pictures: 20 },
      ]
    : [MANY, DISTINCT];
  const site = await startSite({
    resources: await photoResources(Math.max(...kinds.map(({ pictures }) => pictures))),
  });
  const pages: PageFigures[] = [];
  let session: ExtensionSession | undefined;
  try {
    run.say('cost: an empty worker');
    const empty = await emptyWorkerMemory();
    session = await openExtensionSession({
      extensionDir: run.extensionDir,
      hostPermissions: ALL_HOSTS,
    });
    const { browser } = session;
    await wait(CALM_MS);
    const afterStart = await workerMemory(browser);
    await session.ask('startEngine', {});
    await labelAllSites(session);
    const engineLoaded = await workerMemory(browser);
    let last: TracedVisit | undefined;
    for (const kind of kinds) {
      await last?.page.close();
      run.say(`cost: ${kind.title}`);
      last = await visit(session, site, kind);
      pages.push(pageFigures(kind, last));
    }
    if (last === undefined) throw new Error('No page was visited.');
    const afterPages = await workerMemory(browser);
    const idleMs = run.isQuick ? QUICK_IDLE_MS : IDLE_MS;
    run.say(`cost: nothing happens for ${idleMs / 1000} s`);
    const idle = await watchIdle(session, last, idleMs);
    const atRest = await workerMemory(browser);
    const memory = { empty, afterStart, engineLoaded, afterPages, atRest };
    return {
      figures: { pages, idle, memory },
      tables: [pagesTable(pages), memoryTable(memory), idleTable(idle)],
    };
  } finally {
    await session?.close();
    await site.close();
  }
}

function megabytes(bytes: number | null): string {
  return bytes === null ? '–' : digits(bytes / 1e6);
}

function pagesTable(pages: readonly PageFigures[]): Table {
  return {
    title: 'What labelling costs a page, default settings',
    columns: [
      ...['page', 'main thread: ms an image', 'ms an answer', 'mean', 'longest task, ms'],
      ...['layout shift', 'heap before, MB', 'after'],
    ],
    rows: pages.map((each) => [
      each.title,
      digits(each.mainThreadMsAnImage),
      spread(each.mainThreadMsAnAnswer),
      digits(mean(each.mainThreadMsAnAnswer.samples)),
      digits(each.longestTaskMs),
      String(each.layoutShift),
      megabytes(each.heapBytes.before),
      megabytes(each.heapBytes.after),
    ]),
    notes: [
      'Processor time of our script and of its microtasks; “an answer”: from one picture’s answer to the next one’s.',
    ],
  };
}

function memoryTable({ empty, ...stages }: MemoryStages): Table {
  const titles: Record<keyof typeof stages, string> = {
    afterStart: 'ours, engine not loaded',
    engineLoaded: 'engine loaded',
    afterPages: 'just after the pages',
    atRest: 'at rest',
  };
  const row = (title: string, each: MemoryFigures): string[] => [
    title,
    megabytes(each.privateBytes),
    each.privateBytes === null || empty.privateBytes === null
      ? '–'
      : megabytes(each.privateBytes - empty.privateBytes),
    megabytes(each.heapBytes),
    megabytes(each.backingStoreBytes),
  ];
  return {
    title: 'Memory of the extension’s processes',
    columns: ['', 'private, MB', 'above empty', 'worker heap, MB', 'array buffers, MB'],
    rows: [
      row('a worker with tfjs and wasm alone', empty),
      ...Object.entries(stages).map(([stage, each]) =>
        row(titles[stage as keyof typeof stages], each),
      ),
    ],
    notes: ['Private: anonymous resident and swapped memory, as Linux counts it.'],
  };
}

function idleTable(idle: IdleFigures): Table {
  const row = (title: string, count: number, milliseconds: number | null): string[] => [
    title,
    String(count),
    milliseconds === null ? '–' : digits(milliseconds),
  ];
  return {
    title: `Labelling is on, and nothing happens for ${idle.seconds} s`,
    columns: ['', 'wake-ups', 'processor, ms'],
    rows: [
      row('page', idle.inPage, idle.pageProcessorMs),
      row('extension', idle.inExtension, idle.extensionProcessorMs),
    ],
  };
}
