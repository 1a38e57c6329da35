import { spawn } from 'node:child_process';

import { TargetType } from 'puppeteer';

import { progressOf, untilProgress } from '../../drive/labelling-progress';
import { photoResources } from '../../drive/photo-site';
import { onProcessEnd } from '../../node/process-end';
import type { Figure, Torture } from '../campaign';
import { openBody, serve } from '../pages';

const LIMIT_MS = 300_000;

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

type Stop = (torture: Torture, tabId: number) => Promise<void>;

const STOPS: readonly [Stop, ...Stop[]] = [
  async ({ session }) => {
    await session.stopWorker();
  },
  async ({ session }) => {
    const worker = await session.worker();
    // There may be none: then nothing is stopped.
    await worker.evaluate(() => chrome.offscreen.closeDocument().catch(() => undefined));
  },
  async ({ session: { browser } }) => {
    const pool = browser.targets().find((target) => target.type() === TargetType.BACKGROUND_PAGE);
    // Its workers end with the document that is left.
    const document = await pool?.asPage();
    await document?.evaluate(() => {
      location.reload();
    });
  },
  async ({ session }, tabId) => {
    const popup = await session.openPage(`${session.origin}src/popup/index.html?tab=${tabId}`);
    await popup.close();
  },
];

/** Whatever stops in the middle: each picture is labelled, once, and the popup tells it right. */
export async function stops(torture: Torture): Promise<Figure[]> {
  const { session, random, isShort } = torture;
  const count = isShort ? 40 : 200;
  const wanted = isShort ? 6 : 50;
  for (const [path, photo] of Object.entries(
    await photoResources(count, { width: 260, height: 200 }),
  )) {
    serve(torture, path, photo);
  }
  const images = Array.from(
    { length: count },
    (_, place) => `<img width="96" height="72" alt="One ${place}" src="/photos/${place}.jpg">`,
  );
  const { page, tabId } = await openBody(torture, '/stops.html', images.join(''));
  await page.setViewport({ width: 1280, height: 1400 });
  const rest = isShort ? () => undefined : keepBusy();
  let stopped = 0;
  let labelled = 0;
  let listed = 0;
  let inPopup = 0;
  try {
    await session.ask('labelPage', { tabId });
    const begin = performance.now();
    while (stopped < wanted && performance.now() - begin < LIMIT_MS) {
      await random.pick(STOPS)(torture, tabId);
      stopped += 1;
      await page.bringToFront();
      const before = (await progressOf(session, tabId)).labelled;
      if (before === count) break;
      // Some more are done, others are under way.
      await untilProgress(session, tabId, (now) => now.labelled > before, 60_000);
    }
    const progress = await untilProgress(
      session,
      tabId,
      (now) => now.labelled === count,
      LIMIT_MS,
    ).catch(() => progressOf(session, tabId));
    inPopup = progress.labelled;
    const { images: found } = await session.ask('getPageReport', { tabId });
    labelled = found.filter(({ state }) => state === 'labelled').length;
    listed = new Set(found.map(({ selector }) => selector)).size;
    await page.close();
    return [
      { what: 'stops', value: stopped, limit: null },
      { what: 'labels lost', value: count - labelled, limit: 0 },
      {
        what: 'images lost or listed twice',
        value: Math.abs(count - listed) + (found.length - listed),
        limit: 0,
      },
      { what: 'missing in the popup', value: count - inPopup, limit: 0 },
    ];
  } finally {
    rest();
  }
}
