/**
 * `npm run package`: the built extension as each store takes it, and the sources for Firefox's reviewers. The same
 * sources give the same bytes on every machine; sizes and SHA-256 are printed.
 * `-- --verify` builds once more from the source package alone, in a folder of its own, with packages of the
 * registry and nothing else from the network, and compares.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure, ScriptError } from '../node/script-error';
import { packSources, packStore, type StorePackage, STORES } from '../package/packages';
import { rebuildFromSources } from '../package/rebuild';

function write({ file, bytes, sha256 }: StorePackage): void {
  writeFileSync(join(PROJECT_ROOT, file), bytes);
  process.stdout.write(`${sha256}  ${file}  ${bytes.byteLength} bytes\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { verify: { type: 'boolean', default: false } } });
  const packages = STORES.map(packStore);
  packages.forEach(write);
  const sources = await packSources();
  write(sources);
  if (!values.verify) return;
  const expected = packages[STORES.indexOf('firefox')];
  const { file, sha256 } = await rebuildFromSources(sources.bytes, 'installed');
  if (sha256 !== expected?.sha256) {
    throw new ScriptError('build-differs', `The sources build another ${file}: ${sha256}.`);
  }
  process.stdout.write(`The sources build the same ${file}.\n`);
}

try {
  await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
