/**
 * A real browser with the built extension in it, driven the way a person drives it: for the scripts
 * and for the end-to-end tests.
 */
import type { Browser, Frame, Page, WebWorker } from 'puppeteer';

import type {
  WorkerFields,
  WorkerMessageType,
  WorkerValue,
} from '../../src/messages/worker-messages';
import { CodedError, fromFailure } from '../../src/core/errors';
import type { Answer, Outcome } from '../../src/messages/protocol';
import { extensionPlaces, WORKER_LIMIT_MS } from './extension-session/extension-places';
import { withHostPermissions } from './extension-session/host-permissions';
import {
  launchBrowser,
  type LaunchedBrowser,
  type LaunchOptions,
} from './extension-session/launch';
import {
  personsHand,
  type Place,
  type RightClick,
  type RightClickOptions,
} from './extension-session/persons-hand';
import { tabAccess } from './extension-session/tab-access';
import { waitUntil, within } from './extension-session/wait-until';

export type { Place, RightClick, RightClickOptions } from './extension-session/persons-hand';
export { withHostPermissions } from './extension-session/host-permissions';
export { waitUntil } from './extension-session/wait-until';

export interface SessionOptions extends LaunchOptions {
  /** Match patterns that the extension holds as if the person had granted them. */
  hostPermissions?: readonly string[];
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
const ASK_LIMIT_MS = 120_000;
/** A software GPU needs many seconds for its first picture. */
const OUTCOME_LIMIT_MS = 120_000;

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
  const places = extensionPlaces(browser, origin);
  const { extensionPage, worker, stopWorker } = places;
  const access = tabAccess(browser, { extensionId, origin }, places);
  const { tabOf, frameId, grantActiveTab } = access;
  const { rightClick, command } = personsHand(places, access);

  // As the product's own pages ask: once more where the worker stopped in the middle.
  const ask: ExtensionSession['ask'] = async (type, fields) => {
    const page = await extensionPage();
    const send = () =>
      within(
        `the answer to ${type}`,
        page.evaluate(
          (message) =>
            chrome.runtime
              .sendMessage<unknown, Answer<unknown> | undefined>(message)
              .catch((error: unknown) => {
                if (/channel closed|port closed/i.test(String(error))) return undefined;
                throw error;
              }),
          { type, ...fields },
        ),
        ASK_LIMIT_MS,
      );
    const answer = (await send()) ?? (await send());
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
