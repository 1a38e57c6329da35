import { readFileSync } from 'node:fs';

import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';

import { packSources } from '../../../../scripts/package/packages';

test('the source package holds what a build needs and a reviewer reads, and nothing of a person’s tools', async () => {
  const { file, bytes, sha256 } = await packSources();
  expect(file).toMatch(/^alt-lens-\d+\.\d+\.\d+-source\.zip$/);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  const files = unzipSync(bytes);
  const names = Object.keys(files);
  for (const name of ['package-lock.json', '.npmrc', 'src/_locales/en/messages.json', 'LICENSE']) {
    expect(names).toContain(name);
  }
  expect(names.filter((name) => name.endsWith('.tflite'))).toHaveLength(3);
  expect(names.filter((name) => name.startsWith('assets/photos/'))).toHaveLength(3);
  expect(Buffer.from(files['README.md'] ?? []).toString()).toContain('npm run build-for-amo');
  // What one machine has and another has not would be other bytes.
  const own = /(?:^|\/)(?:node_modules|build|dist|\.git|\.DS_Store)(?:\/|$)|^tests\//;
  expect(names.filter((name) => own.test(name) && !name.startsWith('scripts/build/'))).toEqual([]);
}, 30_000);

test('every package of the lock comes from the registry, and none runs a script when it is installed', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string; link?: boolean; integrity?: string }>;
  };
  const packages = Object.entries(lock.packages).filter(
    ([path, { link }]) => path.startsWith('node_modules/') && link !== true,
  );
  expect(packages.length).toBeGreaterThan(100);
  // Without an address a package is asked of the registry.
  const others = packages.filter(
    ([, { resolved = 'https://registry.npmjs.org/', integrity }]) =>
      !resolved.startsWith('https://registry.npmjs.org/') || integrity === undefined,
  );
  expect(others.map(([path]) => path)).toEqual([]);
  expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true');
});
