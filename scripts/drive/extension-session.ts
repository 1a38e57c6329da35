/**
 * A real browser with the built extension in it, driven the way a person drives it: for the scripts
 * and for the end-to-end tests.
 */
import {
  type Browser,
  type ElementHandle,
  type Frame,
  type Page,
  type Target,
  TargetType,
  type WebWorker,
} from 'puppeteer';

import type {
  WorkerFields,
  WorkerMessageType,
  WorkerValue,
} from '../../src/messages/worker-messages';
import { CodedError, fromFailure } from '../../src/core/errors';
import type { Answer, Outcome } from '../../src/messages/protocol';
import { extensionFrameId } from './extension-session/frame-id';
import { withHostPermissions } from './extension-session/host-permissions';
import {
  launchBrowser,
  type LaunchedBrowser,
  type LaunchOptions,
} from './extension-session/launch';
import { readMenuTarget } from './extension-session/menu-target';
import { selfContained } from './extension-session/self-contained';
import { waitUntil, within } from './extension-session/wait-until';

export { withHostPermissions } from './extension-session/host-permissions';
export { waitUntil } from './extension-session/wait-until';

export interface SessionOptions extends LaunchOptions {
  /** Match patterns that the extension holds as if the person had granted them. */
  hostPermissions?: readonly string[];
}

/** A place in a page: a CSS selector, an element, or a point in CSS pixels of the page's viewport. */
export type Place = string | ElementHandle | { x: number; y: number };

export interface RightClickOptions {
  /** The frame that holds the selector; default the main frame. An element knows its own. */
  frame?: Frame;
  /** Default: the item that the browser shows for what is at the point. */
  menuItemId?: 'classify-image' | 'classify-here';
  /** Fields that replace what the browser would say. */
  info?: Partial<chrome.contextMenus.OnClickData>;
  /** Stops the service worker before the item is chosen, so that the click has to start it. */
  stopsWorker?: boolean;
}

export interface RightClick {
  /** `Date.now()` just before the menu item was chosen: for `waitForOutcome`. */
  at: number;
  info: chrome.contextMenus.OnClickData;
}

export interface ExtensionSession {
  browser: Browser;
  extensionId: string;
  /** The extension's origin with a slash: `chrome-extension://<id>/`. */
  origin: string;
  /** A new page in front, at an address where one is given. */
  openPage: (address?: string) => Promise<Page>;
  /** The running service worker with its listeners in place; started where it was stopped. */
  worker: () => Promise<WebWorker>;
  /** Stops the service worker and waits until it is gone. */
  stopWorker: () => Promise<void>;
  /** The tab of a page as extensions see it; brings the page to the front. */
  tabOf: (page: Page) => Promise<chrome.tabs.Tab>;
  /** The extension's id for a frame; 0 is the main one. */
  frameId: (page: Page, frame: Frame) => Promise<number>;
  /** Clicks the toolbar button, which gives the extension access to the tab, and closes the popup. */
  grantActiveTab: (page: Page) => Promise<void>;
  /** Right-clicks a place for real and chooses the extension's menu item. Grants access as the click would. */
  rightClick: (page: Page, place: Place, options?: RightClickOptions) => Promise<RightClick>;
  /** Presses the extension's shortcut on a page: what the browser does on the keys. */
  command: (page: Page) => Promise<{ at: number }>;
  /**
   * Sends a message from an extension page and returns its value.
   * @throws CodedError with the answer's code
   */
  ask: <T extends WorkerMessageType>(type: T, fields: WorkerFields<T>) => Promise<WorkerValue<T>>;
  /** The first outcome of a request made at or after `at` (`Date.now()`). */
  waitForOutcome: (at: number, limitMs?: number) => Promise<Outcome>;
  /** A right-click and its outcome. */
  describe: (
    page: Page,
    place: Place,
    options?: RightClickOptions & { limitMs?: number },
  ) => Promise<Outcome>;
  /** Restarts the extension as an update does; old content scripts stay in their pages. */
  reloadExtension: () => Promise<void>;
  /** Ends the browser and removes every temporary file; safe to call twice. */
  close: () => Promise<void>;
}

