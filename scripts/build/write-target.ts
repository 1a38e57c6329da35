import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PROJECT_ROOT } from '../node/project-root.ts';
import { type BaseManifest, folderOf, manifestFor, type Target } from '../manifest/targets.ts';

/**
 * Writes the extension of a target beside that of Chromium, of the same scripts, with a manifest of its own.
 * @param chromiumFolder the built extension of Chromium
 * @param onlyChromium files in it that no other target uses
 */
export async function writeTarget(
  target: Target,
  chromiumFolder: string,
  onlyChromium: readonly string[],
): Promise<void> {
  if (target === 'chromium') return;
  const folder = folderOf(target, chromiumFolder);
  await rm(folder, { recursive: true, force: true });
  await cp(chromiumFolder, folder, { recursive: true });
  for (const file of onlyChromium) await rm(path.join(folder, file));
  // An empty folder would be packed by some and left out by others.
  await rm(path.join(folder, 'src/pool'), { recursive: true, force: true });
  const base = JSON.parse(
    await readFile(path.join(PROJECT_ROOT, 'manifest.json'), 'utf8'),
  ) as BaseManifest;
  const manifest = `${JSON.stringify(manifestFor(target, base), null, 2)}\n`;
  await writeFile(path.join(folder, 'manifest.json'), manifest);
}
