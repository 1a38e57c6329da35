/** Zips whose bytes depend on names and contents alone: not on the folder, the clock, the time zone, or Node's own zlib. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import { zipSync, type Zippable } from 'fflate';

/** Every file below a folder, as paths from the folder with `/`, in code point order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.replaceAll(sep, '/'))
    .sort();
}

/** @param files the contents by their path in the zip, in any order */
export function zipFiles(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {};
  // Zip keeps local times: made from local fields, this one is the same bytes in every time zone.
  const mtime = new Date(2020, 0, 1);
  for (const name of [...files.keys()].sort()) {
    // A copy: a buffer of a pool would be taken whole.
    entries[name] = [new Uint8Array(files.get(name) ?? []), { level: 9, mtime }];
  }
  return zipSync(entries);
}

/** All files of a folder. */
export function zipFolder(folder: string): Uint8Array {
  return zipFiles(
    new Map(filesBelow(folder).map((name) => [name, readFileSync(join(folder, name))])),
  );
}
