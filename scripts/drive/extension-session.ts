/**
 * A real browser with the built extension in it, driven the way a person drives it: for the scripts
 * and for the end-to-end tests. One interface, one folder a browser.
 */
import type { Browser, CDPSession, ElementHandle, Frame, Page, WebWorker } from 'puppeteer';

import type {
  WorkerFields,
  WorkerMessageType,
  WorkerValue,
} from '../../src/messages/worker-messages';
import { CodedError, fromFailure } from '../../src/core/errors';
import type { Answer, Outcome } from '../../src/messages/protocol';
import { type Target, TARGETS } from '../manifest/targets';
import { choose } from '../node/choice-option';
import type { LaunchOptions } from './chromium/launch';
import { openChromium } from './chromium/session';
import { withHostPermissions } from './extension-session/host-permissions';
import { waitUntil, within } from './extension-session/wait-until';
import { openFirefox } from './firefox/session';

export { withHostPermissions } from './extension-session/host-permissions';
export { waitUntil } from './extension-session/wait-until';

/** A place in a page: a CSS selector, an element, or a point in CSS pixels of the page's viewport. */
export type Place = string | ElementHandle | { x: number; y: number };

export interface RightClickOptions {
  /** The frame that holds the selector; default the main frame. An element knows its own. */
  frame?: Frame;
  /** Default: the item that the browser shows for what is at the point. */
  menuItemId?: 'classify-image' | 'classify-here';
  /** Fields that replace what the browser would say; in Chromium alone. */
  info?: Partial<chrome.contextMenus.OnClickData>;
  /** Stops the background before the item is chosen, so that the click has to start it. */
  stopsWorker?: boolean;
}

