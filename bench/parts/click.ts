/** From the right-click to the card and to the label: warm, with the worker dead, and after install. */
import { DEFAULT_SETTINGS } from '../../src/core/settings/settings';
import type { ExtensionSession } from '../../scripts/drive/extension-session';
import { ALL_HOSTS } from '../../scripts/drive/labelling-progress';
import { photoResources } from '../../scripts/drive/photo-site';
import { type Site, startSite } from '../../scripts/drive/serve';
import { openBareInference } from '../bare-inference';
import { type BenchBrowser, openBenchBrowser } from '../bench-browser';
import { threadTimes, type ThreadTimes } from '../process-facts';
import type { BenchRun, PartInRounds, PartResult } from '../run';
import { type Summary, summarize } from '../statistics';
import { digits, spread } from '../table';

const WARM_CLICKS = 8;
const COLD_CLICKS = 6;
const FIRST_CLICKS = 3;
const BARE_IMAGES = 10;
/** Of a comparison with another build. */
const CLICKS_A_ROUND = 3;
const MOST_PHOTOS = 120;

interface Click {
  /** From the choice of the menu item. With a dead worker: its start by the browser is in it. */
  cardMs: number;
  labelMs: number;
  /** From the choice of the item to the worker's handler; a program does it by several steps, a person's click by one. */
  startMs: number;
  /** From the beginning of the worker to the label; null where it was running. */
  sinceWorkerMs: number | null;
  /** Of the engine, where the click had to load it. */
  loadMs: number | null;
  /** Processor time up to the label, of a click that started the worker: of the whole browser, and of the worker. */
  processorMs: ThreadTimes | null;
}

interface Kind {
  title: string;
  clicks: Click[];
}

function pageOf(photos: number): string {
  const images = Array.from(
    { length: photos },
    (_, index) => `<img id="photo${index}" src="/photos/${index}.jpg" width="120" height="90">`,
  );
  return `<!doctype html><html lang="en"><title>Photos</title><link rel="icon" href="data:,"><body>${images.join('')}`;
}

async function clickOn(
  session: ExtensionSession,
  page: Awaited<ReturnType<ExtensionSession['openPage']>>,
  photo: number,
  stopsWorker: boolean,
): Promise<Click> {
  // The card of the click before may lie over the photo.
  await page.reload();
  const browserId = session.browser.process()?.pid ?? 0;
  const before = await threadTimes(browserId);
  const { at } = await session.rightClick(page, `#photo${photo}`, { stopsWorker });
  const { requestedAt, cardMilliseconds, milliseconds, result } = await session.waitForOutcome(at);
  const after = await threadTimes(browserId);
  if (!result.ok) throw new Error(`A click failed: ${result.error.code}: ${result.error.message}`);
  if (result.prediction.cached) throw new Error('A click was answered from the cache.');
  const startMs = requestedAt - at;
  const labelMs = startMs + milliseconds;
  const click = { cardMs: startMs + cardMilliseconds, labelMs, startMs };
  if (!stopsWorker) return { ...click, sinceWorkerMs: null, loadMs: null, processorMs: null };
  const { loadMilliseconds } = await session.ask('getEngineStatus', {});
  const worker = await session.worker();
  const beganAt = await worker.evaluate(() => performance.timeOrigin);
  const processorMs =
    before === null || after === null
      ? null
      : // The worker's thread is new.
        { browserMs: after.browserMs - before.browserMs, workerMs: after.workerMs };
  return { ...click, sinceWorkerMs: at + labelMs - beganAt, loadMs: loadMilliseconds, processorMs };
}

function openBrowser(run: BenchRun): Promise<BenchBrowser> {
  // Access as the click on the menu gives it, without the popup that a program would have to open.
  return openBenchBrowser(run, { hostPermissions: ALL_HOSTS });
}

async function clickAfterInstall(run: BenchRun, site: Site): Promise<Click> {
  const { session, close } = await openBrowser(run);
  try {
    const page = await session.openPage(site.origin);
    return await clickOn(session, page, 0, true);
  } finally {
    await close();
  }
}

