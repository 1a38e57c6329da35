/** `npm run dev`: builds on every change and reloads the extension in a browser on the demo gallery. */
import { join } from 'node:path';

import { build } from 'vite';

import { compileKernels, ensureModels, packPictures, packWords } from '../drive/build-extension';
import { type ExtensionSession, openExtensionSession } from '../drive/extension-session';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure } from '../node/script-error';
import { startGallery } from '../start/gallery';
import { hasDisplay } from '../start/has-display';

const OUT_DIR = join(PROJECT_ROOT, 'build', 'dev');

async function main(): Promise<void> {
  await ensureModels();
  await compileKernels();
  await packWords();
  await packPictures();
  const gallery = await startGallery();
  const watcher = await build({
    root: PROJECT_ROOT,
    logLevel: 'warn',
    build: { outDir: OUT_DIR, watch: {} },
  });
  if (!('on' in watcher)) throw new Error('The build does not watch.');

  let session: ExtensionSession | undefined;
  const open = async (): Promise<ExtensionSession> => {
    const opened = await openExtensionSession({
      extensionDir: OUT_DIR,
      headless: !hasDisplay(process.platform, process.env),
    });
    await opened.openPage(gallery.address);
    process.stdout.write(
      `Watching. The gallery is at ${gallery.address} in the browser that opened; close it or press Ctrl+C to end.\n`,
    );
    return opened;
  };
  const reload = async ({ browser, reloadExtension }: ExtensionSession): Promise<void> => {
    await reloadExtension();
    for (const page of await browser.pages()) {
      if (page.url().startsWith(gallery.address)) await page.reload();
    }
    process.stdout.write(`Reloaded at ${new Date().toLocaleTimeString()}.\n`);
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const show = async (): Promise<void> => {
        if (session !== undefined) {
          await reload(session);
          return;
        }
        session = await open();
        session.browser.once('disconnected', () => {
          resolve();
        });
      };
      // Builds come faster than reloads: each waits for the one before.
      let turn = Promise.resolve();
      watcher.on('event', (event) => {
        if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\n`);
        if (event.code !== 'END') return;
        turn = turn.then(show).catch((error: unknown) => {
          if (session === undefined)
            reject(error instanceof Error ? error : new Error(String(error)));
          else reportScriptFailure(error);
        });
      });
    });
  } finally {
    await watcher.close();
    await session?.close();
    await gallery.close();
  }
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
