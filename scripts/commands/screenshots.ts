/**
 * `npm run screenshots`: pictures of every surface, light and dark, in docs/: for README and for a look
 * with one's own eyes. `-- --out DIR` puts them elsewhere, `-- --lang de` shows another language,
 * `-- --browser firefox --out DIR` takes them there, `-- --review` adds forced colours, whole pages, narrow ones, and the card of a failure. `-- --stores` takes
 * those of the stores' listings, as stores want them, in store/images/.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ensureBuild } from '../drive/build-extension';
import { openExtensionSession } from '../drive/extension-session';
import { withOnlyLanguage } from '../drive/extension-session/only-language';
import { TARGETS } from '../manifest/targets';
import { choose } from '../node/choice-option';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure, ScriptError } from '../node/script-error';
import { shootAll } from '../screenshots/album';
import { startGallery } from '../start/gallery';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      lang: { type: 'string' },
      browser: { type: 'string', default: 'chromium' },
      review: { type: 'boolean', default: false },
      stores: { type: 'boolean', default: false },
    },
  });
  const target = choose('browser', values.browser, TARGETS);
  if (target !== 'chromium' && values.out === undefined) {
    throw new ScriptError('bad-usage', "Those of docs are Chromium's: --out names another folder.");
  }
  const folder = values.out ?? join(PROJECT_ROOT, values.stores ? 'store/images' : 'docs');
  const purpose = values.stores ? 'stores' : values.review ? 'review' : 'readme';
  await mkdir(folder, { recursive: true });
  const built = await ensureBuild(target);
  const copy = values.lang === undefined ? null : withOnlyLanguage(built, values.lang);
  const gallery = await startGallery(target);
  try {
    const session = await openExtensionSession({ target, extensionDir: copy?.path ?? built });
    try {
      await shootAll({ session, folder, purpose }, gallery.address);
    } finally {
      await session.close();
    }
  } finally {
    await gallery.close();
    copy?.remove();
  }
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
