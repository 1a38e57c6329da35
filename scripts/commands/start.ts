/** `npm start`: the extension in a browser, on the demo gallery. */
import { parseArgs } from 'node:util';

import { ensureBuild } from '../drive/build-extension';
import { openExtensionSession } from '../drive/extension-session';
import { type Target, TARGETS } from '../manifest/targets';
import { choose } from '../node/choice-option';
import { reportScriptFailure } from '../node/script-error';
import { describeGallery } from '../start/describe-gallery';
import { startGallery } from '../start/gallery';
import { hasDisplay } from '../start/has-display';

const HOW_TO = `The browser is open, with Alt Lens in it.
  Right-click a picture and choose “What is in this picture?”, or press the shortcut that its pages name, over it.
  The toolbar button (behind the puzzle piece) shows the engine and the last results.
  Close the browser, or press Ctrl+C here, to end.
`;

function wantedBrowser(): Target {
  const { values } = parseArgs({ options: { browser: { type: 'string', default: 'chromium' } } });
  return choose('browser', values.browser, TARGETS);
}

async function main(): Promise<number> {
  const target = wantedBrowser();
  const extensionDir = await ensureBuild(target);
  process.stderr.write('Getting the photos of the gallery…\n');
  const gallery = await startGallery(target);
  const headless = !hasDisplay(process.platform, process.env);
  process.stderr.write(
    headless ? 'No display: running without a window…\n' : 'Opening the browser…\n',
  );
  try {
    const session = await openExtensionSession({ target, extensionDir, headless });
    try {
      if (headless) return (await describeGallery(session, gallery.address)) === 0 ? 0 : 1;
      await session.openPage(gallery.address);
      process.stdout.write(HOW_TO);
      await new Promise<void>((resolve) => {
        session.browser.once('disconnected', () => {
          resolve();
        });
      });
      return 0;
    } finally {
      await session.close();
    }
  } finally {
    await gallery.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
