/** The session in Firefox: real menu, real toolbar button, real questions of the browser. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { ElementHandle, Frame, Page } from 'puppeteer';

import { FIREFOX_ID } from '../../manifest/targets';
import {
  COMMANDS,
  type BackgroundWorld,
  type Drive,
  type MediaFeature,
  type Place,
  type RightClickOptions,
} from '../extension-session';
import { filesBelow, zipFiles } from '../../package/zip';
import { selfContained } from '../extension-session/self-contained';
import { waitUntil } from '../extension-session/wait-until';
import {
  answerPermissionPrompt,
  backgroundState,
  changeAccess,
  chooseMenuItem,
  clickToolbarButton,
  closeContextMenu,
  contextMenuItems,
  evaluateInBackground,
  frameIds,
  installArchive,
  installedVersion,
  pressCommand,
  reloadAddon,
  setPreference,
  stopBackground,
} from './browser-internals';
import { bidiOf, chromeScope, type ChromeScope } from './chrome-scope';
import { extensionPages, type ExtensionPages } from './extension-pages';
import {
  FIREFOX_UUID,
  type FirefoxOptions,
  type LaunchedFirefox,
  launchFirefox,
  QUIET_PAGE,
} from './launch';

const ORIGIN = `moz-extension://${FIREFOX_UUID}/`;
/** What Firefox makes of the extension's id for elements of its own. */
const WIDGET = FIREFOX_ID.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '_');
const LIMIT_MS = 15_000;
const MENU_LIMIT_MS = 8000;
const CARD = '[data-alt-lens-host=card]';

/** Starts Firefox with the extension. @throws ScriptError as `launchFirefox` */
export async function openFirefox(options: FirefoxOptions): Promise<Drive> {
  const { browser, folder, close } = await launchFirefox(options);
  try {
    const bidi = bidiOf(browser);
    const inChrome = chromeScope(bidi);
    const pages = extensionPages(browser, ORIGIN, bidi, inChrome);
    const drive = driveOf({ browser, folder, close }, pages, inChrome);
    await pages.evaluate('0');
    await waitUntil(
      'the background has started',
      async () =>
        ['running', 'stopped'].includes((await inChrome(backgroundState, FIREFOX_ID)) ?? ''),
      LIMIT_MS,
    );
    return drive;
  } catch (error) {
    await close();
    throw error;
  }
}

function backgroundWorld(inChrome: ChromeScope): BackgroundWorld {
  const evaluate = async (run: unknown, ...args: unknown[]): Promise<unknown> => {
    const expression =
      typeof run === 'function'
        ? selfContained(run as (...given: unknown[]) => unknown, ...args)
        : String(run);
    const answer = await inChrome(evaluateInBackground, FIREFOX_ID, expression);
    const { value, error } = JSON.parse(answer) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  };
  return { evaluate: evaluate as BackgroundWorld['evaluate'] };
}

/** Evaluates in the extension's own world in frames of a tab. */
async function inFrames(
  pages: ExtensionPages,
  tabId: number,
  isMainOnly: boolean,
  expression: string,
): Promise<unknown[]> {
  const target = isMainOnly ? { tabId, frameIds: [0] } : { tabId, allFrames: true };
  // Tests speak of closed roots as Chrome does.
  const source = `(() => {
    const chrome = { dom: { openOrClosedShadowRoot: (element) => element?.openOrClosedShadowRoot ?? null } };
    return ${expression};
  })()`;
  const results = await pages.evaluate(`browser.scripting
    .executeScript({
      target: ${JSON.stringify(target)},
      func: async () => JSON.stringify({ value: await (${source}) }),
    })
    .then((found) => found.map(({ result, error }) => ({ result, error: error && String(error.message ?? error) })))`);
  return (results as { result?: string; error?: string }[]).map(({ result, error }) => {
    if (error !== undefined) throw new Error(error);
    return (JSON.parse(result ?? '{}') as { value?: unknown }).value;
  });
}

