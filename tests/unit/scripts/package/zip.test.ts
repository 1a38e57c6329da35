import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { strFromU8, strToU8, unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';

import { zipFiles, zipFolder } from '../../../../scripts/package/zip';

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

test('the same contents give the same bytes in every time zone', () => {
  const files = new Map([['a.txt', strToU8('one')]]);
  const zone = process.env.TZ;
  try {
    const made = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu'].map((each) => {
      process.env.TZ = each;
      return { offset: new Date(2020, 0, 1).getTimezoneOffset(), bytes: zipFiles(files) };
    });
    expect(new Set(made.map(({ offset }) => offset)).size).toBe(4);
    expect(new Set(made.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(1);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('the order of the files is that of their names, however they were given', () => {
  const [a, b] = [strToU8('one'), strToU8('two')];
  const zip = zipFiles(new Map(Object.entries({ 'a/z.txt': a, 'a.txt': b })));
  expect(zip).toEqual(zipFiles(new Map(Object.entries({ 'a.txt': b, 'a/z.txt': a }))));
  expect(Object.keys(unzipSync(zip))).toEqual(['a.txt', 'a/z.txt']);
});
