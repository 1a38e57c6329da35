import type { Browser, Frame, Page, Target } from 'puppeteer';

import { type ExtensionPlaces, WORKER_LIMIT_MS } from './extension-places';
import { extensionFrameId } from './frame-id';
import { selfContained } from '../extension-session/self-contained';
import { waitUntil } from '../extension-session/wait-until';

const POPUP_LIMIT_MS = 5_000;

/** The browser's tabs as the extension sees them, and the access that a person's click gives. */
export interface TabAccess {
  tabOf: (page: Page) => Promise<chrome.tabs.Tab>;
  grantActiveTab: (page: Page) => Promise<void>;
  /** The tab, with the access that choosing a menu item or pressing the shortcut gives. */
  tabWithAccess: (page: Page) => Promise<chrome.tabs.Tab & { id: number }>;
  frameId: (page: Page, frame: Frame) => Promise<number>;
}

export function tabAccess(
  browser: Browser,
  { extensionId, origin }: { extensionId: string; origin: string },
  { isWorker, worker }: ExtensionPlaces,
): TabAccess {
  const tabOf = async (page: Page): Promise<chrome.tabs.Tab> => {
    await page.bringToFront();
    const running = await worker();
    return waitUntil(
      'the page is the active tab',
      () =>
        running.evaluate(async () => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          return tab;
        }),
      WORKER_LIMIT_MS,
    );
  };

  const hasAccess = async (tabId: number): Promise<boolean> => {
    const running = await worker();
    const answer: unknown = await running.evaluate(
      selfContained(async (id: number) => {
        try {
          await chrome.scripting.executeScript({ target: { tabId: id }, func: () => 0 });
          return true;
        } catch {
          return false;
        }
      }, tabId),
    );
    return answer === true;
  };

  const grantActiveTab = async (page: Page): Promise<void> => {
    await page.bringToFront();
    const known = new Set(browser.targets());
    const popups = (): Target[] =>
      browser.targets().filter((target) => !known.has(target) && target.url().startsWith(origin));
    // Looked up each time: a reload makes it another one.
    const extension = (await browser.extensions()).get(extensionId);
    if (extension === undefined) throw new Error('The browser does not list the extension.');
    await extension.triggerAction(page);
    await waitUntil(
      'the popup opens',
      () => popups().some((target) => !isWorker(target)),
      POPUP_LIMIT_MS,
    );
    await waitUntil(
      'the popup closes',
      async () => {
        // A popup goes when another window gets the focus; it has no page of its own to close.
        await page.bringToFront();
        return popups().every(isWorker);
      },
      POPUP_LIMIT_MS,
    );
  };

  const tabWithAccess = async (page: Page): Promise<chrome.tabs.Tab & { id: number }> => {
    const before = await tabOf(page);
    if (before.id === undefined) throw new Error('The tab has no id.');
    if (await hasAccess(before.id)) return { ...before, id: before.id };
    await grantActiveTab(page);
    return { ...(await tabOf(page)), id: before.id };
  };

  const frameId = async (page: Page, frame: Frame): Promise<number> => {
    if (frame === page.mainFrame()) return 0;
    const { id } = await tabWithAccess(page);
    return extensionFrameId(await worker(), id, page, frame);
  };

  return { tabOf, grantActiveTab, tabWithAccess, frameId };
}
