/** A page of photos, from the navigation to its labels: ours against how other extensions do it. */
import type { Page } from 'puppeteer';

import { DEFAULT_SETTINGS } from '../../src/core/settings/settings';
import { launchBrowser } from '../../scripts/drive/chromium/launch';
import { waitUntil } from '../../scripts/drive/extension-session/wait-until';
import { ALL_HOSTS, labelAllSites, tabIdOf } from '../../scripts/drive/labelling-progress';
import { photoGridPage, photoResources } from '../../scripts/drive/photo-site';
import { type Site, startSite } from '../../scripts/drive/serve';
import { openBareInference } from '../bare-inference';
import { NO_THROTTLING, openBenchBrowser } from '../bench-browser';
import { buildRecreation, type Recreation } from '../build-contenders';
import { poolSize } from '../pool-size';
import { pictureRate } from '../picture-rate';
import { processorMs } from '../process-facts';
import type { BenchRun, PartInRounds, PartResult } from '../run';
import { withoutPermission } from '../without-permission';
import { median, pairedRatio, rotated, type Summary, summarize } from '../statistics';
import { digits, spread } from '../table';
import {
  countMessages,
  lastAnswerAt,
  type LabelWatch,
  watchMarkedImages,
  watchOwnLabels,
} from '../watch-labels';

const IMAGES = 100;
const ON_FIRST_SCREEN = 40;
const VISITS = 3;
const BARE_IMAGES = 10;
const VISIT_LIMIT_MS = 120_000;
/** As many files as keep the pool busy for seconds. */
const RATE_FILES = 60;
/** How often it is looked whether a visit is over: the moments are noted by the page itself. */
const LOOK_MS = 300;

const TITLES = {
  ours: 'Alt Lens',
  alone: 'Alt Lens without its CPU pool',
  pixels: 'number[] of pixels, one at a time',
  address: 'address to the worker, fetched again',
} as const;
type Way = keyof typeof TITLES;

interface Visit {
  /** Milliseconds since the navigation. */
  firstScreenMs: number;
  lastLabelMs: number;
  /** Requests for photos beyond the page's own. */
  extraRequests: number;
}

interface OwnVisit extends Visit {
  bareMs: number[];
  workers: number;
  inferences: number;
  /** Views that the model looked at, of all pictures. */
  looks: number;
  messages: Record<string, number>;
  /** Of the whole browser from the navigation to the last label, for an image; null where nobody tells. */
  processorMs: number | null;
  /** Of (looks x bare inference / workers). */
  timesBare: number;
  /** Pictures a second without a page: files that wait all at once. */
  filesPerSecond: number;
}

interface Candidate<V extends Visit> {
  way: Way;
  visits: V[];
  visit: (number: number) => Promise<V>;
  close: () => Promise<void>;
}

interface PageSize {
  images: number;
  firstScreen: number;
}

