import { spawn } from 'node:child_process';

import { TargetType, type Page } from 'puppeteer';

import type { ExtensionSession } from '../../drive/extension-session';
import { progressOf, untilProgress } from '../../drive/labelling-progress';
import { photoResources } from '../../drive/photo-site';
import { english } from '../../../tests/fixtures/popup/english';
import { onProcessEnd } from '../../node/process-end';
import type { Figure, Torture } from '../campaign';
import { openBody, serve } from '../pages';

/** So many images are labelled in a round, and of its short form. */
const IMAGES = 60;
const SHORT_IMAGES = 40;
/** How long a round may take to its last label, and to its next one. */
const ROUND_LIMIT_MS = 240_000;
const NEXT_LIMIT_MS = 60_000;

/** Two programs that want the processor as well. @returns ends them */
function keepBusy(): () => void {
  const loops = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  const end = () => {
    for (const loop of loops) loop.kill('SIGKILL');
  };
  const forget = onProcessEnd(end);
  return () => {
    end();
    forget();
  };
}

/** @returns whether there was something to stop */
type Stop = (torture: Torture, tabId: number) => Promise<boolean>;

/** The pool's document, where there is one now. */
async function poolDocument({ session: { browser } }: Torture): Promise<Page | undefined> {
  const pool = browser.targets().find((target) => target.type() === TargetType.BACKGROUND_PAGE);
  return await pool?.asPage();
}

const STOPS = {
  worker: async ({ session }) => {
    await session.stopWorker();
    return true;
  },
  'offscreen document': async ({ session }) => {
    const worker = await session.worker();
    return await worker.evaluate(() =>
      chrome.offscreen.closeDocument().then(
        () => true,
        () => false,
      ),
    );
  },
  'pool worker': async (torture) => {
    const document = await poolDocument(torture);
    const [worker] = document?.workers() ?? [];
    if (worker === undefined) return false;
    await worker.evaluate(() => {
      close();
    });
    return true;
  },
  popup: async ({ session }, tabId) => {
    const popup = await session.openPage(popupAddress(session, tabId));
    await popup.close();
    return true;
  },
} satisfies Record<string, Stop>;
type StopName = keyof typeof STOPS;
const NAMES = Object.keys(STOPS) as [StopName, ...StopName[]];

const NO_STOPS: Record<StopName, number> = {
  worker: 0,
  'offscreen document': 0,
  'pool worker': 0,
  popup: 0,
};

function popupAddress({ origin }: ExtensionSession, tabId: number): string {
  return `${origin}src/popup/index.html?tab=${tabId}`;
}

/** What the popup says of the page's labels, when it first says something. */
async function popupSays(session: ExtensionSession, tabId: number): Promise<string> {
  const popup = await session.openPage(popupAddress(session, tabId));
  try {
    await popup.waitForSelector('.page[aria-busy=false] .page-headline:not(:empty)');
    return await popup.$eval('.page', ({ textContent }) => textContent);
  } finally {
    await popup.close();
  }
}

interface Round {
  labelled: number;
  /** Images of which the report knows, each once. */
  listed: number;
  twice: number;
  isPopupRight: boolean;
}

const countOf = ({ isShort }: Torture): number => (isShort ? SHORT_IMAGES : IMAGES);

/** A page is labelled while one after the other stops; no picture of it is known from before. */
async function round(
  torture: Torture,
  stopNext: (tabId: number) => Promise<void>,
  place: number,
): Promise<Round> {
  const { session } = torture;
  const wanted = countOf(torture);
  await session.ask('clearCache', {});
  const images = Array.from(
    { length: wanted },
    (_, index) => `<img width="96" height="72" alt="One ${index}" src="/photos/${index}.jpg">`,
  );
  const { page, tabId } = await openBody(torture, `/stops-${place}.html`, images.join(''));
  await page.setViewport({ width: 1280, height: 1400 });
  await session.ask('labelPage', { tabId });
  let { labelled } = await progressOf(session, tabId);
  while (labelled < wanted) {
    await stopNext(tabId);
    await page.bringToFront();
    // Some more are done, others are under way.
    const before = labelled;
    const next = await untilProgress(
      session,
      tabId,
      (now) => now.labelled > before,
      NEXT_LIMIT_MS,
    ).catch(() => null);
    if (next === null) break;
    ({ labelled } = next);
  }
  await untilProgress(session, tabId, (now) => now.labelled === wanted, ROUND_LIMIT_MS).catch(
    () => undefined,
  );
  const { images: found } = await session.ask('getPageReport', { tabId });
  const listed = new Set(found.map(({ selector }) => selector)).size;
  const words = english('popup_page_labelled', String(wanted));
  const isPopupRight = (await popupSays(session, tabId)).includes(words);
  await page.close();
  return {
    ...{ listed, twice: found.length - listed, isPopupRight },
    labelled: found.filter(({ state }) => state === 'labelled').length,
  };
}

/**
 * Whatever stops in the middle, alone and mixed: each picture is labelled, once, and the popup tells it
 * right. Page after page, until all have stopped so often.
 */
export async function stops(torture: Torture): Promise<Figure[]> {
  const { random, isShort } = torture;
  const wanted = isShort ? 6 : 50;
  const rounds = isShort ? 1 : 10;
  const count = countOf(torture);
  const photos = await photoResources(count, { width: 260, height: 200 });
  for (const [path, photo] of Object.entries(photos)) serve(torture, path, photo);
  const stopped: Record<StopName, number> = { ...NO_STOPS };
  const total = () => Object.values(stopped).reduce((sum, times) => sum + times, 0);
  const done: Round[] = [];
  const rest = isShort ? () => undefined : keepBusy();
  try {
    while (done.length < rounds || (total() < wanted && done.length < 3 * rounds)) {
      // One kind alone in each of the first rounds, then all of them.
      const alone = isShort ? undefined : NAMES[done.length];
      const stopNext = async (tabId: number): Promise<void> => {
        const name = alone ?? random.pick(NAMES);
        try {
          if (await STOPS[name](torture, tabId)) stopped[name] += 1;
        } catch (error) {
          // Under load the browser is late to say that it has stopped something: not counted.
          process.stderr.write(`${name}: ${String(error)}\n`);
        }
      };
      done.push(await round(torture, stopNext, done.length));
    }
  } finally {
    rest();
  }
  const sum = (of: (round: Round) => number) => done.reduce((all, each) => all + of(each), 0);
  return [
    { what: 'stops', value: total(), limit: isShort ? null : wanted, least: true },
    ...NAMES.map((name) => ({ what: `stops: ${name}`, value: stopped[name], limit: null })),
    {
      what: `labels lost of ${done.length * count}`,
      value: sum(({ labelled }) => count - labelled),
      limit: 0,
    },
    {
      what: 'images lost or listed twice',
      value: sum(({ listed, twice }) => Math.abs(count - listed) + twice),
      limit: 0,
    },
    {
      what: `pages of ${done.length} that the popup tells wrong`,
      value: sum(({ isPopupRight }) => (isPopupRight ? 0 : 1)),
      limit: 0,
    },
  ];
}
