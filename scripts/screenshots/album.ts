/** Pictures of every surface of the extension. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'puppeteer';
import sharp from 'sharp';

import { type ExtensionSession, waitUntil } from '../drive/extension-session';
import { layPopupOverPage, writeStorePicture } from './store-pictures';

interface Size {
  width: number;
  height: number;
}

export interface Album {
  session: ExtensionSession;
  /** Where the pictures go. */
  folder: string;
  /** README shows the least; a review looks at everything; stores have a size and a file type of their own. */
  purpose: 'readme' | 'review' | 'stores';
}

const PAGE_SIZE: Size = { width: 1100, height: 720 };
/** https://developer.chrome.com/docs/webstore/images; the other stores take the same. */
const STORE_PAGE_SIZE: Size = { width: 1280, height: 800 };
const POPUP_SIZE: Size = { width: 400, height: 600 };
/** The window that asks for access, as `background/host/access-window.ts` opens it. */
const ACCESS_PAGE = `src/access/index.html?origin=${encodeURIComponent('https://example.org/*')}`;
const ACCESS_SIZE: Size = { width: 480, height: 320 };
/** A page of 720 px at 200 % zoom; a popup of 380 px at about 120 %. */
const NARROW_SIZES: Size[] = [
  { width: 360, height: 720 },
  { width: 320, height: 720 },
];
const LABELLED_LIMIT_MS = 60_000;
const SEEN_MS = 1500;
const SCHEMES = {
  light: { name: 'prefers-color-scheme', value: 'light' },
  dark: { name: 'prefers-color-scheme', value: 'dark' },
};
const STILL = { name: 'prefers-reduced-motion', value: 'reduce' };
const FORCED = { forced: { name: 'forced-colors', value: 'active' } };

function pageSizeOf({ purpose }: Album): Size {
  return purpose === 'stores' ? STORE_PAGE_SIZE : PAGE_SIZE;
}

/** Takes a surface in each colour scheme. */
async function shoot(album: Album, page: Page, name: string, fullPage = false): Promise<void> {
  const { session } = album;
  await page.bringToFront();
  const schemes = album.purpose === 'review' ? { ...SCHEMES, ...FORCED } : SCHEMES;
  for (const [scheme, feature] of Object.entries(schemes)) {
    await session.emulateMedia(page, [feature, STILL]);
    const path = join(album.folder, `${name}-${scheme}`);
    if (album.purpose === 'stores') {
      await writeStorePicture(`${path}.jpg`, await page.screenshot({ type: 'png' }));
    } else {
      const taken = await page.screenshot({ type: 'png', fullPage });
      await sharp(taken).webp({ quality: 80 }).toFile(`${path}.webp`);
    }
    process.stdout.write(`${path}\n`);
  }
  await session.emulateMedia(page, []);
}

async function shootPage(album: Album, path: string, size: Size, name: string): Promise<void> {
  const page = await album.session.openPage(album.session.origin + path);
  await page.setViewport(size);
  await page.waitForFunction(() => document.body.innerText.trim() !== '');
  await page.waitForNetworkIdle({ idleTime: 500 });
  await shoot(album, page, name);
  if (album.purpose === 'review') {
    await album.session.emulateMedia(page, [STILL]);
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
  await (await popup.waitForSelector('.page-report > .button'))?.click();
  const report = await session.openedPage('src/report/');
  const path = (await report.evaluate(() => location.href)).slice(session.origin.length);
  await report.close();
  await popup.close();
  await shootPage(album, path, pageSizeOf(album), 'report');
}

/** Takes card, labels, popup, report, options and welcome page (not for stores), in each colour scheme. @param gallery its address */
export async function shootAll(album: Album, gallery: string): Promise<void> {
  const { session, purpose } = album;
  const pageSize = pageSizeOf(album);
  const page = await session.openPage(gallery);
  await page.setViewport(pageSize);
  await page.waitForNetworkIdle({ idleTime: 300 });
  if (purpose === 'review') {
    await session.describe(page, 'h1');
    await shoot(album, page, 'card-failure');
    await page.keyboard.press('Escape');
  }
  // What the gallery says of its keys holds in one browser; a listing is of all.
  if (purpose === 'stores')
    await page.$eval('header p', (each) => {
      each.remove();
    });
  await session.describe(page, '[data-demo]');
  // Until the card's buttons have been seen for half a second they are shown as not to be pressed.
  await setTimeout(SEEN_MS);
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
  await shootPage(album, 'src/options/index.html', pageSize, 'options');
  if (purpose === 'stores') {
    for (const scheme of Object.keys(SCHEMES)) await layPopupOverPage(album.folder, scheme);
  } else {
    await shootPage(album, 'src/welcome/index.html', pageSize, 'welcome');
  }
  if (purpose === 'review' && session.target === 'firefox') {
    await shootPage(album, ACCESS_PAGE, ACCESS_SIZE, 'access');
  }
}
