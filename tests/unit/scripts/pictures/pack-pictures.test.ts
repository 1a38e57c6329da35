import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';

import { createTemporaryFolder } from '../../../../scripts/node/temporary-folder';
import { pinnedPhotoCredits } from '../../../../scripts/photos/pinned-photos';
import { packPictures } from '../../../../scripts/pictures/pack-pictures';
import { EXAMPLES, LICENSE } from '../../../../src/welcome/examples';

/** What a person who wants none of them downloads all the same. */
const MAX_BYTES = 60_000;

test('the welcome page’s photos are small, whole, and the same bytes each time', async () => {
  const folders = [createTemporaryFolder('pictures-'), createTemporaryFolder('pictures-')];
  onTestFinished(() => {
    for (const folder of folders) folder.remove();
  });
  const sizes = await Promise.all(folders.map(({ path }) => packPictures(path)));
  expect(sizes[0]).toBeGreaterThan(10_000);
  expect(sizes[0]).toBeLessThanOrEqual(MAX_BYTES);
  const [first = '', second = ''] = folders.map(({ path }) => path);
  const names = readdirSync(first).sort();
  expect(names).toEqual(EXAMPLES.map(({ file }) => file.replace('pictures/', '')).sort());
  for (const name of names) {
    const bytes = readFileSync(join(first, name));
    expect(bytes.equals(readFileSync(join(second, name))), name).toBe(true);
    const { width, height, format } = await sharp(bytes).metadata();
    expect({ width, height, format }).toEqual({ width: 299, height: 299, format: 'jpeg' });
  }
});

test('each is credited as its author asks, on the page and in NOTICE', async () => {
  const credits = new Map((await pinnedPhotoCredits()).map((credit) => [credit.file, credit]));
  const notice = readFileSync('NOTICE', 'utf8');
  expect(EXAMPLES.length).toBeGreaterThan(1);
  for (const { file, photo, author, page } of EXAMPLES) {
    expect(credits.get(photo)).toEqual({ file: photo, author, license: LICENSE.name, page });
    for (const word of [file, author, page, LICENSE.page]) expect(notice).toContain(word);
  }
});