export async function click(run: BenchRun): Promise<PartResult> {
  const counts = run.isQuick
    ? { warm: 1, cold: 1, first: 1 }
    : { warm: WARM_CLICKS, cold: COLD_CLICKS, first: FIRST_CLICKS };
  const photos = 1 + counts.warm + counts.cold;
  const site = await startSite({
    resources: { ...(await photoResources(photos)), '/': { body: pageOf(photos) } },
  });
  const warm: Kind = { title: 'warm', clicks: [] };
  const cold: Kind = { title: 'worker dead', clicks: [] };
  const first: Kind = { title: 'first use after install', clicks: [] };
  const bareSamples: number[] = [];
  try {
    const bench = await openBrowser(run);
    try {
      const { session } = bench;
      const bare = await openBareInference(bench);
      const page = await session.openPage(site.origin);
      await clickOn(session, page, 0, false);
      for (let turn = 0; turn < Math.max(counts.warm, counts.cold); turn += 1) {
        run.say(`click: ${turn + 1}`);
        bareSamples.push(...(await bare.time(BARE_IMAGES)));
        if (turn < counts.cold) {
          cold.clicks.push(await clickOn(session, page, 1 + counts.warm + turn, true));
        }
        if (turn < counts.warm) warm.clicks.push(await clickOn(session, page, 1 + turn, false));
      }
    } finally {
      await bench.close();
    }
    for (let turn = 0; turn < counts.first; turn += 1) {
      run.say(`click: after install ${turn + 1}`);
      first.clicks.push(await clickAfterInstall(run, site));
    }
  } finally {
    await site.close();
  }
  return resultOf([warm, cold, first], summarize(bareSamples));
}

/** Clicks on photos that no round before had, for two builds in turn. */
export async function clickRounds(): Promise<PartInRounds> {
  const site = await startSite({
    resources: { ...(await photoResources(MOST_PHOTOS)), '/': { body: pageOf(MOST_PHOTOS) } },
  });
  return {
    open: async (run) => {
      const { session, close } = await openBrowser(run);
      const page = await session.openPage(site.origin);
      let photo = 0;
      const next = (stopsWorker: boolean): Promise<Click> => {
        photo = (photo + 1) % MOST_PHOTOS;
        return clickOn(session, page, photo, stopsWorker);
      };
      await next(false);
      return {
        measure: async () => {
          await page.bringToFront();
          const cold = await next(true);
          const warm: Click[] = [];
          while (warm.length < CLICKS_A_ROUND) warm.push(await next(false));
          const first = await clickAfterInstall(run, site);
          return {
            'warm: to the card, ms': warm.map(({ cardMs }) => cardMs),
            'warm: to the label, ms': warm.map(({ labelMs }) => labelMs),
            'worker dead: worker to label, ms': present([cold.sinceWorkerMs])?.samples ?? [],
            'worker dead: loading, ms': present([cold.loadMs])?.samples ?? [],
            'worker dead: processor of the worker, ms': spent(cold, 'workerMs'),
            'after install: to the label, ms': [first.labelMs],
            'after install: worker to label, ms': present([first.sinceWorkerMs])?.samples ?? [],
            'after install: processor of the browser, ms': spent(first, 'browserMs'),
            'after install: processor of the worker, ms': spent(first, 'workerMs'),
          };
        },
        close,
      };
    },
    close: site.close,
  };
}

function spent({ processorMs }: Click, of: keyof ThreadTimes): number[] {
  return processorMs === null ? [] : [processorMs[of]];
}

function present(values: readonly (number | null)[]): Summary | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : summarize(known);
}

function resultOf(kinds: readonly Kind[], bareMs: Summary): PartResult {
  const figures = kinds.map(({ title, clicks }) => {
    const labelMs = summarize(clicks.map((each) => each.labelMs));
    const loadMs = present(clicks.map((each) => each.loadMs));
    return {
      title,
      cardMs: summarize(clicks.map((each) => each.cardMs)),
      labelMs,
      timesBare: labelMs.median / bareMs.median,
      startMs: summarize(clicks.map((each) => each.startMs)),
      sinceWorkerMs: present(clicks.map((each) => each.sinceWorkerMs)),
      loadMs,
      loadTimesBare: loadMs === null ? null : loadMs.median / bareMs.median,
    };
  });
  return {
    figures: { views: DEFAULT_SETTINGS.views, bareMs, kinds: figures },
    tables: [
      {
        title: `Right-click to label, up to ${DEFAULT_SETTINGS.views} views; one bare inference ${spread(bareMs)} ms`,
        columns: [
          'click',
          'to the card, ms',
          'to the label, ms',
          'x bare',
          'worker to label, ms',
          'loading, ms',
          'x bare',
        ],
        rows: figures.map((kind) => [
          kind.title,
          spread(kind.cardMs),
          spread(kind.labelMs),
          digits(kind.timesBare),
          kind.sinceWorkerMs === null ? '' : spread(kind.sinceWorkerMs),
          kind.loadMs === null ? '' : spread(kind.loadMs),
          kind.loadTimesBare === null ? '' : digits(kind.loadTimesBare),
        ]),
        notes: [
          'A dead worker is started by the program through the browser’s debugger before the item can be chosen; “worker to label” counts from the beginning of the worker.',
        ],
      },
    ],
    chart: {
      title: `Right-click to label, up to ${DEFAULT_SETTINGS.views} views`,
      unit: 'ms',
      bars: figures.map(({ title, labelMs: { median, q1, q3 } }) => ({
        label: title,
        ...{ median, q1, q3 },
        isOwn: true,
      })),
    },
  };
}