/** The tabs that pages are in, as the extension knows them. */
function tabsOf(pages: ExtensionPages) {
  const tabIds = new WeakMap<Page, number>();

  const tabOf = async (page: Page): Promise<chrome.tabs.Tab & { id: number }> => {
    await page.bringToFront();
    const tab = await waitUntil(
      'the page is the active tab',
      async () => {
        const [found] = (await pages.evaluate(
          'browser.tabs.query({ active: true, currentWindow: true })',
        )) as chrome.tabs.Tab[];
        return found?.url?.endsWith(QUIET_PAGE) === true ? undefined : found;
      },
      LIMIT_MS,
    );
    if (tab.id === undefined) throw new Error('The tab has no id.');
    tabIds.set(page, tab.id);
    return { ...tab, id: tab.id };
  };
  const tabIdOf = async (page: Page): Promise<number> => tabIds.get(page) ?? (await tabOf(page)).id;
  return { tabOf, tabIdOf };
}

/** The extension goes and comes back: reloaded, or as another version. */
function versionsOf(
  folder: string,
  pages: ExtensionPages,
  inChrome: ChromeScope,
): Pick<Drive, 'reloadExtension' | 'installVersion'> {
  const isBack = async (): Promise<void> => {
    pages.forgetQuietPage();
    await waitUntil(
      'the extension is back',
      async () => {
        if ((await inChrome(backgroundState, FIREFOX_ID)) === null) return false;
        return await pages.evaluate('true').catch(() => false);
      },
      LIMIT_MS,
    );
  };

  return {
    reloadExtension: async () => {
      await inChrome(reloadAddon, FIREFOX_ID);
      await isBack();
    },
    installVersion: async (version) => {
      const archive = join(folder, `../${basename(folder)}-${version}.xpi`);
      writeFileSync(archive, packedAs(version, folder));
      await inChrome(installArchive, FIREFOX_ID, FIREFOX_UUID, archive);
      await waitUntil(
        `${version} is installed`,
        async () => (await inChrome(installedVersion, FIREFOX_ID)) === version,
        LIMIT_MS,
      );
      rmSync(archive);
      await isBack();
    },
  };
}

function driveOf(
  { browser, folder, close }: LaunchedFirefox,
  pages: ExtensionPages,
  inChrome: ChromeScope,
): Drive {
  const { tabOf, tabIdOf } = tabsOf(pages);
  const stopWorker = async (): Promise<void> => {
    await inChrome(stopBackground, FIREFOX_ID);
  };

  const rightClick = async (page: Page, place: Place, options: RightClickOptions = {}) => {
    const { frame = page.mainFrame(), menuItemId, info, stopsWorker = false } = options;
    if (info !== undefined) throw new Error('In Firefox the menu is real: it says what it says.');
    await tabOf(page);
    await inChrome(closeContextMenu);
    const point = await pointOf(frame, place);
    // Who names a point means what lies there.
    if (typeof place === 'string' || !('x' in place)) await clearOfCard(page, point);
    await page.mouse.move(point.x, point.y);
    await page.mouse.click(point.x, point.y, { button: 'right' });
    const items = await waitUntil(
      'the context menu opens',
      async () => (await inChrome(contextMenuItems, WIDGET)) ?? undefined,
      MENU_LIMIT_MS,
    );
    const wanted =
      menuItemId === undefined ? items[0] : items.find((id) => id.endsWith(`_${menuItemId}`));
    const chosen = wanted ?? (items.length === 1 ? items[0] : undefined);
    if (chosen === undefined) {
      await inChrome(closeContextMenu);
      throw new Error(`The menu has ${JSON.stringify(items)}, not ${menuItemId ?? 'one of ours'}.`);
    }
    if (stopsWorker) await stopWorker();
    const at = Date.now();
    await inChrome(chooseMenuItem, chosen);
    const id = chosen.split('_').at(-1) ?? '';
    return { at, info: { menuItemId: id, editable: false, pageUrl: page.url() } };
  };

  return {
    browser,
    target: 'firefox',
    extensionId: FIREFOX_UUID,
    origin: ORIGIN,
    openPage: pages.openPage,
    openedPage: pages.openedPage,
    worker: () => Promise.resolve(backgroundWorld(inChrome)),
    isRunning: async () => (await inChrome(backgroundState, FIREFOX_ID)) === 'running',
    stopWorker,
    tabOf,
    frameId: async (page, frame) => {
      if (frame === page.mainFrame()) return 0;
      await tabOf(page);
      const id = (await inChrome(frameIds))[page.frames().indexOf(frame)];
      if (id === undefined) throw new Error(`No frame id for ${frame.url()}`);
      return id;
    },
    grantActiveTab: async (page) => {
      await page.bringToFront();
      await inChrome(clickToolbarButton, FIREFOX_ID);
      await page.bringToFront();
    },
    rightClick,
    command: async (page, name = 'describe-image') => {
      await tabOf(page);
      const at = Date.now();
      await inChrome(pressCommand, WIDGET, COMMANDS.indexOf(name));
      return { at };
    },
    send: async (message) =>
      await pages.evaluate(`browser.runtime.sendMessage(${JSON.stringify(message)})`),
    worldOf: (page) =>
      Promise.resolve({
        main: async (expression) => {
          const [value] = await inFrames(pages, await tabIdOf(page), true, expression).catch(
            (error: unknown) => {
              // As in Chromium, where there is no such world before the first script of ours.
              if (String(error).includes('Missing host permission')) return [null];
              throw error;
            },
          );
          return value;
        },
        all: async (expression) =>
          inFrames(pages, await tabIdOf(page), false, expression).catch(() => []),
      }),
    emulateMedia: async (page, features) => {
      await emulateMedia(inChrome, features);
      // A page's own process hears of preferences when it comes to it.
      await waitUntil(
        'the page is told',
        () =>
          page.evaluate(
            (wished) =>
              wished.every(({ name, value }) => matchMedia(`(${name}: ${value})`).matches),
            [...features],
          ),
        LIMIT_MS,
      );
    },
    saveDownloadsTo: (folder) => saveDownloadsTo(inChrome, folder),
    answerPermission: (isAllowed) => inChrome(answerPermissionPrompt, isAllowed),
    changeAccess: (pattern, isGiven) => inChrome(changeAccess, FIREFOX_ID, pattern, isGiven),
    ...versionsOf(folder, pages, inChrome),
    close,
  };
}

