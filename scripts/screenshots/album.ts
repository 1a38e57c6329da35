/** Pictures of every surface of the extension. */
import { join } from 'node:path';

import type { Page } from 'puppeteer';

import { type ExtensionSession, waitUntil } from '../drive/extension-session';

interface Size {
  width: number;
  height: number;
}

export interface Album {
  session: ExtensionSession;
  /** Where the pictures go. */
  folder: string;
  /** Everything that a reviewer looks at, not only what README shows. */
  isReview: boolean;
}

const PAGE_SIZE: Size = { width: 1100, height: 720 };
const POPUP_SIZE: Size = { width: 400, height: 600 };
/** A page of 720 px at 200 % zoom; a popup of 380 px at about 120 %. */
const NARROW_SIZES: Size[] = [
  { width: 360, height: 720 },
  { width: 320, height: 720 },
];
const LABELLED_LIMIT_MS = 60_000;
const SCHEMES = {
  light: { name: 'prefers-color-scheme', value: 'light' },
  dark: { name: 'prefers-color-scheme', value: 'dark' },
};
const FORCED = { forced: { name: 'forced-colors', value: 'active' } };

/** Takes a surface in each colour scheme. */
async function shoot(album: Album, page: Page, name: string, fullPage = false): Promise<void> {
  await page.bringToFront();
  const client = await page.createCDPSession();
  const schemes = album.isReview ? { ...SCHEMES, ...FORCED } : SCHEMES;
  for (const [scheme, feature] of Object.entries(schemes)) {
    const still = { name: 'prefers-reduced-motion', value: 'reduce' };
    await client.send('Emulation.setEmulatedMedia', { features: [feature, still] });
    const path = join(album.folder, `${name}-${scheme}.webp`) as `${string}.webp`;
    await page.screenshot({ path, type: 'webp', quality: 80, fullPage });
    process.stdout.write(`${path}\n`);
  }
  await client.detach();
}

async function shootPage(album: Album, path: string, size: Size, name: string): Promise<void> {
  const page = await album.session.openPage(album.session.origin + path);
  await page.setViewport(size);
  await page.waitForFunction(() => document.body.innerText.trim() !== '');
  await page.waitForNetworkIdle({ idleTime: 500 });
  await shoot(album, page, name);
  if (album.isReview) {
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true;
    });
    await shoot(album, page, `${name}-whole`, true);
    for (const narrow of NARROW_SIZES) {
      await page.setViewport(narrow);
      await shoot(album, page, `${name}-${narrow.width}`, true);
    }
  }
  await page.close();
}

/** The report opens from the popup's button, which stores it first. */
async function shootReport(album: Album, tabId: number): Promise<void> {
  const { session } = album;
  const popup = await session.openPage(`${session.origin}src/popup/index.html?tab=${tabId}`);
  const known = new Set(session.browser.targets());
  await (await popup.waitForSelector('.page-report > .button'))?.click();
  const target = await session.browser.waitForTarget(
    (each) => !known.has(each) && each.url().startsWith(`${session.origin}src/report/`),
  );
  const path = target.url().slice(session.origin.length);
  await (await target.page())?.close();
  await popup.close();
  await shootPage(album, path, PAGE_SIZE, 'report');
}

/** Takes card, labels, popup, report, options and welcome page, in each colour scheme. @param gallery its address */
export async function shootAll(album: Album, gallery: string): Promise<void> {
  const { session, isReview } = album;
  const page = await session.openPage(gallery);
  await page.setViewport(PAGE_SIZE);
  await page.waitForNetworkIdle({ idleTime: 300 });
  if (isReview) {
    await session.describe(page, 'h1');
    await shoot(album, page, 'card-failure');
    await page.keyboard.press('Escape');
  }
  await session.describe(page, '[data-demo]');
  await shoot(album, page, 'card');
  await page.keyboard.press('Escape');

  const { id: tabId } = await session.tabOf(page);
  if (tabId === undefined) throw new Error('The gallery has no tab.');
  await session.ask('labelPage', { tabId });
  await waitUntil(
    'the images on screen are labelled',
    async () => {
      const { progress } = await session.ask('getPageState', { tabId });
      return progress.labelled > 0 && progress.pending === 0;
    },
    LABELLED_LIMIT_MS,
  );
  await shoot(album, page, 'labels');
  await shootPage(album, `src/popup/index.html?tab=${tabId}`, POPUP_SIZE, 'popup');
  await shootReport(album, tabId);
  await shootPage(album, 'src/options/index.html', PAGE_SIZE, 'options');
  await shootPage(album, 'src/welcome/index.html', PAGE_SIZE, 'welcome');
}
