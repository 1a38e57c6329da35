import puppeteer, { type Browser } from 'puppeteer';

import { ensureBrowser } from '../browser';
import { closing } from '../browser/closing';
import { ScriptError } from '../../node/script-error';
import { createTemporaryFolder } from '../../node/temporary-folder';

export interface LaunchOptions {
  /** Folder of the built extension. */
  extensionDir: string;
  /** Default true. */
  headless?: boolean;
  /** More command-line flags for the browser. */
  args?: readonly string[];
  /** A profile to keep; without it a temporary one is made and removed. */
  userDataDir?: string;
  /** Gives the browser a software WebGPU adapter, so that the backend can be run without a GPU. */
  webgpuSoftware?: boolean;
}

export interface LaunchedBrowser {
  browser: Browser;
  extensionId: string;
  /** Ends the browser, whatever state it is in, and removes its temporary profile. */
  close: () => Promise<void>;
}

const SOFTWARE_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
];

function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/**
 * Starts an installed browser with one unpacked extension; it never outlives this process.
 * @throws ScriptError where no browser is found, or `extension-refused` with the browser's reason
 */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const { extensionDir, headless = true, args = [], webgpuSoftware = false } = options;
  const { path } = await ensureBrowser();
  const profile =
    options.userDataDir === undefined ? createTemporaryFolder('alt-lens-profile-') : null;
  let browser: Browser;
  try {
    browser = await puppeteer.launch({
      executablePath: path,
      headless,
      pipe: true,
      enableExtensions: true,
      userDataDir: options.userDataDir ?? profile?.path ?? '',
      // No emulated viewport: screenshots by the extension would not have its size.
      defaultViewport: null,
      // Signals are handled in one place, with the temporary folders.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 60_000,
      args: [
        // Chromium's sandbox does not run as root.
        ...(isRoot() ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--lang=en-US',
        ...(headless ? ['--window-size=1280,1000'] : []),
        ...(webgpuSoftware ? SOFTWARE_WEBGPU : []),
        ...args,
      ],
    });
  } catch (error) {
    profile?.remove();
    throw error;
  }
  const close = closing(browser, () => {
    profile?.remove();
  });
  try {
    return { browser, extensionId: await browser.installExtension(extensionDir), close };
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScriptError(
      'extension-refused',
      `The browser does not take the extension in ${extensionDir}: ${reason}`,
      { cause: error },
    );
  }
}
