import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { PROJECT_ROOT } from '../../scripts/node/project-root';
import { wallsTable } from '../../scripts/build/walls-table';
import { WALLS } from '../../walls.js';

test('the architecture document shows the table that lint holds', () => {
  const document = readFileSync(join(PROJECT_ROOT, 'docs/ARCHITECTURE.md'), 'utf8');
  const shown = /<!-- walls -->\n([^]*?)<!-- \/walls -->/.exec(document)?.[1] ?? '';
  const squeeze = (text: string): string => text.replace(/ +/g, ' ').replace(/-+/g, '-').trim();
  expect(squeeze(shown)).toBe(squeeze(wallsTable(WALLS)));
});

test('every folder of src with code has a row', () => {
  const folders = readdirSync(join(PROJECT_ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['_locales', 'types'].includes(entry.name))
    .map(({ name }) => name);
  expect(folders.length).toBeGreaterThan(5);
  expect(folders.filter((name) => !(name in WALLS))).toEqual([]);
});
