/** From the sources alone, in another folder and time zone and without a network, comes the same package. */
import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { wantedTarget } from '../../scripts/drive/extension-session';
import { folderOf } from '../../scripts/manifest/targets';
import { packSources } from '../../scripts/package/packages';
import { rebuildFromSources } from '../../scripts/package/rebuild';
import { zipFolder } from '../../scripts/package/zip';
import { builtExtension } from './harness';

/** Firefox's build of this run, whichever browser the other tests are in. */
function firefoxBuild(): string {
  const built = builtExtension();
  return wantedTarget() === 'firefox' ? built : folderOf('firefox', built);
}

// `npm run package -- --verify` does the same with modules that `npm ci` has just installed.
test('the source package builds the same extension, byte for byte', async () => {
  const sources = await packSources();
  const rebuilt = await rebuildFromSources(sources.bytes, 'linked');
  const built = createHash('sha256').update(zipFolder(firefoxBuild())).digest('hex');
  expect(rebuilt.sha256).toBe(built);
}, 600_000);
