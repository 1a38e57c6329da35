import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { ensureBrowser, majorVersion } from '../../../../scripts/drive/browser';
import { MINIMUM_CHROMIUM_MAJOR } from '../../../../scripts/manifest/targets';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alt-lens-unit-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that says it is this version. */
function fakeBrowser(says: string): string {
  const path = join(folder, 'browser');
  writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(path, 0o755);
  return path;
}

test.each([
  ['Google Chrome 148.0.7778.97 ', 148],
  ['Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', 156],
  ['Microsoft Edge 150.0.1', 150],
  ['bash: no such thing', null],
])('%s is major version %s', (text, major) => {
  expect(majorVersion(text)).toBe(major);
});

test.skipIf(process.platform === 'win32')('CHROME_PATH comes first', async () => {
  const path = fakeBrowser('Chromium 999.1.2.3');
  vi.stubEnv('CHROME_PATH', path);
  await expect(ensureBrowser()).resolves.toEqual({
    path,
    version: 'Chromium 999.1.2.3',
    major: 999,
  });
});

test.skipIf(process.platform === 'win32')('a browser that is too old is named', async () => {
  vi.stubEnv('CHROME_PATH', fakeBrowser(`Chromium ${MINIMUM_CHROMIUM_MAJOR - 1}.0.0.0`));
  await expect(ensureBrowser()).rejects.toMatchObject({
    code: 'browser-too-old',
    message: expect.stringContaining(`version ${MINIMUM_CHROMIUM_MAJOR} or newer`) as string,
  });
});

test('a CHROME_PATH that leads nowhere is said, not worked around', async () => {
  vi.stubEnv('CHROME_PATH', join(folder, 'nothing'));
  await expect(ensureBrowser()).rejects.toMatchObject({ code: 'browser-not-found' });
});

test.skipIf(process.platform === 'win32')('a CHROME_PATH that is no browser is said', async () => {
  vi.stubEnv('CHROME_PATH', fakeBrowser('hello'));
  await expect(ensureBrowser()).rejects.toMatchObject({ code: 'browser-not-found' });
});
