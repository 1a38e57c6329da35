import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { isWebSource } from '../drive/describer';
import { isImageFile } from '../drive/serve/content-types';

/**
 * The pictures that the arguments name: an http(s) address or a file as it is, a folder as the image
 * files in it and below, sorted. A file that does not exist stays in, for its own error.
 */
export async function listSources(args: readonly string[]): Promise<string[]> {
  const sources: string[] = [];
  for (const arg of args) {
    const isFolder =
      !isWebSource(arg) &&
      (await stat(arg).then(
        (found) => found.isDirectory(),
        () => false,
      ));
    if (!isFolder) {
      sources.push(arg);
      continue;
    }
    const names = await readdir(arg, { recursive: true });
    sources.push(
      ...names
        .filter(isImageFile)
        .sort()
        .map((name) => join(arg, name)),
    );
  }
  return sources;
}