interface Scale extends PageSize {
  views: 1 | 2 | 3;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Puts up a page with addresses of its own, so that no visit is served from what another left. */
function newPage(site: Site, { images, firstScreen }: PageSize, way: Way, number: number): string {
  const path = `/${way}-${number}.html`;
  const visit = `${way}-${number}`;
  site.set(
    path,
    photoGridPage({
      ...{ title: visit, images, pictures: images, visit },
      ...{ columns: 8, width: 144, height: 96, onFirstScreen: firstScreen },
    }),
  );
  return site.origin + path;
}

function photoRequests(site: Site): number {
  return site.requests.filter(({ path }) => path.startsWith('/photos/')).length;
}

/** @throws Error where an image has no label */
function momentsOf(
  labels: readonly number[],
  last: number | null,
  scale: PageSize,
): [number, number] {
  const sorted = [...labels].sort((a, b) => a - b);
  const firstScreenMs = sorted[scale.firstScreen - 1];
  if (firstScreenMs === undefined || last === null) {
    throw new Error(
      `Labels are missing: ${sorted.length} of ${scale.firstScreen} on the first screen, ${last === null ? 'and some further below' : 'though all were answered'}.`,
    );
  }
  return [firstScreenMs, last];
}

/** @param views how many of a picture may be looked at; null as the build comes */
async function openOurs(
  run: BenchRun,
  site: Site,
  scale: PageSize,
  way: 'ours' | 'alone',
  views: Scale['views'] | null,
): Promise<Candidate<OwnVisit>> {
  // Without the permission for the pool's document, the service worker does all.
  const folder = way === 'alone' ? withoutPermission(run.extensionDir, 'offscreen') : null;
  const bench = await openBenchBrowser(
    { ...run, extensionDir: folder?.path ?? run.extensionDir },
    { hostPermissions: ALL_HOSTS },
  );
  const close = async (): Promise<void> => {
    await bench.close();
    folder?.remove();
  };
  try {
    const { session } = bench;
    if (views !== null) await session.ask('setSettings', { settings: { views } });
    await labelAllSites(session);
    const bare = await openBareInference(bench);
    const visit = async (number: number): Promise<OwnVisit> => {
      await session.ask('clearCache', {});
      await session.ask('startEngine', {});
      const bareBefore = await bare.time(BARE_IMAGES);
      const requestsBefore = photoRequests(site);
      const page = await session.browser.newPage();
      const watch: LabelWatch = await watchOwnLabels(page, session);
      await page.bringToFront();
      const browserProcess = session.browser.process()?.pid ?? 0;
      const processorBefore = await processorMs(browserProcess);
      await page.goto(newPage(site, scale, way, number));
      const tabId = await tabIdOf(session, page);
      let workers = 1;
      await waitUntil(
        'all images are labelled',
        async () => {
          await pause(LOOK_MS);
          workers = Math.max(workers, await poolSize(session));
          const { progress } = await session.ask('getPageState', { tabId });
          if (progress.failed > 0) throw new Error(`${progress.failed} images failed.`);
          return progress.labelled === scale.images;
        },
        VISIT_LIMIT_MS,
      );
      const processorAfter = await processorMs(browserProcess);
      const seen = await watch.read();
      const { counts, images } = await session.ask('getPageReport', { tabId });
      const looks = images.reduce((sum, { prediction }) => sum + (prediction?.views ?? 0), 0);
      const [firstScreenMs, lastLabelMs] = momentsOf(seen.labels, lastAnswerAt(seen), scale);
      const extraRequests = photoRequests(site) - requestsBefore - scale.images;
      await page.close();
      if (counts.inferences !== scale.images) {
        throw new Error(`${counts.inferences} inferences for ${scale.images} distinct photos.`);
      }
      const bareMs = [...bareBefore, ...(await bare.time(BARE_IMAGES))];
      // Forgotten first: what the page has shown would be known.
      await session.ask('clearCache', {});
      const filesPerSecond = await pictureRate(
        session,
        Array.from(
          { length: Math.min(RATE_FILES, scale.images) },
          (_, index) => `${site.origin}/photos/${index}.jpg`,
        ),
      );
      return {
        firstScreenMs,
        lastLabelMs,
        extraRequests,
        bareMs,
        workers,
        filesPerSecond,
        inferences: counts.inferences,
        looks,
        messages: countMessages(seen),
        processorMs:
          processorBefore === null || processorAfter === null
            ? null
            : (processorAfter - processorBefore) / scale.images,
        timesBare: lastLabelMs / ((looks * median(bareMs)) / workers),
      };
    };
    return { way, visits: [], visit, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openRecreation(
  way: Recreation,
  site: Site,
  scale: Scale,
): Promise<Candidate<Visit>> {
  const folder = await buildRecreation(way, scale.views);
  const launched = await launchBrowser({ extensionDir: folder.path, args: NO_THROTTLING });
  const close = async (): Promise<void> => {
    await launched.close();
    folder.remove();
  };
  const show = async (address: string, labels: number): Promise<{ page: Page; seen: number[] }> => {
    const page = await launched.browser.newPage();
    const watch = await watchMarkedImages(page);
    await page.bringToFront();
    await page.goto(address);
    const seen = await waitUntil(
      `${TITLES[way]}: all images are labelled`,
      async () => {
        await pause(LOOK_MS);
        const { labels: there } = await watch.read();
        return there.length === labels ? there : undefined;
      },
      VISIT_LIMIT_MS,
    );
    return { page, seen };
  };
  try {
    // Its model is loaded before the clock starts, as ours is.
    const warmUp = newPage(site, { ...scale, images: 2, firstScreen: 0 }, way, 0);
    await (await show(warmUp, 2)).page.close();
    const visit = async (number: number): Promise<Visit> => {
      const requestsBefore = photoRequests(site);
      const { page, seen } = await show(newPage(site, scale, way, number), scale.images);
      await page.close();
      const [firstScreenMs, lastLabelMs] = momentsOf(seen, Math.max(...seen), scale);
      return {
        firstScreenMs,
        lastLabelMs,
        extraRequests: photoRequests(site) - requestsBefore - scale.images,
      };
    };
    return { way, visits: [], visit, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The page with the photos, for two builds in turn, each as it comes: how often it looks at a picture is its own. */
export async function pageRounds(run: BenchRun): Promise<PartInRounds> {
  const images = run.isQuick ? 24 : IMAGES;
  const scale = { images, firstScreen: run.isQuick ? 16 : ON_FIRST_SCREEN };
  const site = await startSite({ resources: await photoResources(images) });
  return {
    open: async (sideRun) => {
      const { visit, close } = await openOurs(sideRun, site, scale, 'ours', run.isQuick ? 1 : null);
      return {
        measure: async (round) => {
          const { firstScreenMs, lastLabelMs, timesBare, filesPerSecond, ...seen } =
            await visit(round);
          return {
            'first screen, ms': [firstScreenMs],
            'last label, ms': [lastLabelMs],
            'processor, ms an image': seen.processorMs === null ? [] : [seen.processorMs],
            'x bare': [timesBare],
            'views an image': [seen.looks / images],
            'files, ms each': [1000 / filesPerSecond],
          };
        },
        close,
      };
    },
    close: site.close,
  };
}

interface WayFigures {
  way: Way;
  firstScreenMs: Summary;
  lastLabelMs: Summary;
  /** Times as long as ours to the last label, by visits. */
  timesOurs: Summary | null;
  extraRequests: number;
}

export async function page(run: BenchRun): Promise<PartResult> {
  const images = run.isQuick ? 24 : IMAGES;
  const scale: Scale = {
    images,
    firstScreen: run.isQuick ? 16 : ON_FIRST_SCREEN,
    views: run.isQuick ? 1 : DEFAULT_SETTINGS.views,
  };
  const site = await startSite({ resources: await photoResources(images) });
  const open: Candidate<Visit>[] = [];
  try {
    run.say(`page: ${images} photos, ${scale.views} views each`);
    const ours = await openOurs(run, site, scale, 'ours', scale.views);
    const candidates: Candidate<Visit>[] = [ours];
    open.push(ours);
    const alone = await openOurs(run, site, scale, 'alone', scale.views);
    open.push(alone);
    candidates.push(alone);
    for (const way of ['pixels', 'address'] as const) {
      const candidate = await openRecreation(way, site, scale);
      open.push(candidate);
      candidates.push(candidate);
    }
    const visits = run.isQuick ? 1 : VISITS;
    for (let number = 1; number <= visits; number += 1) {
      for (const candidate of rotated(candidates, number - 1)) {
        run.say(`page: visit ${number} of ${visits}, ${TITLES[candidate.way]}`);
        candidate.visits.push(await candidate.visit(number));
      }
    }
    return resultOf(scale, candidates, ours.visits, alone.visits);
  } finally {
    for (const { close } of open) await close();
    await site.close();
  }
}

function resultOf(
  scale: Scale,
  candidates: readonly Candidate<Visit>[],
  own: readonly OwnVisit[],
  alone: readonly OwnVisit[],
): PartResult {
  const ways = candidates.map(({ way, visits }): WayFigures => ({
    way,
    firstScreenMs: summarize(visits.map(({ firstScreenMs }) => firstScreenMs)),
    lastLabelMs: summarize(visits.map(({ lastLabelMs }) => lastLabelMs)),
    timesOurs:
      way === 'ours'
        ? null
        : pairedRatio(
            visits.map(({ lastLabelMs }) => [lastLabelMs]),
            own.map(({ lastLabelMs }) => [lastLabelMs]),
          ),
    extraRequests: Math.max(...visits.map(({ extraRequests }) => extraRequests)),
  }));
  const timesBare = summarize(own.map((visit) => visit.timesBare));
  const processorEach = own.flatMap((visit) => visit.processorMs ?? []);
  const processor = processorEach.length === 0 ? null : summarize(processorEach);
  const rate = summarize(own.map(({ filesPerSecond }) => filesPerSecond));
  const rateAlone = summarize(alone.map(({ filesPerSecond }) => filesPerSecond));
  const bareMs = summarize(own.flatMap((visit) => visit.bareMs));
  const workers = Math.max(...own.map((visit) => visit.workers));
  const messages = Object.values(own[0]?.messages ?? {}).reduce((sum, count) => sum + count, 0);
  const inSeconds = ({ median: middle, q1, q3 }: Summary): Omit<Summary, 'samples'> => ({
    median: middle / 1000,
    q1: q1 / 1000,
    q3: q3 / 1000,
  });
  const title = `A page of ${scale.images} distinct photos, up to ${scale.views} views`;
  const looks = own[0]?.looks ?? 0;
  return {
    figures: {
      ...{ ...scale, ways, bareMs, workers, timesBare, processor },
      ...{ rate, rateAlone },
      inferences: own[0]?.inferences,
      looks,
    },
    tables: [
      {
        title,
        columns: [
          'from the navigation',
          `${scale.firstScreen} visible, s`,
          'last label, s',
          'x ours',
          'extra requests',
        ],
        rows: ways.map(({ way, firstScreenMs, lastLabelMs, timesOurs, extraRequests }) => [
          TITLES[way],
          spread(inSeconds(firstScreenMs)),
          spread(inSeconds(lastLabelMs)),
          timesOurs === null ? '1' : spread(timesOurs),
          String(extraRequests),
        ]),
        notes: [
          `Ours: ${spread(timesBare)} x (${looks} views looked at x ${digits(bareMs.median)} ms bare inference / ${workers} ${workers === 1 ? 'worker' : 'workers'}); ${messages} messages.`,
          `Of up to ${scale.views} views a picture, ours looks at as many as it needs; the part "accuracy" tells that it is right as often.`,
          ...(processor === null
            ? []
            : [`Processor time of the whole browser: ${spread(processor)} ms an image.`]),
          `Without a page, ${RATE_FILES} files at once: ${spread(rate)} pictures a second, without the pool ${spread(rateAlone)}: ${digits(rate.median / rateAlone.median)} x.`,
          'The other ways use the fused model and as many views, which real ones do not.',
        ],
      },
    ],
    chart: {
      title: `${title}: to the last label`,
      unit: 's',
      bars: ways.map(({ way, lastLabelMs }) => ({
        label: TITLES[way],
        ...inSeconds(lastLabelMs),
        isOwn: way === 'ours' || way === 'alone',
      })),
    },
  };
}