const START_LIMIT_MS = 30_000;
const WORKER_LIMIT_MS = 15_000;
/** A click's time has the start of the worker in it. */
const WORKER_INTERVAL_MS = 3;
/** One that is busy with a picture on a slow backend answers late; one that hangs never does. */
const WORKER_ANSWER_LIMIT_MS = 10_000;
const POPUP_LIMIT_MS = 5_000;
const ASK_LIMIT_MS = 120_000;
/** A software GPU needs many seconds for its first picture. */
const OUTCOME_LIMIT_MS = 120_000;

/** A document of the extension that runs nothing of its own: messages are sent from it. */
const QUIET_PAGE = 'manifest.json';

/**
 * Starts a browser with the built extension.
 * @throws ScriptError where no browser is found; Error where the extension's worker does not start
 */
export async function openExtensionSession(options: SessionOptions): Promise<ExtensionSession> {
  const { hostPermissions, ...launchOptions } = options;
  const copy =
    hostPermissions === undefined
      ? null
      : withHostPermissions(options.extensionDir, hostPermissions);
  const extensionDir = copy?.path ?? options.extensionDir;
  try {
    const launched = await launchBrowser({ ...launchOptions, extensionDir });
    const close = async (): Promise<void> => {
      await launched.close();
      copy?.remove();
    };
    try {
      return await within(
        'the extension starts',
        attach(launched, extensionDir, close),
        START_LIMIT_MS,
      );
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    copy?.remove();
    throw error;
  }
}

async function attach(
  { browser, extensionId }: LaunchedBrowser,
  extensionDir: string,
  close: () => Promise<void>,
): Promise<ExtensionSession> {
  const origin = `chrome-extension://${extensionId}/`;
  let quietPage: Page | undefined;

  const isWorker = (target: Target): boolean =>
    target.type() === TargetType.SERVICE_WORKER && target.url().startsWith(origin);

  /** Kept open in the background, because a new tab in front would take the focus. */
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
    const running = await target.worker();
    await running?.close();
    await waitUntil(
      'the service worker is gone',
      () => !browser.targets().includes(target),
      WORKER_LIMIT_MS,
    );
  };

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

  /** The tab, with the access that choosing a menu item or pressing the shortcut gives. */
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

  const rightClick = async (
    page: Page,
    place: Place,
    options: RightClickOptions = {},
  ): Promise<RightClick> => {
    const { frame = page.mainFrame(), menuItemId, info: given = {}, stopsWorker = false } = options;
    const tab = await tabWithAccess(page);
    const handle = typeof place === 'string' ? await frame.$(place) : 'x' in place ? null : place;
    if (typeof place === 'string' && handle === null) throw new Error(`No element: ${place}`);
    const owner = handle === null ? frame : handle.frame;
    const id = owner === page.mainFrame() ? 0 : await frameId(page, owner);
    const point = await pointOf(place, handle);
    await page.mouse.move(point.page.x, point.page.y);
    await page.mouse.click(point.page.x, point.page.y, { button: 'right' });
    const target = await (handle === null
      ? owner.evaluate(readMenuTarget, null, point.frame.x, point.frame.y)
      : handle.evaluate(readMenuTarget, point.frame.x, point.frame.y));
    const isImage = target.mediaType === 'image';
    const info: chrome.contextMenus.OnClickData = {
      menuItemId: menuItemId ?? (isImage ? 'classify-image' : 'classify-here'),
      editable: false,
      pageUrl: page.url(),
      frameId: id,
      ...(id === 0 ? {} : { frameUrl: owner.url() }),
      ...(target.mediaType === null ? {} : { mediaType: target.mediaType }),
      ...(target.srcUrl === null ? {} : { srcUrl: target.srcUrl }),
      ...(target.linkUrl === null ? {} : { linkUrl: target.linkUrl }),
      ...(target.selectionText === null ? {} : { selectionText: target.selectionText }),
      ...given,
    };
    if (stopsWorker) await stopWorker();
    const at = Date.now();
    const running = await worker();
    await running.evaluate(
      (clicked, clickedTab) => {
        const event = chrome.contextMenus.onClicked as unknown as {
          dispatch: (info: chrome.contextMenus.OnClickData, tab: chrome.tabs.Tab) => void;
        };
        event.dispatch(clicked, clickedTab);
      },
      info,
      tab,
    );
    return { at, info };
  };

  const command = async (page: Page): Promise<{ at: number }> => {
    const tab = await tabWithAccess(page);
    const running = await worker();
    const at = Date.now();
    await running.evaluate((pressedTab) => {
      const event = chrome.commands.onCommand as unknown as {
        dispatch: (name: string, tab: chrome.tabs.Tab) => void;
      };
      event.dispatch('describe-image', pressedTab);
    }, tab);
    return { at };
  };

  const ask: ExtensionSession['ask'] = async (type, fields) => {
    const page = await extensionPage();
    const answer = await within(
      `the answer to ${type}`,
      page.evaluate(
        (message) => chrome.runtime.sendMessage<unknown, Answer<unknown> | undefined>(message),
        { type, ...fields },
      ),
      ASK_LIMIT_MS,
    );
    if (answer === undefined) throw new CodedError('worker-stopped', `No answer to ${type}.`);
    if (!answer.ok) throw fromFailure(answer.error);
    return answer.value as WorkerValue<typeof type>;
  };

  const waitForOutcome = (at: number, limitMs = OUTCOME_LIMIT_MS): Promise<Outcome> =>
    waitUntil(
      'the outcome of the request',
      async () => {
        const outcomes = await ask('getRecentOutcomes', {});
        return outcomes.filter(({ requestedAt }) => requestedAt >= at).at(-1);
      },
      limitMs,
    );

  await extensionPage();
  await worker();
  return {
    browser,
    extensionId,
    origin,
    openPage: async (address) => {
      const page = await browser.newPage();
      if (address !== undefined) await page.goto(address);
      return page;
    },
    worker,
    stopWorker,
    tabOf,
    frameId,
    grantActiveTab,
    rightClick,
    command,
    ask,
    waitForOutcome,
    describe: async (page, place, { limitMs, ...clickOptions } = {}) => {
      const { at } = await rightClick(page, place, clickOptions);
      return waitForOutcome(at, limitMs);
    },
    reloadExtension: async () => {
      const page = await extensionPage();
      // A worker that a debugger is attached to would outlive the reload as a ghost.
      await stopWorker();
      // Loading the same folder again is what the extensions page's reload button does.
      await browser.installExtension(extensionDir);
      await waitUntil('the old extension is unloaded', () => page.isClosed(), WORKER_LIMIT_MS);
      await worker();
    },
    close,
  };
}

interface Point {
  /** In the page's viewport. */
  page: { x: number; y: number };
  /** In the viewport of the element's own frame. */
  frame: { x: number; y: number };
}

/** The middle of what is seen of a place, scrolled into view. */
async function pointOf(place: Place, handle: ElementHandle | null): Promise<Point> {
  if (handle === null) {
    if (typeof place === 'string' || !('x' in place)) throw new Error('No point and no element.');
    return { page: place, frame: place };
  }
  await handle.scrollIntoView();
  const middle = await handle.clickablePoint();
  const box = await handle.boundingBox();
  if (box === null) throw new Error('The element is not shown.');
  const own = await handle.evaluate((element) => {
    const { x, y } = element.getBoundingClientRect();
    return { x, y };
  });
  return {
    page: middle,
    frame: { x: middle.x - box.x + own.x, y: middle.y - box.y + own.y },
  };
}
