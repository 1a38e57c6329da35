import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openTargets } from '../../../../scripts/audit/targets';
import { createTemporaryFolder } from '../../../../scripts/node/temporary-folder';

test('what a local page names is called by its file, however the page writes it', async () => {
  const folder = createTemporaryFolder('alt-lens-targets-');
  writeFileSync(join(folder.path, 'a b.html'), '<!doctype html>');
  const targets = await openTargets({
    ...{ sources: [folder.path], lists: [], sitemaps: [], headers: {} },
  });
  try {
    const [address = ''] = targets.addresses;
    const { origin } = new URL(address);
    expect(targets.nameOf(address)).toBe(join(folder.path, 'a b.html'));
    // No escape, though it looks like one.
    expect(targets.nameOf(`${origin}/100%.jpg`)).toBe(join(folder.path, '100%.jpg'));
    expect(targets.nameOf('https://example.org/100%')).toBe('https://example.org/100%');
  } finally {
    await targets.close();
    folder.remove();
  }
});
