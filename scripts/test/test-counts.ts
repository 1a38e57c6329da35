import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { PROJECT_ROOT } from '../node/project-root';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Each failure as `file: test` and what it said; only the file where it did not load. */
  failures: string[];
  /** Why it was skipped as a whole. */
  reason?: string;
}

interface JsonReport {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  numTodoTests?: number;
  testResults?: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** How much of what a failure said stands in the summary: characters. */
const SAID_LENGTH = 300;

/** What a failure said, on one line, without its stack: the log above it is often cut. */
function said(messages: readonly string[] = []): string {
  const [message = ''] = stripVTControlCharacters(messages.join('\n')).split(/\n\s+at /);
  const line = message.replace(/\s+/g, ' ').trim().slice(0, SAID_LENGTH);
  return line === '' ? '' : `\n          ${line}`;
}

/** The names of what failed, files relative to the project. */
function failedNames({ testResults = [] }: JsonReport): string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(PROJECT_ROOT, name);
    const failed = assertionResults.filter((each) => each.status === 'failed');
    if (failed.length > 0) {
      return failed.map(
        ({ fullName, failureMessages }) => `${file}: ${fullName}${said(failureMessages)}`,
      );
    }
    return status === 'failed' ? [file] : [];
  });
}

/**
 * The counts in vitest's JSON report of a run with this exit code. A run that failed without a failed
 * test (a file that does not load, no report at all) counts as one failure.
 */
export function readCounts(file: string, exitCode: number | null): Counts {
  let report: JsonReport = {};
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as JsonReport;
  } catch {
    // Without a report the exit code decides.
  }
  const passed = report.numPassedTests ?? 0;
  const failed = report.numFailedTests ?? 0;
  const hasSilentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return {
    passed,
    failed: hasSilentFailure ? 1 : failed,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failures: failedNames(report),
  };
}
