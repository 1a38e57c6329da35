/** `npm run npm-package`: the audit with a build of the extension, as the file that npm installs. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { ensureBuild } from '../drive/build-extension';
import { runCommand } from '../drive/browser/run-command';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure, ScriptError } from '../node/script-error';
import { writeNpmPackage } from '../package/npm-package';

const MAX_BYTES = 8 * 1024 * 1024;
const LIMIT_MS = 120_000;

async function main(): Promise<void> {
  const folder = join(PROJECT_ROOT, 'build/npm');
  await writeNpmPackage(folder, await ensureBuild());
  const packed = await runCommand('npm', ['pack', '--silent', '--pack-destination', '..'], {
    limitMs: LIMIT_MS,
    cwd: folder,
  });
  const file = join(PROJECT_ROOT, 'build', packed.stdout.trim());
  if (packed.code !== 0 || !existsSync(file)) {
    throw new ScriptError('pack-failed', `npm pack failed: ${packed.stderr}`);
  }
  const { size } = statSync(file);
  if (size > MAX_BYTES) {
    throw new ScriptError(
      'package-too-large',
      `${file} has ${size} bytes, more than ${MAX_BYTES}.`,
    );
  }
  process.stdout.write(`${file}: ${(size / 1e6).toFixed(2)} MB\n`);
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
