import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { readCounts } from '../../../../scripts/test/test-counts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alt-lens-unit-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function counts(report: object, exitCode: number | null) {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return readCounts(file, exitCode);
}

test('takes the counts of the report', () => {
  const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
  expect(counts(report, 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('a run that failed without a failed test is one failure', () => {
  expect(counts({ numPassedTests: 5, numFailedTests: 0 }, 1).failed).toBe(1);
  expect(counts({ numPassedTests: 5, numFailedTests: 0 }, null).failed).toBe(1);
});

test('a run without any test is a failure, and so is one without a report', () => {
  expect(counts({ numPassedTests: 0, numFailedTests: 0 }, 0).failed).toBe(1);
  expect(readCounts(join(folder, 'missing.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a good run has no failure', () => {
  expect(counts({ numPassedTests: 5, numFailedTests: 0 }, 0).failed).toBe(0);
});
