/** The provider of vitest's browser mode over the browser that the end-to-end tests drive, found in the same way. */
import { resolve } from 'node:path';

import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer';
import { defineBrowserProvider } from '@vitest/browser';
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node';

import type * as BrowserFinder from '../../../scripts/drive/browser';

/** What a command of `pointer-commands.ts` has to work with. */
export interface PageContext {
  page: Page;
  /** The frame that the test file runs in. */
  testFrame: () => Promise<Frame>;
}

const LAUNCH_LIMIT_MS = 60_000;

async function launch(project: TestProject): Promise<Browser> {
  // Not with the configuration, which every project of the tests loads.
  const { ensureBrowser } = await project.import<typeof BrowserFinder>(
    resolve('scripts/drive/browser.ts'),
  );
  const { path } = await ensureBrowser();
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return await puppeteer.launch({
    executablePath: path,
    headless: true,
    pipe: true,
    defaultViewport: null,
    timeout: LAUNCH_LIMIT_MS,
    args: [
      // Chromium's sandbox does not run as root.
      ...(isRoot ? ['--no-sandbox'] : []),
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--lang=en-US',
      '--window-size=1280,1000',
    ],
  });
}

class PuppeteerProvider implements BrowserProvider {
  readonly name = 'puppeteer';
  readonly supportsParallelism = false;
  readonly #project: TestProject;
  #browser: Promise<Browser> | null = null;
  readonly #pages = new Map<string, Page>();

  constructor(project: TestProject) {
    this.#project = project;
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    this.#browser ??= launch(this.#project);
    const page = await (await this.#browser).newPage();
    await this.#pages.get(sessionId)?.close();
    this.#pages.set(sessionId, page);
    await page.goto(url, { timeout: 0 });
  }

  getCommandsContext(sessionId: string): PageContext & Record<string, unknown> {
    const page = this.#pages.get(sessionId);
    if (page === undefined) throw new Error(`No page of the session ${sessionId}.`);
    return {
      page,
      testFrame: async () => {
        const element = await page.waitForSelector('iframe[data-vitest]');
        const frame = await element?.contentFrame();
        if (!frame) throw new Error('The tests run in no frame.');
        return frame;
      },
    };
  }

  async close(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    this.#pages.clear();
    await (await browser)?.close();
  }
}

/** The provider for `browser.provider` in the test configuration. */
export function puppeteerProvider(): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'puppeteer',
    supportedBrowser: ['chromium'],
    providerFactory: (project) => new PuppeteerProvider(project),
  });
}
