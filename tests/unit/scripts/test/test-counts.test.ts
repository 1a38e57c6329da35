import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { PROJECT_ROOT } from '../../../../scripts/node/project-root';
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
  expect(counts(report, 1)).toMatchObject({ passed: 5, failed: 2, skipped: 2 });
});

test('a run that failed without a failed test is one failure', () => {
  expect(counts({ numPassedTests: 5, numFailedTests: 0 }, 1).failed).toBe(1);
  expect(counts({ numPassedTests: 5, numFailedTests: 0 }, null).failed).toBe(1);
});

test('a run without any test is a failure, and so is one without a report', () => {
  expect(counts({ numPassedTests: 0, numFailedTests: 0 }, 0).failed).toBe(1);
  expect(readCounts(join(folder, 'missing.json'), 0)).toEqual({
    ...{ passed: 0, failed: 1, skipped: 0 },
    ...{ failures: [], unsteady: [] },
  });
});

test('a good run has no failure', () => {
  expect(counts({ numPassedTests: 5, numFailedTests: 0 }, 0).failed).toBe(0);
});

test('names every test that failed, and a file that did not load', () => {
  const testResults = [
    {
      name: join(PROJECT_ROOT, 'tests/unit/a.test.ts'),
      status: 'failed',
      assertionResults: [
        { fullName: 'a group holds', status: 'passed' },
        { fullName: 'a group breaks', status: 'failed' },
        {
          fullName: 'a group says why',
          status: 'failed',
          failureMessages: [
            'Error: labels lost: 1:\n  expected \u001b[31m1\u001b[39m to be 0\n    at a.test.ts:1:1',
          ],
        },
      ],
    },
    { name: join(PROJECT_ROOT, 'tests/unit/b.test.ts'), status: 'failed', assertionResults: [] },
    { name: join(PROJECT_ROOT, 'tests/unit/c.test.ts'), status: 'passed', assertionResults: [] },
  ];
  expect(counts({ numPassedTests: 1, numFailedTests: 1, testResults }, 1).failures).toEqual([
    'tests/unit/a.test.ts: a group breaks',
    'tests/unit/a.test.ts: a group says why\n          Error: labels lost: 1: expected 1 to be 0',
    'tests/unit/b.test.ts',
  ]);
});

test('a test that passed at its second try passed, and is named with what the first one said', () => {
  const testResults = [
    {
      name: join(PROJECT_ROOT, 'tests/e2e/a.test.ts'),
      status: 'passed',
      assertionResults: [
        { fullName: 'holds', status: 'passed', failureMessages: [] },
        { fullName: 'holds at last', status: 'passed', failureMessages: ['Error: late\n    at a'] },
      ],
    },
  ];
  const report = { numPassedTests: 2, numFailedTests: 0, testResults };
  expect(counts(report, 0)).toEqual({
    ...{ passed: 2, failed: 0, skipped: 0, failures: [] },
    unsteady: ['tests/e2e/a.test.ts: holds at last\n          Error: late'],
  });
});
