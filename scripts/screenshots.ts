/**
 * `npm run screenshots`: pictures of every surface, light and dark, in docs/: for README and for a look
 * with one's own eyes. `-- --out DIR` puts them elsewhere, `-- --lang de` shows another language.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Page } from 'puppeteer';

import { ensureBuild } from './build-extension';
import { type ExtensionSession, openExtensionSession, waitUntil } from './extension-session';
import { PROJECT_ROOT } from './project-root';
import { reportScriptFailure } from './script-error';
import { startGallery } from './start/gallery';

const PAGE_SIZE = { width: 1100, height: 720 };
const POPUP_SIZE = { width: 400, height: 600 };
const LABELLED_LIMIT_MS = 60_000;

/** Takes a surface in both colour schemes. */
async function shoot(page: Page, folder: string, name: string): Promise<void> {
  await page.bringToFront();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const path = join(folder, `${name}-${scheme}.webp`) as `${string}.webp`;
    await page.screenshot({ path, type: 'webp', quality: 80 });
    process.stdout.write(`${path}\n`);
  }
}

async function shootPage(
  session: ExtensionSession,
  path: string,
  size: typeof PAGE_SIZE,
  folder: string,
  name: string,
): Promise<void> {
  const page = await session.openPage(session.origin + path);
  await page.setViewport(size);
  await page.waitForFunction(() => document.body.innerText.trim() !== '');
  await page.waitForNetworkIdle({ idleTime: 500 });
  await shoot(page, folder, name);
  await page.close();
}

async function shootAll(session: ExtensionSession, gallery: string, folder: string): Promise<void> {
  const page = await session.openPage(gallery);
  await page.setViewport(PAGE_SIZE);
  await page.waitForNetworkIdle({ idleTime: 300 });
  await session.describe(page, '[data-demo]');
  await shoot(page, folder, 'card');
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
  await shoot(page, folder, 'labels');
  await shootPage(session, `src/popup/index.html?tab=${tabId}`, POPUP_SIZE, folder, 'popup');
  await shootPage(session, 'src/options/index.html', PAGE_SIZE, folder, 'options');
  await shootPage(session, 'src/welcome/index.html', PAGE_SIZE, folder, 'welcome');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(PROJECT_ROOT, 'docs') },
      lang: { type: 'string' },
    },
  });
  await mkdir(values.out, { recursive: true });
  const extensionDir = await ensureBuild();
  const gallery = await startGallery();
  const session = await openExtensionSession({
    extensionDir,
    headless: true,
    args: values.lang === undefined ? [] : [`--lang=${values.lang}`],
  });
  try {
    await shootAll(session, gallery.address, values.out);
  } finally {
    await session.close();
    await gallery.close();
  }
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
