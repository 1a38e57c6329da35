import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import puppeteer, { type Browser } from 'puppeteer';

import { FIREFOX_ID } from '../../manifest/targets';
import { ScriptError } from '../../node/script-error';
import { createTemporaryFolder, type TemporaryFolder } from '../../node/temporary-folder';
import { ensureBrowser } from '../browser';
import { closing } from '../browser/closing';

/** The extension's own name in its addresses; Firefox would choose one by chance. */
export const FIREFOX_UUID = '11111111-2222-4333-8444-555555555555';
/** A document of the extension that runs nothing of its own: `manifest.json` is shown by a page of the browser. */
export const QUIET_PAGE = 'quiet.html';

export interface FirefoxOptions {
  /** Folder of the extension as built for Firefox. */
  extensionDir: string;
  headless?: boolean;
  userDataDir?: string;
  webgpuSoftware?: boolean;
  /** Preferences of the profile. */
  preferences?: Readonly<Record<string, number | boolean | string>>;
}

export interface LaunchedFirefox {
  browser: Browser;
  /** Where the extension lies that was installed for as long as the browser runs. */
  folder: string;
  close: () => Promise<void>;
}

/** The extension with a page more; a copy, so that a reload finds it. */
function withQuietPage(extensionDir: string): TemporaryFolder {
  const folder = createTemporaryFolder('alt-lens-firefox-');
  cpSync(extensionDir, folder.path, { recursive: true });
  writeFileSync(
    join(folder.path, QUIET_PAGE),
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Alt Lens</title></html>',
  );
  return folder;
}

function preferencesOf({ webgpuSoftware = false, preferences = {} }: FirefoxOptions) {
  return {
    // Host permissions of the manifest hold from the start, as after the person gave them.
    'extensions.originControls.grantByDefault': true,
    'extensions.webextensions.uuids': JSON.stringify({ [FIREFOX_ID]: FIREFOX_UUID }),
    'browser.shell.checkDefaultBrowser': false,
    'intl.accept_languages': 'en-US, en',
    'browser.download.alwaysOpenPanel': false,
    ...(webgpuSoftware ? { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true } : {}),
    ...preferences,
  };
}

/**
 * Starts an installed Firefox with the extension; it never outlives this process.
 * @throws ScriptError where none is found, or `extension-refused` with Firefox's reason
 */
export async function launchFirefox(options: FirefoxOptions): Promise<LaunchedFirefox> {
  const { extensionDir, headless = true, userDataDir } = options;
  const { path } = await ensureBrowser('firefox');
  const folder = withQuietPage(extensionDir);
  let browser: Browser;
  try {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: path,
      headless,
      defaultViewport: null,
      ...(userDataDir === undefined ? {} : { userDataDir }),
      // Signals are handled in one place, with the temporary folders.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 60_000,
      protocolTimeout: 120_000,
      // Menus, prompts and background pages are in the browser's own process.
      args: ['--remote-allow-system-access', '--width=1280', '--height=1000'],
      extraPrefsFirefox: preferencesOf(options),
    });
  } catch (error) {
    folder.remove();
    throw error;
  }
  const close = closing(browser, () => {
    folder.remove();
  });
  try {
    await browser.installExtension(folder.path);
    return { browser, folder: folder.path, close };
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScriptError(
      'extension-refused',
      `Firefox does not take the extension in ${extensionDir}: ${reason}`,
      { cause: error },
    );
  }
}
