/** `npm run package`: the built extension as the zip that a store takes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { zipFolder } from '../package/zip-folder';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure, ScriptError } from '../node/script-error';

const MAX_BYTES = 7 * 1024 * 1024;

function packageExtension(folder: string): void {
  const manifestFile = join(folder, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new ScriptError('build-not-found', `${manifestFile} is missing: run npm run build.`);
  }
  const { version } = JSON.parse(readFileSync(manifestFile, 'utf8')) as { version: string };
  const zip = zipFolder(folder);
  const size = `${(zip.byteLength / 1024 / 1024).toFixed(2)} MiB`;
  if (zip.byteLength > MAX_BYTES) {
    throw new ScriptError('package-too-large', `The zip has ${size}; at most 7 MiB are allowed.`);
  }
  const file = join(PROJECT_ROOT, `alt-lens-${version}.zip`);
  writeFileSync(file, zip);
  process.stdout.write(`${file}: ${size} (${zip.byteLength} bytes)\n`);
}

try {
  packageExtension(resolve(process.env.ALT_LENS_DIST ?? join(PROJECT_ROOT, 'dist')));
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
