/** One browser with the built extension and, beside it, the benchmark's own with the contenders. */
import type { Page } from 'puppeteer';

import type { Backend } from '../src/core/saying/prediction';
import { type ExtensionSession, openExtensionSession } from '../scripts/drive/extension-session';
import { waitUntil, within } from '../scripts/drive/extension-session/wait-until';
import type { SessionOptions } from '../scripts/drive/extension-session';
import type { ContenderCall } from './contenders/contender';
import type { ContenderName } from './contenders/names';
import type { BenchRun } from './run';

export interface Contender {
  name: ContenderName;
  /** What the graphics driver calls itself, where the contender tells. */
  device: string | null;
  /** Logits of the synthetic input. */
  run: () => Promise<number[]>;
  /** Logits, and the embedding where the contender tells, of a view [224, 224, 3] in bytes. */
  look: (view: Uint8Array) => Promise<{ logits: number[]; embedding?: number[] }>;
  /** Milliseconds of each of so many pictures, from pixels to logits; fewer where the limit is over. */
  time: (count: number, limitMs: number) => Promise<number[]>;
  /** Milliseconds of cutting the view alone, which each picture takes besides. */
  cut: (count: number) => Promise<number[]>;
  /** Milliseconds of cutting both views of a picture as it travels, where that is done in a way of its own. */
  ownCut: (count: number) => Promise<number[]>;
  /** Ends the contender's worker. */
  close: () => Promise<void>;
}

export interface BenchBrowser {
  session: ExtensionSession;
  /** Starts a contender in a worker of its own. @throws Error where it does not open in time */
  openContender: (name: ContenderName, backend: Backend, limitMs: number) => Promise<Contender>;
  /** Brings the contenders' page to the front: nothing of the machine's browser is in the background. */
  focusContenders: () => Promise<void>;
  close: () => Promise<void>;
}

const START_LIMIT_MS = 15_000;
/** Beyond what a contender was given: for the way there and back, and the picture under way. */
const CALL_SLACK_MS = 60_000;

/** A hidden page must not be slowed down: contenders take turns. */
export const NO_THROTTLING = [
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
];

export async function openBenchBrowser(
  { extensionDir, contendersDir }: BenchRun,
  options: Partial<SessionOptions> = {},
): Promise<BenchBrowser> {
  const session = await openExtensionSession({
    extensionDir,
    ...options,
    args: [...NO_THROTTLING, ...(options.args ?? [])],
  });
  try {
    const id = await session.browser.installExtension(contendersDir);
    const page = await session.browser.newPage();
    await page.goto(`chrome-extension://${id}/page.html`);
    await waitUntil(
      'the page of the contenders is there',
      () => page.evaluate(() => 'contenders' in globalThis),
      START_LIMIT_MS,
    );
    return {
      session,
      openContender: (name, backend, limitMs) => openContender(page, name, backend, limitMs),
      focusContenders: () => page.bringToFront(),
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function openContender(
  page: Page,
  name: ContenderName,
  backend: Backend,
  limitMs: number,
): Promise<Contender> {
  const key = `${name} ${backend}`;
  const call = (message: ContenderCall, callLimitMs: number): Promise<unknown> =>
    within(
      `${key}: ${message.call}`,
      page.evaluate((at, sent) => globalThis.contenders.call(at, sent), key, message),
      callLimitMs,
    );
  const close = (): Promise<void> =>
    page.evaluate((at) => {
      globalThis.contenders.stop(at);
    }, key);
  await page.evaluate(
    (at, on) => {
      globalThis.contenders.start(at, on);
    },
    name,
    backend,
  );
  try {
    const device = (await call({ call: 'open', backend }, limitMs)) as string | null;
    return {
      name,
      device,
      run: async () => (await call({ call: 'run' }, limitMs)) as number[],
      look: async (view) =>
        (await call(
          { call: 'look', view: Buffer.from(view).toString('base64') },
          CALL_SLACK_MS,
        )) as { logits: number[]; embedding?: number[] },
      time: async (count, timeLimitMs) =>
        (await call(
          { call: 'time', count, limitMs: timeLimitMs },
          timeLimitMs + CALL_SLACK_MS,
        )) as number[],
      cut: async (count) => (await call({ call: 'cut', count }, CALL_SLACK_MS)) as number[],
      ownCut: async (count) => (await call({ call: 'ownCut', count }, CALL_SLACK_MS)) as number[],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
