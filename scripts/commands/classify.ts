/** `npm run classify`: the built extension describes pictures; one JSON line each on stdout. */
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { toFailure } from '../../src/core/errors';
import { ensureBuild } from '../drive/build-extension';
import { TARGETS } from '../manifest/targets';
import { choose, engineChoices } from '../node/choice-option';
import { reportLine } from '../classify/report-line';
import { listSources } from '../classify/sources';
import { isWebSource, openDescriber } from '../drive/describer';
import { failedStatus, ScriptError } from '../node/script-error';

const USAGE = `npm run classify -- [--browser chromium|firefox] [--backend auto|webgpu|webgl|wasm|cpu] [--model accurate|fast] [--views 1|2|3] <file|folder|address>…
Prints one JSON line an image. Exit status: 0 all described, 1 some failed, 2 wrong usage.
`;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        browser: { type: 'string', default: 'chromium' },
        backend: { type: 'string' },
        model: { type: 'string' },
        views: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return {
      help: values.help,
      target: choose('browser', values.browser, TARGETS),
      choices: engineChoices(values),
      sources: positionals,
    };
  } catch (error) {
    throw new ScriptError('bad-usage', error instanceof Error ? error.message : String(error));
  }
}

async function fileFailure(source: string): Promise<{ code: string; message: string } | null> {
  if (isWebSource(source)) return null;
  try {
    if ((await stat(source)).isFile()) return null;
    return { code: 'not-a-file', message: `${source} is no file.` };
  } catch {
    return { code: 'file-not-found', message: `${source} does not exist or cannot be read.` };
  }
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function main(): Promise<number> {
  const { help, target, choices, sources: args } = readArguments();
  if (help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (args.length === 0) throw new ScriptError('bad-usage', 'Name at least one image.');
  const sources = await listSources(args);
  if (sources.length === 0) throw new ScriptError('bad-usage', 'There are no image files there.');
  const extensionDir = await ensureBuild(target);
  const describer = await openDescriber({ target, extensionDir, ...choices });
  let failed = 0;
  try {
    for (const source of sources) {
      try {
        const failure = await fileFailure(source);
        const line =
          failure === null
            ? reportLine(source, await describer.describe(source))
            : { source, error: failure };
        if ('error' in line) failed += 1;
        print(line);
      } catch (error) {
        failed += 1;
        print({ source, error: toFailure(error) });
      }
    }
  } finally {
    await describer.close();
  }
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
