/** Builds the extension once for all end-to-end tests; ALT_LENS_DIST names a build to use instead, ALT_LENS_BROWSER the browser. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { TestProject } from 'vitest/node';

import { ensureBrowser } from '../../../scripts/drive/browser';
import { wantedTarget } from '../../../scripts/drive/extension-session';
import { folderOf } from '../../../scripts/manifest/targets';
import { buildExtension } from '../../../scripts/drive/build-extension';
import { createTemporaryFolder } from '../../../scripts/node/temporary-folder';

declare module 'vitest' {
  interface ProvidedContext {
    extensionDir: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const target = wantedTarget();
  await ensureBrowser(target);
  const given = process.env.ALT_LENS_DIST;
  if (given !== undefined && given !== '') {
    const extensionDir = folderOf(target, resolve(given));
    if (!existsSync(join(extensionDir, 'manifest.json'))) {
      throw new Error(`ALT_LENS_DIST is ${extensionDir}, which holds no manifest.json.`);
    }
    project.provide('extensionDir', extensionDir);
    return () => undefined;
  }
  const folder = createTemporaryFolder('alt-lens-e2e-');
  const dist = join(folder.path, 'dist');
  await buildExtension(dist);
  const extensionDir = folderOf(target, dist);
  project.provide('extensionDir', extensionDir);
  return folder.remove;
}
