/** Pages of 10 to 10,000 images: does the cost grow with them, or faster? */
import type { ExtensionSession } from '../../scripts/drive/extension-session';
import { debuggerOf, openExtensionSession } from '../../scripts/drive/extension-session';
import { ALL_HOSTS } from '../../scripts/drive/labelling-progress';
import { photoGridPage, photoResources } from '../../scripts/drive/photo-site';
import { type Site, startSite } from '../../scripts/drive/serve';
import type { BenchRun, PartInRounds, PartResult } from '../run';
import { digits } from '../table';
import { type TracedVisit, visitTraced } from '../traced-visit';
import { countMessages, lastAnswerAt } from '../watch-labels';

const SIZES = [10, 100, 1000, 10_000];
const QUICK_SIZES = [10, 40];
/** More images than these repeat them: ten thousand inferences would be the model's time, not the page's. */
const MAX_PICTURES = 200;
/** So small that all distinct pictures are on the first screen or the next: what is farther is not read. */
const CELL = { columns: 11, width: 88, height: 66 };
const VISIT_LIMIT_MS = 240_000;

interface Grown {
  images: number;
  pictures: number;
  inferences: number;
  /** From the navigation to the last answer, or to the last word on progress (which comes up to 500 ms late). */
  lastLabelMs: number;
  /** Processor time of our script on the page's main thread. */
  mainThreadMs: number;
  mainThreadMsAnImage: number;
  /** All of the thread: the browser's layout, painting and observers, too. */
  wholeThreadMs: number;
  longestTaskMs: number;
  messages: Record<string, number>;
  messageCount: number;
  pageHeapBytes: number;
  workerHeapBytes: number;
}

function lastLabelMs({ seen }: TracedVisit, hasRepeats: boolean): number {
  const told = seen.messages.filter(({ type }) => type === 'reportProgress').at(-1)?.sentAt;
  const last = hasRepeats ? told : lastAnswerAt(seen);
  if (last === null || last === undefined) throw new Error('No moment of the last label.');
  return last;
}

async function grow(session: ExtensionSession, site: Site, images: number): Promise<Grown> {
  const pictures = Math.min(images, MAX_PICTURES);
  const path = `/grown-${images}.html`;
  site.set(path, photoGridPage({ title: path, images, pictures, visit: String(images), ...CELL }));
  await session.ask('clearCache', {});
  await session.ask('startEngine', {});
  const visit = await visitTraced(session, site.origin + path, images, VISIT_LIMIT_MS);
  const { work, seen, heapBytes, inferences } = visit;
  await visit.page.close();
  if (inferences !== pictures) {
    throw new Error(`${inferences} inferences for ${pictures} distinct pictures.`);
  }
  const worker = await session.worker();
  const { usedSize } = await debuggerOf(worker).send('Runtime.getHeapUsage');
  const messages = countMessages(seen);
  return {
    ...{ images, pictures, inferences, messages },
    lastLabelMs: lastLabelMs(visit, images > pictures),
    mainThreadMs: work.totalMs,
    mainThreadMsAnImage: work.totalMs / images,
    wholeThreadMs: work.threadMs,
    longestTaskMs: work.longestTaskMs,
    messageCount: seen.messages.length,
    pageHeapBytes: heapBytes.after - heapBytes.before,
    workerHeapBytes: usedSize,
  };
}

export async function growth(run: BenchRun): Promise<PartResult> {
  const sizes = run.isQuick ? QUICK_SIZES : SIZES;
  const site = await startSite({
    resources: await photoResources(Math.min(MAX_PICTURES, Math.max(...sizes)), {
      width: 260,
      height: 195,
    }),
  });
  const grown: Grown[] = [];
  let session: ExtensionSession | undefined;
  try {
    session = await openExtensionSession({
      extensionDir: run.extensionDir,
      hostPermissions: ALL_HOSTS,
    });
    await session.ask('setSettings', { settings: { views: 1 } });
    for (const images of sizes) {
      run.say(`growth: ${images} images`);
      grown.push(await grow(session, site, images));
    }
  } finally {
    await session?.close();
    await site.close();
  }
  return {
    figures: { views: 1, sizes: grown },
    tables: [
      {
        title: 'Growth, one view',
        columns: [
          ...['images', 'distinct', 'last label, s', 'ms a distinct one', 'main thread, ms'],
          ...[
            'ms an image',
            'with the browser’s, ms',
            'longest task, ms',
            'messages',
            'page heap, MB',
            'worker heap, MB',
          ],
        ],
        rows: grown.map((each) => [
          String(each.images),
          String(each.pictures),
          digits(each.lastLabelMs / 1000),
          digits(each.lastLabelMs / each.pictures),
          digits(each.mainThreadMs),
          digits(each.mainThreadMsAnImage),
          digits(each.wholeThreadMs),
          digits(each.longestTaskMs),
          String(each.messageCount),
          digits(each.pageHeapBytes / 1e6),
          digits(each.workerHeapBytes / 1e6),
        ]),
        notes: [
          `Beyond ${MAX_PICTURES} images the pictures repeat: each is read and classified once.`,
          'Page heap: what labelling adds. Main thread: processor time of our script, with its microtasks.',
        ],
      },
    ],
  };
}

/** The page of a thousand images, for two builds in turn. */
export async function growthRounds(run: BenchRun): Promise<PartInRounds> {
  const images = run.isQuick ? 40 : 1000;
  const site = await startSite({
    resources: await photoResources(Math.min(MAX_PICTURES, images), { width: 260, height: 195 }),
  });
  return {
    open: async ({ extensionDir }) => {
      const session = await openExtensionSession({ extensionDir, hostPermissions: ALL_HOSTS });
      await session.ask('setSettings', { settings: { views: 1 } });
      return {
        measure: async () => {
          const grown = await grow(session, site, images);
          return {
            'last label, ms': [grown.lastLabelMs],
            'main thread, ms an image': [grown.mainThreadMsAnImage],
            'longest task, ms': [grown.longestTaskMs],
            'page heap, MB': [grown.pageHeapBytes / 1e6],
            'worker heap, MB': [grown.workerHeapBytes / 1e6],
            messages: [grown.messageCount],
          };
        },
        close: session.close,
      };
    },
    close: site.close,
  };
}
