/** `npm run test:firefox`: the end-to-end tests in Firefox; files' paths after `--` run those alone. */
import { ensureBrowser } from '../drive/browser';
import { runCommand } from '../drive/browser/run-command';
import { packageProgram } from '../node/package-program';
import { PROJECT_ROOT } from '../node/project-root';
import { reportScriptFailure } from '../node/script-error';
import { NOT_IN_FIREFOX } from '../test/firefox';

const LIMIT_MS = 3 * 60 * 60_000; // 280 tests, on a slow machine

async function main(): Promise<number> {
  const { version, path } = await ensureBrowser('firefox');
  process.stdout.write(`${version} (${path})\n`);
  const { code } = await runCommand(
    process.execPath,
    [packageProgram('vitest'), 'run', '--project', 'e2e', ...process.argv.slice(2)],
    {
      limitMs: LIMIT_MS,
      echo: process.stdout,
      cwd: PROJECT_ROOT,
      env: { ...process.env, ALT_LENS_BROWSER: 'firefox' },
    },
  );
  process.stdout.write('\nNot in Firefox:\n');
  for (const { why, files = [], tests = {} } of NOT_IN_FIREFOX) {
    const parts = Object.entries(tests).map(([file, names]) => `${file} (${names.join('; ')})`);
    process.stdout.write(`  ${[...files, ...parts].join(', ')}\n    ${why}\n`);
  }
  return code ?? 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  reportScriptFailure(error);
  process.exitCode = 1;
}
