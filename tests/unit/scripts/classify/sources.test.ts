import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { listSources } from '../../../../scripts/classify/sources';

test('takes files and addresses as they are, and of folders the images, sorted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alt-lens-unit-'));
  try {
    mkdirSync(join(folder, 'sub'));
    for (const name of ['b.JPG', 'a.png', 'sub/c.webp', 'labels.csv']) {
      writeFileSync(join(folder, name), '');
    }
    const address = 'https://example.org/cat.jpg';
    expect(await listSources(['missing.png', folder, address, join(folder, 'labels.csv')])).toEqual(
      [
        'missing.png',
        join(folder, 'a.png'),
        join(folder, 'b.JPG'),
        join(folder, 'sub', 'c.webp'),
        address,
        join(folder, 'labels.csv'),
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
