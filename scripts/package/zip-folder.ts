import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import { zipSync, type Zippable } from 'fflate';

/** Zip keeps local times: made from local fields, this one is the same bytes in every time zone. */
const FIXED_TIME = new Date(2020, 0, 1);

/** All files of a folder as a zip whose bytes depend on their names and contents only. */
export function zipFolder(folder: string): Uint8Array {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const files: Zippable = {};
  for (const name of names) {
    files[name.replaceAll(sep, '/')] = [
      new Uint8Array(readFileSync(join(folder, name))),
      { level: 9, mtime: FIXED_TIME },
    ];
  }
  return zipSync(files);
}
