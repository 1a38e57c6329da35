/**
 * `npm test`: everything that must hold, from nothing but `npm ci`. Prints each step's result, the
 * names of the tests that failed and, as its last line, `N passed, M failed`: the tests, and each
 * other step as one. No test is tried twice: one that needs luck has failed.
 */
import { join } from 'node:path';

import { ensureBrowser } from '../drive/browser';
import { runCommand } from '../drive/browser/run-command';
import { packageProgram } from '../node/package-program';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure } from '../node/script-error';
import { createTemporaryFolder } from '../node/temporary-folder';
import { type Counts, readCounts } from '../test/test-counts';

interface Step {
  name: string;
  run: () => Promise<Counts>;
  /** Steps that must have passed, or this one cannot run and fails. */
  needs?: readonly string[];
}

const CHECK_LIMIT_MS = 10 * 60_000;
const TESTS_LIMIT_MS = 13 * 60_000;

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0, failures: [] };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0, failures: [] };

/** A script of package.json. */
async function npmScript(name: string): Promise<Counts> {
  const npm = process.env.npm_execpath;
  const [program, args] =
    npm === undefined ? ['npm', ['run', name]] : [process.execPath, [npm, 'run', name]];
  const { code } = await runCommand(program, args, {
    limitMs: CHECK_LIMIT_MS,
    echo: process.stdout,
    cwd: PROJECT_ROOT,
  });
  return code === 0 ? PASSED : FAILED;
}

/** A project of the test configuration. The end-to-end tests use the build of this run. */
async function vitest(project: string, reports: string): Promise<Counts> {
  const report = join(reports, `${project}.json`);
  const { code } = await runCommand(
    process.execPath,
    [
      packageProgram('vitest'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    {
      limitMs: TESTS_LIMIT_MS,
      echo: process.stdout,
      cwd: PROJECT_ROOT,
      env: { ...process.env, ALT_LENS_DIST: join(PROJECT_ROOT, 'dist') },
    },
  );
  return readCounts(report, code);
}

async function findBrowser(): Promise<Counts> {
  try {
    const { version, path } = await ensureBrowser();
    process.stdout.write(`${version} (${path})\n`);
    return PASSED;
  } catch (error) {
    reportScriptFailure(error);
    return FAILED;
  }
}

async function main(): Promise<boolean> {
  const reports = createTemporaryFolder('alt-lens-reports-');
  const steps: Step[] = [
    { name: 'browser', run: findBrowser },
    { name: 'assets', run: () => npmScript('assets') },
    { name: 'build', run: () => npmScript('build'), needs: ['assets'] },
    { name: 'typecheck', run: () => npmScript('typecheck') },
    { name: 'lint', run: () => npmScript('lint') },
    { name: 'format:check', run: () => npmScript('format:check') },
    { name: 'size', run: () => npmScript('size'), needs: ['build'] },
    { name: 'unit', run: () => vitest('unit', reports.path), needs: ['assets'] },
    { name: 'dom', run: () => vitest('dom', reports.path), needs: ['browser'] },
    { name: 'e2e', run: () => vitest('e2e', reports.path), needs: ['browser', 'build'] },
  ];
  const failedSteps = new Set<string>();
  const summary: string[] = [];
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run, needs = [] } of steps) {
    const missing = needs.filter((need) => failedSteps.has(need));
    process.stdout.write(`\n=== ${name}\n`);
    const started = performance.now();
    if (missing.length > 0) process.stdout.write(`not run: ${missing.join(', ')} failed\n`);
    const counts = missing.length > 0 ? FAILED : await run();
    if (counts.failed > 0) failedSteps.add(name);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    summary.push(
      `${counts.failed === 0 ? 'passed' : 'FAILED'}  ${name} (${counts.passed} passed, ${counts.failed} failed, ${seconds} s)`,
      ...counts.failures.map((failure) => `        ${failure}`),
    );
  }
  reports.remove();
  process.stdout.write(`\n${summary.join('\n')}\n`);
  if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0;
}

process.exitCode = (await main()) ? 0 : 1;
