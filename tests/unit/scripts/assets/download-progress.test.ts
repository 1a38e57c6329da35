import { expect, test } from 'vitest';

import { createDownloadProgress } from '../../../../scripts/assets/download-progress';

const ASSET = {
  path: 'models/a.bin',
  url: 'https://example.org/a.bin',
  sha256: '0'.repeat(64),
  bytes: 2_000_000,
  license: 'CC0-1.0',
  source: 'test',
};

function reported(isTTY: boolean): string[] {
  const written: string[] = [];
  const progress = createDownloadProgress({ isTTY, write: (text) => written.push(text) });
  progress.report(ASSET, 1_000_000);
  progress.report(ASSET, 2_000_000);
  return written;
}

test('a terminal sees its line grow and end', () => {
  expect(reported(true)).toEqual([
    '\r\x1b[Kmodels/a.bin: 1.00 of 2.00 MB',
    '\r\x1b[Kmodels/a.bin: 2.00 of 2.00 MB\n',
  ]);
});

test('a log gets one line a finished file', () => {
  expect(reported(false)).toEqual(['models/a.bin: 2.00 of 2.00 MB\n']);
});
