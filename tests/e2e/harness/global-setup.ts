/** Builds the extension once for all end-to-end tests; ALT_LENS_DIST names a build to use instead. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { TestProject } from 'vitest/node';

import { ensureBrowser } from '../../../scripts/drive/browser';
import { buildExtension } from '../../../scripts/drive/build-extension';
import { createTemporaryFolder } from '../../../scripts/node/temporary-folder';

declare module 'vitest' {
  interface ProvidedContext {
    extensionDir: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  await ensureBrowser();
  const given = process.env.ALT_LENS_DIST;
  if (given !== undefined && given !== '') {
    const extensionDir = resolve(given);
    if (!existsSync(join(extensionDir, 'manifest.json'))) {
      throw new Error(`ALT_LENS_DIST is ${extensionDir}, which holds no manifest.json.`);
    }
    project.provide('extensionDir', extensionDir);
    return () => undefined;
  }
  const folder = createTemporaryFolder('alt-lens-e2e-');
  const extensionDir = join(folder.path, 'dist');
  await buildExtension(extensionDir);
  project.provide('extensionDir', extensionDir);
  return folder.remove;
}
