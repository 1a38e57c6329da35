/** `npm run audit:compare`: our findings beside axe-core's, on the same pages in the same browser. */
import { comparePage, comparisonTable, type ComparedPage } from '../audit/compare';
import { readOptions } from '../audit/options';
import { openTargets } from '../audit/targets';
import { ensureBuild } from '../drive/build-extension';
import { openExtensionSession } from '../drive/extension-session';
import { ALL_HOSTS, labelAllSites } from '../drive/labelling-progress';
import { failedStatus } from '../node/script-error';

const USAGE = `npm run audit:compare -- ADDRESS|FILE|FOLDER…
The options of npm run audit that say which pages, and how they are visited, hold here too.
`;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const targets = await openTargets(options);
  const session = await openExtensionSession({
    ...{ extensionDir: await ensureBuild(), hostPermissions: ALL_HOSTS },
  });
  const pages: ComparedPage[] = [];
  let failed = 0;
  try {
    await labelAllSites(session);
    for (const address of targets.addresses) {
      try {
        const page = await comparePage(session, address, { ...options, cookies: [] });
        pages.push({ ...page, url: targets.nameOf(page.url) });
      } catch (error) {
        failed += 1;
        process.stderr.write(`${targets.nameOf(address)}: ${String(error)}\n`);
      }
    }
  } finally {
    await session.close();
    await targets.close();
  }
  process.stdout.write(comparisonTable(pages));
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
