import { type Browser, type Page, type Target, TargetType, type WebWorker } from 'puppeteer';

import { waitUntil, within } from '../extension-session/wait-until';

/** Long enough for a start or a stop on a busy machine, milliseconds. */
export const WORKER_LIMIT_MS = 15_000;
/** A click's time has the start of the worker in it. */
const WORKER_INTERVAL_MS = 3;
/** One that is busy with a picture on a slow backend answers late; one that hangs never does. */
const WORKER_ANSWER_LIMIT_MS = 10_000;
/** One that is still there then was started again in the midst. */
const WORKER_STOPPING_MS = 3000;
/** A document of the extension that runs nothing of its own: messages are sent from it. */
const QUIET_PAGE = 'manifest.json';

/** The extension's own places in the browser: its service worker, and a quiet page. */
export interface ExtensionPlaces {
  isWorker: (target: Target) => boolean;
  /** A page of the extension in the background: a new tab in front would take the focus. */
  extensionPage: () => Promise<Page>;
  worker: () => Promise<WebWorker>;
  stopWorker: () => Promise<void>;
}

/** @param origin the extension's, with a slash */
export function extensionPlaces(browser: Browser, origin: string): ExtensionPlaces {
  let quietPage: Page | undefined;

  const isWorker = (target: Target): boolean =>
    target.type() === TargetType.SERVICE_WORKER && target.url().startsWith(origin);

  const extensionPage = async (): Promise<Page> => {
    if (quietPage?.isClosed() === false && quietPage.url().startsWith(origin)) return quietPage;
    const page = await browser.newPage({ background: true });
    try {
      await page.goto(origin + QUIET_PAGE);
    } catch (error) {
      await page.close();
      throw error;
    }
    quietPage = page;
    return page;
  };

  const startWorker = async (): Promise<void> => {
    const page = await extensionPage();
    const client = await page.createCDPSession();
    try {
      await client.send('ServiceWorker.enable');
      await client.send('ServiceWorker.startWorker', { scopeURL: origin });
    } finally {
      await client.detach();
    }
  };

  const worker = async (): Promise<WebWorker> => {
    if (!browser.targets().some(isWorker)) await startWorker();
    return waitUntil(
      'the service worker listens',
      async () => {
        const target = browser.targets().find(isWorker);
        if (target === undefined) return undefined;
        try {
          const found = await target.worker();
          if (found === null) return undefined;
          const isReady = await within(
            'the service worker answers',
            // Listeners are registered in the worker's first turn. One that is stopped before it is
            // activated is never installed.
            found.evaluate(() => {
              const { serviceWorker } = globalThis as unknown as { serviceWorker: ServiceWorker };
              return chrome.runtime.onMessage.hasListeners() && serviceWorker.state === 'activated';
            }),
            WORKER_ANSWER_LIMIT_MS,
          );
          return isReady && found;
        } catch {
          return undefined; // stopped in the middle, or its globals are not there yet
        }
      },
      WORKER_LIMIT_MS,
      WORKER_INTERVAL_MS,
    );
  };

  const stopWorker = async (): Promise<void> => {
    const target = browser.targets().find(isWorker);
    if (target === undefined) return;
    const stop = await detached(browser, target);
    let stoppedAt = Number.NEGATIVE_INFINITY;
    await waitUntil(
      'the service worker is gone',
      async () => {
        if (!browser.targets().includes(target)) return true;
        if (performance.now() - stoppedAt < WORKER_STOPPING_MS) return false;
        await stop();
        stoppedAt = performance.now();
        return false;
      },
      WORKER_LIMIT_MS,
    );
  };

  return { isWorker, extensionPage, worker, stopWorker };
}

/**
 * Has the debugger let go of a worker. One that is stopped first may be started again by the next message before
 * the debugger goes, and then lives on under the same target, which never ends; one that is started again while it
 * is stopped does, too, and is to be stopped once more.
 * @returns stops it
 */
async function detached(browser: Browser, target: Target): Promise<() => Promise<void>> {
  const running = await target.worker();
  if (running === null) return () => Promise.resolve();
  const { targetInfo } = await running.client.send('Target.getTargetInfo');
  await running.client.detach();
  return async () => {
    const client = await browser.target().createCDPSession();
    try {
      await client.send('Target.closeTarget', { targetId: targetInfo.targetId });
    } catch {
      // It has gone meanwhile.
    } finally {
      await client.detach();
    }
  };
}
