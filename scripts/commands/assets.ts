/**
 * `npm run assets [-- --only models] [--only photos] [--group more] …`: makes sure that the files pinned in
 * assets.lock.json are at hand, downloading what is not. `--only` takes a folder or a file of the lock;
 * `--group` the files of a group, which no other set-up needs.
 */
import { parseArgs } from 'node:util';

import { createDownloadProgress } from '../assets/download-progress';
import { MORE_PHOTOS, readAssetLock } from '../assets/lock';
import { resolveAssets } from '../assets/resolve';
import { choose } from '../node/choice-option';
import { reportScriptFailure } from '../node/script-error';

try {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, group: { type: 'string' } },
  });
  const lock = await readAssetLock();
  const group =
    values.group === undefined ? undefined : choose('group', values.group, [MORE_PHOTOS]);
  const progress = createDownloadProgress(process.stderr);
  // A name with a dot is a file, any other a folder: `photos` must not take `photos-extra/`.
  const prefixes = (values.only ?? ['']).map((name) =>
    name === '' || name.includes('.') || name.endsWith('/') ? name : `${name}/`,
  );
  for (const prefix of prefixes) {
    const resolved = await resolveAssets(prefix, {
      ...{ lock, group },
      onProgress: progress.report,
    });
    const bytes = resolved.reduce((sum, { asset }) => sum + asset.bytes, 0);
    process.stdout.write(
      `${prefix || 'all assets'}: ${resolved.length} files, ${(bytes / 1e6).toFixed(1)} MB, checked\n`,
    );
  }
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
