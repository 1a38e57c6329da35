import type { CDPSession, Page } from 'puppeteer';

import { waitUntil, within } from '../extension-session/wait-until';
import type { Drive } from '../extension-session';
import { extensionPlaces, WORKER_LIMIT_MS } from './extension-places';
import { extensionWorld } from './extension-world';
import { type LaunchedBrowser, launchBrowser, type LaunchOptions } from './launch';
import { personsHand } from './persons-hand';
import { tabAccess } from './tab-access';

const emulations = new WeakMap<Page, CDPSession>();
const START_LIMIT_MS = 30_000;

/** Starts Chrome, Chromium or Edge with the extension. @throws ScriptError as `launchBrowser` */
export async function openChromium(options: LaunchOptions): Promise<Drive> {
  const launched = await launchBrowser(options);
  try {
    const attached = attach(launched, options.extensionDir);
    return await within('the extension starts', attached, START_LIMIT_MS);
  } catch (error) {
    await launched.close();
    throw error;
  }
}

async function attach(
  { browser, extensionId, close }: LaunchedBrowser,
  extensionDir: string,
): Promise<Drive> {
  const origin = `chrome-extension://${extensionId}/`;
  const places = extensionPlaces(browser, origin);
  const { extensionPage, worker, stopWorker } = places;
  const access = tabAccess(browser, { extensionId, origin }, places);
  const { tabOf, frameId, grantActiveTab } = access;
  await extensionPage();
  await worker();
  return {
    ...{ browser, target: 'chromium', extensionId, origin, close },
    ...{ worker, stopWorker, tabOf, frameId, grantActiveTab, ...personsHand(places, access) },
    isRunning: () => Promise.resolve(browser.targets().some(places.isWorker)),
    openPage: async (address) => {
      const page = await browser.newPage();
      if (address !== undefined) await page.goto(address);
      return page;
    },
    openedPage: async (path) => {
      const target = await browser.waitForTarget((each) => each.url().startsWith(origin + path));
      const page = await target.page();
      if (page === null) throw new Error(`${path} has no page.`);
      return page;
    },
    send: async (message) => {
      const page = await extensionPage();
      return await page.evaluate(
        (sent) => chrome.runtime.sendMessage<unknown, unknown>(sent),
        message,
      );
    },
    worldOf: (page) => extensionWorld(page, origin),
    emulateMedia: async (page, features) => {
      // What is emulated ends with its connection.
      const client = emulations.get(page) ?? (await page.createCDPSession());
      emulations.set(page, client);
      await client.send('Emulation.setEmulatedMedia', { features: [...features] });
    },
    saveDownloadsTo: async (folder) => {
      const client = await browser.target().createCDPSession();
      const behavior = { behavior: 'allow', downloadPath: folder } as const;
      await client.send('Browser.setDownloadBehavior', behavior);
    },
    answerPermission: () => {
      throw new Error('No program can answer the permission prompt of Chromium.');
    },
    changeAccess: async (pattern, isGiven) => {
      const page = await browser.newPage();
      await page.goto('chrome://extensions');
      await page.evaluate(
        async (name, id, host) => {
          const { developerPrivate } = chrome as unknown as {
            developerPrivate: Record<string, (id: string, host: string) => Promise<void>>;
          };
          const change = developerPrivate[name];
          if (change === undefined) throw new Error(`Chromium has no ${name}.`);
          await change(id, host);
        },
        isGiven ? 'addHostPermission' : 'removeHostPermission',
        extensionId,
        pattern,
      );
      await page.close();
    },
    installVersion: () => {
      throw new Error('Chromium takes packed extensions from its store alone.');
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
  };
}
