import { readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface JsonReport {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  numTodoTests?: number;
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
  };
}
