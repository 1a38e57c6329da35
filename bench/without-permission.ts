import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createTemporaryFolder, type TemporaryFolder } from '../scripts/node/temporary-folder';

/** A temporary copy of a built extension that does not ask for one of its permissions, and so goes without. */
export function withoutPermission(extensionDir: string, permission: string): TemporaryFolder {
  const folder = createTemporaryFolder('alt-lens-without-');
  cpSync(extensionDir, folder.path, { recursive: true });
  const file = join(folder.path, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { permissions: string[] };
  const permissions = manifest.permissions.filter((each) => each !== permission);
  if (permissions.length === manifest.permissions.length) {
    throw new Error(`The extension does not ask for ${permission}.`);
  }
  writeFileSync(file, JSON.stringify({ ...manifest, permissions }));
  return folder;
}
