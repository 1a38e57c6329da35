/**
 * `npm test`: everything that must hold, from nothing but `npm ci`. Prints each step's result, the
 * names of the tests that failed and, as its last line, `N passed, M failed`: the tests, and each
 * other step as one. A test in a whole browser on a busy machine may be tried a second time; each
 * that was is named with what it first said, and more than `UNSTEADY_LIMIT` of them are a failure.
 */
import { join } from 'node:path';
import type { Writable } from 'node:stream';

import { ensureBrowser } from '../drive/browser';
import { runCommand } from '../drive/browser/run-command';
import { packageProgram } from '../node/package-program';
import { PROJECT_ROOT } from '../node/project-root';
import type { Target } from '../manifest/targets';
import { runNpmScript } from '../node/run-npm';
import { reportScriptFailure } from '../node/script-error';
import { createTemporaryFolder } from '../node/temporary-folder';
import { MAIN_PATHS } from '../test/firefox';
import { runSideBySide, type Step, type StepResult } from '../test/steps';
import { type Counts, readCounts } from '../test/test-counts';

const CHECK_LIMIT_MS = 10 * 60_000;
const TESTS_LIMIT_MS = 20 * 60_000;

/** Firefox is not on every machine that the rest runs on. */
let isFirefoxThere = false;

/** End-to-end tests of a run that may need a second try: one in a hundred and fifty. */
const UNSTEADY_LIMIT = 3;

const NONE: Counts = { passed: 0, failed: 0, skipped: 0, failures: [], unsteady: [] };
const PASSED: Counts = { ...NONE, passed: 1 };
const FAILED: Counts = { ...NONE, failed: 1 };
const SKIPPED: Counts = { ...NONE, skipped: 1 };

/** A script of package.json. */
async function npmScript(name: string, output: Writable): Promise<Counts> {
  const { code } = await runNpmScript(name, { limitMs: CHECK_LIMIT_MS, echo: output });
  return code === 0 ? PASSED : FAILED;
}

/** Tests of the configuration. */
interface Tests {
  project: string;
  /** Only these. */
  files?: readonly string[];
  target?: Target;
}

/** A project of the test configuration. The end-to-end tests use the build of this run. */
async function vitest(
  { project, files = [], target = 'chromium' }: Tests,
  reports: string,
  output: Writable,
): Promise<Counts> {
  const report = join(reports, `${project}-${target}.json`);
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
      ...(project === 'e2e' ? ['--retry=1'] : []),
      ...files,
    ],
    {
      limitMs: TESTS_LIMIT_MS,
      echo: output,
      cwd: PROJECT_ROOT,
      env: {
        ...process.env,
        ALT_LENS_DIST: join(PROJECT_ROOT, 'dist'),
        ALT_LENS_BROWSER: target,
      },
    },
  );
  const counts = readCounts(report, code);
  const { unsteady, failed, failures } = counts;
  if (unsteady.length <= UNSTEADY_LIMIT) return counts;
  const reason = `${unsteady.length} tests needed a second try, ${UNSTEADY_LIMIT} may`;
  return { ...counts, failed: failed + 1, failures: [...failures, reason] };
}

async function findBrowser(output: Writable): Promise<Counts> {
  try {
    const { version, path } = await ensureBrowser();
    output.write(`${version} (${path})\n`);
    return PASSED;
  } catch (error) {
    reportScriptFailure(error);
    return FAILED;
  }
}

/** Without a Firefox its tests are skipped, and the reason is said: nothing is wrong with the extension. */
async function findFirefox(output: Writable): Promise<Counts> {
  try {
    const { version, path } = await ensureBrowser('firefox');
    output.write(`${version} (${path})\n`);
    isFirefoxThere = true;
    return PASSED;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    output.write(`The tests in Firefox are skipped: ${reason}\n`);
    return { ...SKIPPED, reason };
  }
}

async function mainPathsInFirefox(reports: string, output: Writable): Promise<Counts> {
  if (!isFirefoxThere) return { ...SKIPPED, reason: 'There is no Firefox here.' };
  return vitest({ project: 'e2e', files: MAIN_PATHS, target: 'firefox' }, reports, output);
}

/** Steps in rows, rows in stages: the rows of a stage run side by side, one browser at a time. */
function stagesOf(reports: string): Step[][][] {
  const script = (name: string, needs: string[] = []): Step => ({
    ...{ name, needs },
    run: (output) => npmScript(name, output),
  });
  const tests = (name: string, needs: string[]): Step => ({
    ...{ name, needs },
    run: (output) => vitest({ project: name }, reports, output),
  });
  return [
    [
      [
        { name: 'browser', run: findBrowser },
        { name: 'firefox', run: findFirefox },
        script('assets'),
        script('build', ['assets']),
      ],
    ],
    [
      [script('typecheck'), script('lint'), script('format:check'), script('size', ['build'])],
      [tests('unit', ['assets'])],
    ],
    [
      [
        tests('dom', ['browser']),
        tests('e2e', ['browser', 'build']),
        {
          name: 'e2e in Firefox',
          needs: ['build'],
          run: (output) => mainPathsInFirefox(reports, output),
        },
      ],
    ],
  ];
}

function summaryOf({ name, counts, seconds }: StepResult): string {
  const { passed, failed, failures, unsteady, reason } = counts;
  const outcome = failed > 0 ? 'FAILED' : passed > 0 ? 'passed' : 'skipped';
  return [
    `${outcome}  ${name} (${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s)`,
    ...(reason === undefined ? [] : [`        ${reason}`]),
    ...failures.map((failure) => `        ${failure}`),
    ...unsteady.map((name) => `        at the second try: ${name}`),
  ].join('\n');
}

async function main(): Promise<boolean> {
  const reports = createTemporaryFolder('alt-lens-reports-');
  const results: StepResult[] = [];
  for (const stage of stagesOf(reports.path)) {
    results.push(...(await runSideBySide(stage, results, process.stdout)));
  }
  reports.remove();
  const sum = (count: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((total, { counts }) => total + counts[count], 0);
  process.stdout.write(`\n${results.map(summaryOf).join('\n')}\n`);
  if (sum('skipped') > 0) process.stdout.write(`${sum('skipped')} skipped\n`);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  return sum('failed') === 0;
}

process.exitCode = (await main()) ? 0 : 1;