/** The commands of the manifest, in its order. */
export const COMMANDS = [
  ...(['describe-image', 'speak-image', 'next-image', 'previous-image'] as const),
  'toggle-labels',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Like `{ name: 'forced-colors', value: 'active' }`. */
export interface MediaFeature {
  name: string;
  value: string;
}

export interface RightClick {
  /** `Date.now()` just before the menu item was chosen: for `waitForOutcome`. */
  at: number;
  info: chrome.contextMenus.OnClickData;
}

/** The background's global scope: Chromium's service worker, Firefox's event page. */
export interface BackgroundWorld extends Pick<WebWorker, 'evaluate'> {
  /** The DevTools protocol's connection to it; in Chromium alone. */
  client?: CDPSession;
}

/** The connection to a service worker. @throws Error in a browser that has none */
export function debuggerOf({ client }: BackgroundWorld): CDPSession {
  if (client === undefined) throw new Error('This browser has no DevTools protocol.');
  return client;
}

/** The extension's own world in a page, the only one that may open closed shadow roots. */
export interface ExtensionWorld {
  /** The value of an expression in the main frame; null where the extension has no script there. */
  main: (expression: string) => Promise<unknown>;
  /** The values of an expression in all frames that have a script. */
  all: (expression: string) => Promise<unknown[]>;
}

export interface SessionOptions extends LaunchOptions {
  /** Which browser; default: `wantedTarget`. */
  target?: Target;
  /** Match patterns that the extension holds as if the person had granted them. */
  hostPermissions?: readonly string[];
  /** Preferences of the profile; in Firefox alone. */
  preferences?: Readonly<Record<string, number | boolean | string>>;
}

/** What each browser does in its own way. */
export interface Drive {
  browser: Browser;
  target: Target;
  extensionId: string;
  /** The extension's origin with a slash: `chrome-extension://<id>/`. */
  origin: string;
  /** A new page in front, at an address where one is given. */
  openPage: (address?: string) => Promise<Page>;
  /**
   * A page of the extension that something else opened, waited for.
   * @param path what its address begins with after the origin
   */
  openedPage: (path: string) => Promise<Page>;
  /** The running background with its listeners in place; started where it was stopped. */
  worker: () => Promise<BackgroundWorld>;
  /** Does the background run now? */
  isRunning: () => Promise<boolean>;
  /** Stops the background and waits until it is gone. */
  stopWorker: () => Promise<void>;
  /** The tab of a page as extensions see it; brings the page to the front. */
  tabOf: (page: Page) => Promise<chrome.tabs.Tab>;
  /** The extension's id for a frame; 0 is the main one. */
  frameId: (page: Page, frame: Frame) => Promise<number>;
  /** Clicks the toolbar button, which gives the extension access to the tab, and closes the popup. */
  grantActiveTab: (page: Page) => Promise<void>;
  /** Right-clicks a place for real and chooses the extension's menu item. Grants access as the click would. */
  rightClick: (page: Page, place: Place, options?: RightClickOptions) => Promise<RightClick>;
  /** Presses one of the extension's shortcuts on a page, by default the first: what the browser does on the keys. */
  command: (page: Page, name?: CommandName) => Promise<{ at: number }>;
  /** What a page is told of the person's wishes, by their media features; those not given are as usual. */
  emulateMedia: (page: Page, features: readonly MediaFeature[]) => Promise<void>;
  /** Files that pages save go here from now on, without a question. */
  saveDownloadsTo: (folder: string) => Promise<void>;
  /** Sends a message from a page of the extension; its answer. */
  send: (message: object) => Promise<unknown>;
  /** The extension's world in a page. Call before the first script is put in. */
  worldOf: (page: Page) => Promise<ExtensionWorld>;
  /** Answers the browser's own question about access; in Firefox alone. @returns false where there is none */
  answerPermission: (isAllowed: boolean) => Promise<boolean>;
  /** Gives or takes back a site's access, a match pattern, as the browser's own page of extensions does. */
  changeAccess: (pattern: string, isGiven: boolean) => Promise<void>;
  /** Restarts the extension as an update does; old content scripts stay in their pages. */
  reloadExtension: () => Promise<void>;
  /** Installs the extension as another version, for good, as an update does; in Firefox alone. */
  installVersion: (version: string) => Promise<void>;
  /** Ends the browser and removes every temporary file; safe to call twice. */
  close: () => Promise<void>;
}

export interface ExtensionSession extends Drive {
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
}

const ASK_LIMIT_MS = 120_000;
/** A software GPU needs many seconds for its first picture. */
const OUTCOME_LIMIT_MS = 120_000;

const sessions = new WeakMap<Browser, ExtensionSession>();

/** The session that a browser was opened by. */
export function sessionOf(browser: Browser): ExtensionSession {
  const session = sessions.get(browser);
  if (session === undefined) throw new Error('This browser was not opened with the extension.');
  return session;
}

/** The browser that is asked for: `ALT_LENS_BROWSER`, else Chromium. @throws ScriptError `bad-usage` */
export function wantedTarget(): Target {
  return choose('ALT_LENS_BROWSER', process.env.ALT_LENS_BROWSER ?? 'chromium', TARGETS);
}

/**
 * Starts a browser with the built extension.
 * @throws ScriptError where no browser is found; Error where the extension's background does not start
 */
export async function openExtensionSession(options: SessionOptions): Promise<ExtensionSession> {
  const { hostPermissions, target = wantedTarget(), preferences, ...launchOptions } = options;
  const copy =
    hostPermissions === undefined
      ? null
      : withHostPermissions(options.extensionDir, hostPermissions);
  const extensionDir = copy?.path ?? options.extensionDir;
  try {
    const drive = await (target === 'chromium'
      ? openChromium({ ...launchOptions, extensionDir })
      : openFirefox({ ...launchOptions, extensionDir, ...(preferences && { preferences }) }));
    const session = sessionOn(drive, () => copy?.remove());
    sessions.set(drive.browser, session);
    return session;
  } catch (error) {
    copy?.remove();
    throw error;
  }
}

/** What is the same in every browser. */
function sessionOn(drive: Drive, onClosed: () => void): ExtensionSession {
  // As the product's own pages ask: once more where the background stopped in the middle.
  const ask: ExtensionSession['ask'] = async (type, fields) => {
    const send = async () => {
      const sent = drive.send({ type, ...fields }).catch((error: unknown) => {
        if (/channel closed|port closed/i.test(String(error))) return undefined;
        throw error;
      });
      return (await within(`the answer to ${type}`, sent, ASK_LIMIT_MS)) as
        Answer<unknown> | undefined;
    };
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

  return {
    ...drive,
    ask,
    waitForOutcome,
    describe: async (page, place, { limitMs, ...clickOptions } = {}) => {
      const { at } = await drive.rightClick(page, place, clickOptions);
      return waitForOutcome(at, limitMs);
    },
    close: async () => {
      await drive.close();
      onClosed();
    },
  };
}
