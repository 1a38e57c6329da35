import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, describe, expect, test, vi } from 'vitest';

import {
  createTemporaryFolder,
  type TemporaryFolder,
} from '../../../../scripts/node/temporary-folder';
import { storeProblems } from '../../../../scripts/store/check';

// Copies of every picture, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let copy: TemporaryFolder | undefined;

afterEach(() => {
  copy?.remove();
  copy = undefined;
});

/** What the check reads, in a folder where it can be spoilt. */
function copied(): string {
  copy = createTemporaryFolder('alt-lens-store-');
  for (const path of [
    ...['src/_locales', 'store', 'icons', 'manifest.json'],
    ...['docs/privacy.html', 'PRIVACY.md'],
  ]) {
    cpSync(path, join(copy.path, path), { recursive: true });
  }
  return copy.path;
}

function replaceIn(file: string, search: string | RegExp, replacement: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(search);
  writeFileSync(file, text.replace(search, replacement));
}

/** What goes wrong where one thing is spoilt. */
async function problemsAfter(spoil: (folder: string) => Promise<void> | void): Promise<string[]> {
  const folder = copied();
  await spoil(folder);
  return storeProblems(folder);
}

test('everything fits every store', async () => {
  expect(await storeProblems('.')).toEqual([]);
});

describe('what does not fit is told, with the store that refuses it', () => {
  test('a name that one store takes and another does not', async () => {
    const name = `Alt Lens: ${'ü'.repeat(38)}`;
    const found = await problemsAfter((folder) => {
      const file = join(folder, 'src/_locales/de/messages.json');
      replaceIn(file, /Alt Lens: Bild[^"]*/, name);
      replaceIn(join(folder, 'store/listings/de.md'), /^# .*$/m, `# ${name}`);
    });
    expect(found).toEqual(['edge, de: characters of the name: 48, not 1 to 45']);
  });

  test.each([
    ['another title', /^# .*$/m, '# Alt Lens', 'the title is not the name'],
    [
      'a mark',
      'Alt Lens tells',
      'Alt Lens for Firefox tells',
      'the description has another’s mark',
    ],
    ['a link', 'Private: ', 'https://example.org ', 'the description is not plain text'],
    [
      'other words than the interface’s',
      /“What is in this[^”]*”/,
      '“Name it”',
      'does not speak of',
    ],
    ['a caption too few', /\n5\. .*/, '', 'captions: 4, not 5 to 5'],
  ])('a listing with %s', async (_what, search, replacement, problem) => {
    const found = await problemsAfter((folder) => {
      replaceIn(join(folder, 'store/listings/en.md'), search, replacement);
    });
    expect(found).toHaveLength(3);
    expect(found.every((each) => each.includes(`, en: `) && each.includes(problem))).toBe(true);
  });

  test('a description that is too short for one store', async () => {
    const found = await problemsAfter((folder) => {
      const file = join(folder, 'store/listings/en.md');
      const short = '\n\n“What is in this picture?”, “Open as a report”.\n\n## Search';
      replaceIn(file, /\n\n[\s\S]*\n\n## Search/, short);
    });
    expect(found).toEqual(['edge, en: characters of the description: 47, not 250 to 10000']);
  });

  test.each([
    ['one too many', '\n\n## Screenshots', '\n- eight\n\n## Screenshots', 'search terms: 8'],
    ['one too long', '- WCAG', `- ${'w'.repeat(31)}`, 'characters of “'],
    ['too many words', '- WCAG', '- a b c d e f g h i j k', 'words of the search terms: 22'],
  ])('search terms, %s', async (_what, search, replacement, problem) => {
    const found = await problemsAfter((folder) => {
      replaceIn(join(folder, 'store/listings/en.md'), search, replacement);
    });
    expect(found).toEqual([expect.stringContaining(`edge, en: ${problem}`)]);
  });

  test('pictures that are missing, of another size, see-through, not square', async () => {
    const found = await problemsAfter(async (folder) => {
      const images = join(folder, 'store/images');
      rmSync(join(images, 'card-dark.jpg'));
      const blank = (width: number, height: number, channels: 3 | 4) =>
        sharp({ create: { width, height, channels, background: '#fff' } });
      await blank(1280, 720, 3).jpeg().toFile(join(images, 'report-light.jpg'));
      await blank(440, 280, 4).png().toFile(join(images, 'tile-light.png'));
      await blank(300, 200, 4).png().toFile(join(images, 'logo.png'));
    });
    expect(found.filter((each) => each.startsWith('firefox: '))).toEqual([
      'firefox: store/images/report-light.jpg has 1280x720 px, not 1280x800',
      'firefox: store/images/card-dark.jpg is missing',
    ]);
    expect(found).toContain('chrome: store/images/tile-light.png has an alpha channel');
    expect(found).toContain('store/images/logo.png has 300x200 px: not square');
  });

  test('an icon whose art fills its square, and a privacy page that is not of today', async () => {
    const found = await problemsAfter(async (folder) => {
      const icon = join(folder, 'icons/icon-128.png');
      await sharp({ create: { width: 128, height: 128, channels: 4, background: '#4a50d8' } })
        .png()
        .toFile(icon);
      replaceIn(join(folder, 'PRIVACY.md'), 'Nothing. No image', 'Nothing: no image');
    });
    expect(found).toEqual([
      expect.stringContaining('icons/icon-128.png: the art is 128x128 px'),
      expect.stringContaining('docs/privacy.html is not made from PRIVACY.md as it is'),
    ]);
  });

  test('a permission without a reason, and a reason without a permission', async () => {
    const found = await problemsAfter((folder) => {
      replaceIn(join(folder, 'manifest.json'), '"storage"', '"storage", "tabs"');
      replaceIn(join(folder, 'store/permissions.md'), '## menus', '## history');
    });
    expect(found).toEqual([
      'store/permissions.md has no tabs',
      'store/permissions.md has no menus',
      'store/permissions.md: no one asks for history',
      'PRIVACY.md has no tabs',
    ]);
  });
});
