import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ALL_SITES } from '../../../src/core/address/match-pattern';
import { createTemporaryFolder, type TemporaryFolder } from '../../node/temporary-folder';

/**
 * A temporary copy of a built extension whose manifest holds host permissions, as after the person
 * granted them: the browser's own prompt cannot be clicked by a program.
 * @param hosts match patterns
 */
export function withHostPermissions(
  extensionDir: string,
  hosts: readonly string[] = ALL_SITES,
): TemporaryFolder {
  const folder = createTemporaryFolder('alt-lens-hosts-');
  cpSync(extensionDir, folder.path, { recursive: true });
  const file = join(folder.path, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...manifest, host_permissions: hosts }));
  return folder;
}
