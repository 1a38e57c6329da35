/**
 * `npm run build-for-amo`: the package of addons.mozilla.org from its sources, for those who compare. In the source
 * package the model files lie beside the sources, so nothing is fetched.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runNpmScript } from '../node/run-npm';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure, ScriptError } from '../node/script-error';
import { PACKED_ASSETS, packStore } from '../package/packages';

const LIMIT_MS = 20 * 60_000;

async function main(): Promise<void> {
  const packed = join(PROJECT_ROOT, PACKED_ASSETS);
  const env = existsSync(packed) ? { ...process.env, ALT_LENS_ASSETS: packed } : process.env;
  const { code } = await runNpmScript('build', { limitMs: LIMIT_MS, echo: process.stderr, env });
  if (code !== 0) throw new ScriptError('build-failed', 'npm run build failed; see above.');
  const { file, bytes, sha256 } = packStore('firefox');
  writeFileSync(join(PROJECT_ROOT, file), bytes);
  process.stdout.write(`${sha256}  ${file}\n`);
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
