import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { strFromU8, unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';

import { zipFolder } from '../../../../scripts/package/zip-folder';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makeFolder(files: readonly [string, string][]): string {
  const folder = mkdtempSync(join(tmpdir(), 'alt-lens-unit-'));
  folders.push(folder);
  mkdirSync(join(folder, 'sub'));
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return folder;
}

test('holds every file under its path', () => {
  const files = unzipSync(
    zipFolder(
      makeFolder([
        ['sub/b.txt', 'two'],
        ['a.txt', 'one'],
      ]),
    ),
  );
  expect(Object.keys(files)).toEqual(['a.txt', 'sub/b.txt']);
  expect(strFromU8(files['sub/b.txt'] ?? new Uint8Array())).toBe('two');
});

test('the same contents give the same bytes, whenever and in whatever order they were written', () => {
  const one = makeFolder([
    ['a.txt', 'one'],
    ['sub/b.txt', 'two'],
  ]);
  const two = makeFolder([
    ['sub/b.txt', 'two'],
    ['a.txt', 'one'],
  ]);
  utimesSync(join(two, 'a.txt'), 1, 1);
  expect(Buffer.from(zipFolder(one)).equals(Buffer.from(zipFolder(two)))).toBe(true);
  writeFileSync(join(two, 'a.txt'), 'ONE');
  expect(Buffer.from(zipFolder(one)).equals(Buffer.from(zipFolder(two)))).toBe(false);
});
