/** Has the built extension describe pictures one by one, by the right-click path, in one page. */
import { basename } from 'node:path';

import type { Page } from 'puppeteer';

import type { Settings } from '../../src/core/settings/settings';
import type { Outcome } from '../../src/messages/protocol';
import type { Target } from '../manifest/targets';
import { type ExtensionSession, openExtensionSession } from './extension-session';
import { startSite } from './serve';

export interface DescriberOptions {
  /** Default: Chromium. */
  target?: Target;
  extensionDir: string;
  backend: Settings['backend'];
  variant: Settings['variant'];
  views: Settings['views'];
}

export interface Describer {
  /** The outcome for a file (served on loopback) or an http(s) address. */
  describe: (source: string) => Promise<Outcome>;
  close: () => Promise<void>;
}

const IMAGE_LIMIT_MS = 60_000;

/**
 * Images end at one place, so that the card of the one before never lies over it: what is asked on a card is asked
 * of its picture. A tiny or broken one is given a size that can be clicked.
 */
const PAGE = `<!doctype html>
<html lang="en">
<title>Describe</title>
<style>
  body { margin: 16px; width: 480px }
  img { display: block; margin-left: auto; min-width: 64px; min-height: 64px; max-width: 480px; max-height: 480px }
</style>
<body></body>
</html>`;

export function isWebSource(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

async function openBrowser(options: DescriberOptions): Promise<ExtensionSession> {
  const { target = 'chromium', extensionDir, backend } = options;
  if (backend !== 'webgpu') return openExtensionSession({ target, extensionDir });
  if (target === 'firefox') {
    return openExtensionSession({ target, extensionDir, webgpuSoftware: true });
  }
  const session = await openExtensionSession({
    ...{ target, extensionDir },
    args: ['--enable-unsafe-webgpu'],
  });
  const worker = await session.worker();
  const hasAdapter = await worker.evaluate(async () =>
    Boolean(await (navigator as { gpu?: GPU }).gpu?.requestAdapter()),
  );
  if (hasAdapter) return session;
  await session.close();
  process.stderr.write('No GPU for WebGPU here: using the browser’s slow software adapter.\n');
  return openExtensionSession({ target, extensionDir, webgpuSoftware: true });
}

/** Puts one image into the page and waits until the browser has loaded it or given up. */
function showImage(page: Page, address: string): Promise<void> {
  return page.evaluate(
    (source, limitMs) =>
      new Promise<void>((resolve) => {
        const image = document.createElement('img');
        image.onload = () => {
          resolve();
        };
        image.onerror = () => {
          resolve();
        };
        setTimeout(resolve, limitMs);
        image.src = source;
        document.body.replaceChildren(image);
      }),
    address,
    IMAGE_LIMIT_MS,
  );
}

/**
 * Starts a browser with the extension, with the given settings.
 * @throws ScriptError where no browser is found
 */
export async function openDescriber(options: DescriberOptions): Promise<Describer> {
  const site = await startSite({ resources: { '/': { body: PAGE } } });
  let session: ExtensionSession;
  try {
    session = await openBrowser(options);
  } catch (error) {
    await site.close();
    throw error;
  }
  const close = async (): Promise<void> => {
    await session.close();
    await site.close();
  };
  try {
    const { backend, variant, views } = options;
    await session.ask('setSettings', { settings: { backend, variant, views } });
    const page = await session.openPage(site.origin);
    let count = 0;
    return {
      describe: async (source) => {
        let address = source;
        if (!isWebSource(source)) {
          count += 1;
          const path = `/${count}/${basename(source)}`;
          site.set(path, { file: source });
          address = encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23');
        }
        await showImage(page, address);
        return session.describe(page, 'img');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
