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
  /** Each that passed at its second try, and what the first one said, in the same form. */
  unsteady: string[];
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

type JsonTest = NonNullable<JsonReport['testResults']>[number]['assertionResults'][number];

/** The names of tests, files relative to the project, and what they said. */
function namesOf({ testResults = [] }: JsonReport, isMeant: (test: JsonTest) => boolean): string[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(isMeant)
      .map(
        ({ fullName, failureMessages }) =>
          `${relative(PROJECT_ROOT, name)}: ${fullName}${said(failureMessages)}`,
      ),
  );
}

/** Files that failed without a failed test: they did not load. */
function brokenFiles({ testResults = [] }: JsonReport): string[] {
  return testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    )
    .map(({ name }) => relative(PROJECT_ROOT, name));
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
    failures: [...namesOf(report, ({ status }) => status === 'failed'), ...brokenFiles(report)],
    unsteady: namesOf(
      report,
      ({ status, failureMessages = [] }) => status === 'passed' && failureMessages.length > 0,
    ),
  };
}