/** The extension in a folder, packed, as another version. */
function packedAs(version: string, folder: string): Uint8Array {
  const files = new Map<string, Uint8Array>(
    filesBelow(folder).map((name) => [name, readFileSync(join(folder, name))]),
  );
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as object;
  files.set('manifest.json', Buffer.from(JSON.stringify({ ...manifest, version })));
  return zipFiles(files);
}

/** By preferences, of all pages at once. */
async function emulateMedia(
  inChrome: ChromeScope,
  features: readonly MediaFeature[],
): Promise<void> {
  const wished = new Map(features.map(({ name, value }) => [name, value]));
  const scheme = ['dark', 'light'].indexOf(wished.get('prefers-color-scheme') ?? '');
  const motion = wished.get('prefers-reduced-motion') === 'reduce' ? 1 : 0;
  const colours = wished.get('forced-colors') === 'active' ? 2 : 0;
  const content = 'layout.css.prefers-color-scheme.content-override';
  await inChrome(setPreference, content, scheme === -1 ? 2 : scheme);
  await inChrome(setPreference, 'ui.prefersReducedMotion', motion);
  await inChrome(setPreference, 'browser.display.document_color_use', colours);
}

async function saveDownloadsTo(inChrome: ChromeScope, folder: string): Promise<void> {
  await inChrome(setPreference, 'browser.download.folderList', 2);
  await inChrome(setPreference, 'browser.download.dir', folder);
}

async function pointOf(frame: Frame, place: Place): Promise<{ x: number; y: number }> {
  if (typeof place !== 'string' && 'x' in place) return place;
  const handle: ElementHandle | null = typeof place === 'string' ? await frame.$(place) : place;
  if (handle === null) throw new Error(`No element: ${String(place)}`);
  await handle.scrollIntoView();
  return await handle.clickablePoint();
}

/** A card of ours that lies over the place would be what is clicked. */
async function clearOfCard(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const isCovered = await page
    .evaluate(
      (left, top, card) => document.elementFromPoint(left, top)?.matches(card) ?? false,
      x,
      y,
      CARD,
    )
    .catch(() => false);
  if (!isCovered) return;
  await page.keyboard.press('Escape');
  await waitUntil(
    'the card is gone',
    () => page.evaluate((card) => document.querySelector(card) === null, CARD),
    LIMIT_MS,
  );
}
