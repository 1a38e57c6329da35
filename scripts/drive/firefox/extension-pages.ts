import type { Browser, Page } from 'puppeteer';

import { waitUntil } from '../extension-session/wait-until';
import { bringNotedTabBack, noteFrontTab } from './browser-internals';
import type { BidiCommands, ChromeScope } from './chrome-scope';
import { QUIET_PAGE } from './launch';

const LOAD_LIMIT_MS = 15_000;

/** Pages of the extension: WebDriver BiDi never tells that one has loaded. */
export interface ExtensionPages {
  /** Opens a page of the browser, in front, at an address where one is given. */
  openPage: (address?: string) => Promise<Page>;
  /** A page of ours that something else opened; `path` as after the origin. Waits for it. */
  openedPage: (path: string) => Promise<Page>;
  /** Evaluates an expression in a page of the extension that is in the background; what JSON can carry. */
  evaluate: (expression: string) => Promise<unknown>;
  /** The quiet page went with the extension that was reloaded. */
  forgetQuietPage: () => void;
}

function contextOf(page: Page): string {
  return (page.mainFrame() as unknown as { _id: string })._id;
}

async function isLoaded(page: Page, address: string): Promise<boolean> {
  try {
    return await page.evaluate(
      (wanted) => location.href === wanted && document.readyState === 'complete',
      address,
    );
  } catch {
    return false; // between two documents
  }
}

/** @param origin the extension's, with a slash */
export function extensionPages(
  browser: Browser,
  origin: string,
  { send }: BidiCommands,
  inChrome: ChromeScope,
): ExtensionPages {
  let quiet: Page | undefined;

  async function navigate(page: Page, url: string): Promise<void> {
    await send('browsingContext.navigate', { context: contextOf(page), url, wait: 'none' });
    await waitUntil(`${url} is loaded`, () => isLoaded(page, url), LOAD_LIMIT_MS);
  }

  async function reload(page: Page): Promise<void> {
    await page.evaluate(() => {
      Object.assign(globalThis, { isOldDocument: true });
    });
    await send('browsingContext.reload', { context: contextOf(page), wait: 'none' });
    await waitUntil(
      'the page is loaded again',
      async () => {
        try {
          return await page.evaluate(
            () => !('isOldDocument' in globalThis) && document.readyState === 'complete',
          );
        } catch {
          return false;
        }
      },
      LOAD_LIMIT_MS,
    );
  }

  /** Makes the page's own navigation take addresses of the extension. */
  function teach(page: Page): Page {
    const go = page.goto.bind(page);
    const again = page.reload.bind(page);
    page.goto = async (url, options) => {
      if (!url.startsWith(origin)) return go(url, options);
      await navigate(page, url);
      return null;
    };
    page.reload = async (options) => {
      if (!(await page.evaluate(() => location.href)).startsWith(origin)) return again(options);
      await reload(page);
      return null;
    };
    // WebDriver BiDi waits for a load that a page from the browser's memory does not have.
    page.goBack = () => goThroughHistory(page, -1);
    page.goForward = () => goThroughHistory(page, 1);
    return page;
  }

  async function goThroughHistory(page: Page, steps: number): Promise<null> {
    const before = page.url();
    await page.evaluate((by) => {
      history.go(by);
    }, steps);
    await waitUntil(
      'another page of the history',
      async () => (await page.evaluate(() => location.href).catch(() => before)) !== before,
      LOAD_LIMIT_MS,
    );
    return null;
  }

  async function quietPage(): Promise<Page> {
    if (quiet?.isClosed() === false) {
      const isThere = await quiet
        .evaluate(() => 'browser' in globalThis && location.protocol === 'moz-extension:')
        .catch(() => false);
      if (isThere) return quiet;
    }
    await inChrome(noteFrontTab);
    const page = await browser.newPage({ background: true });
    await navigate(page, origin + QUIET_PAGE);
    await inChrome(bringNotedTabBack);
    quiet = page;
    return page;
  }

  return {
    async openPage(address) {
      const page = teach(await browser.newPage());
      if (address !== undefined) await page.goto(address);
      return page;
    },
    async openedPage(path) {
      const page = await waitUntil(
        `${path} is open`,
        async () => {
          for (const each of await browser.pages()) {
            // Of a page that the extension opened puppeteer does not hear the address.
            const address = await each.evaluate(() => location.href).catch(() => '');
            if (address.startsWith(origin + path)) return each;
          }
          return undefined;
        },
        LOAD_LIMIT_MS,
      );
      return teach(page);
    },
    async evaluate(expression) {
      const page = await quietPage();
      const text: unknown = await page.evaluate(
        `(async () => { const __name = (named) => named; const value = await (${expression}); return JSON.stringify({ value }); })()`,
      );
      return (JSON.parse(String(text)) as { value?: unknown }).value;
    },
    forgetQuietPage() {
      quiet = undefined;
    },
  };
}
