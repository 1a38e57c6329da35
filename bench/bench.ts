/**
 * `npm run bench`: how fast the built extension is, side by side with other ways in the same run, as
 * tables, as bench/latest.json and as README's chart. `npm run bench -- page click` measures parts of it.
 * Timings fail nothing; wrong logits and missing labels do.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { AGAINST_PARTS, builtIn, isAgainstPart, measureAgainst, ROUNDS } from './against';
import { buildContenders } from './build-contenders';
import { FIREFOX_PARTS, measureBesideChromium } from './firefox';
import { readMachineFacts } from './machine';
import { accuracy } from './parts/accuracy';
import { agreement } from './parts/agreement';
import { click } from './parts/click';
import { cost } from './parts/cost';
import { growth } from './parts/growth';
import { inference } from './parts/inference';
import { ownLabels } from './parts/own-labels';
import { page } from './parts/page';
import { drawChart, earlierParts, type Latest, type MeasuredPart, withoutSamples } from './report';
import { type BenchRun, type Part, type PartName, PARTS } from './run';
import { formatTable } from './table';
import { ensureBuild } from '../scripts/drive/build-extension';
import { TARGETS } from '../scripts/manifest/targets';
import { choose } from '../scripts/node/choice-option';
import { PROJECT_ROOT } from '../scripts/node/project-root';
import { failedStatus, ScriptError } from '../scripts/node/script-error';

const USAGE = `npm run bench -- [${PARTS.join('|')}]… [--quick] [--out FILE] [--chart FILE]
Without a name: all parts. --quick takes few samples and writes nothing unless --out or --chart is given;
--out alone leaves the chart of README as it is.
npm run bench -- [${AGAINST_PARTS.join('|')}]… --against DIR [--rounds N] [--quick] [--out FILE]
npm run bench -- [${FIREFOX_PARTS.join('|')}]… --browser firefox [--rounds N] [--quick] [--out FILE]
DIR is another checkout with its dist, or a built extension: both builds are measured in turn, and the
ratios printed by rounds; with --browser firefox those of Firefox to Chromium. Without a name: all parts.
`;
const DEFAULT_OUT = join(PROJECT_ROOT, 'bench', 'latest.json');
const DEFAULT_CHART = join(PROJECT_ROOT, 'docs', 'bench.svg');

const RUN_PART: Readonly<Record<PartName, Part>> = {
  inference,
  page,
  click,
  cost,
  growth,
  accuracy,
  agreement,
  'own-labels': ownLabels,
};

function isPart(name: string): name is PartName {
  return PARTS.some((part) => part === name);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        out: { type: 'string' },
        chart: { type: 'string' },
        against: { type: 'string' },
        browser: { type: 'string', default: 'chromium' },
        rounds: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const parts = positionals.map((name) => {
      if (isPart(name)) return name;
      throw new Error(`There is no part ${name}.`);
    });
    const rounds = Number(values.rounds ?? (values.quick ? 1 : ROUNDS));
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a number from 1.');
    if (values.against !== undefined && !parts.every(isAgainstPart)) {
      throw new Error(`Against another build: ${AGAINST_PARTS.join(', ')}.`);
    }
    const target = choose('browser', values.browser, TARGETS);
    if (target === 'firefox' && values.against !== undefined) {
      throw new Error('Against another build Chromium is measured.');
    }
    const isMeasuredThere = (name: PartName) => FIREFOX_PARTS.some((part) => part === name);
    if (target === 'firefox' && !parts.every(isMeasuredThere)) {
      throw new Error(`In Firefox: ${FIREFOX_PARTS.join(', ')}.`);
    }
    return { ...values, target, rounds, parts: parts.length === 0 ? [...PARTS] : parts };
  } catch (error) {
    throw new ScriptError('bad-usage', error instanceof Error ? error.message : String(error));
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function writeText(file: string, text: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}

async function extensionVersion(extensionDir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(extensionDir, 'manifest.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

/** The parts of two builds in turn; nothing of it is kept but in the file that `--out` names. */
async function runAgainst(
  otherDir: string,
  run: BenchRun,
  { parts, rounds, out }: { parts: PartName[]; rounds: number; out?: string },
): Promise<void> {
  const all: Record<string, unknown> = {};
  for (const part of parts) {
    if (!isAgainstPart(part)) continue;
    const { figures, table } = await measureAgainst(part, run, otherDir, rounds);
    all[part] = figures;
    process.stdout.write(`\n${formatTable(table)}`);
    if (out !== undefined) {
      await writeText(out, `${JSON.stringify({ against: otherDir, parts: all }, null, 1)}\n`);
    }
  }
}

/** The parts in Firefox beside Chromium; kept as `runAgainst` does. */
async function runInFirefox(options: ReturnType<typeof readArguments>): Promise<void> {
  const { parts, rounds, quick: isQuick, out } = options;
  const extensionDirs = {
    chromium: await ensureBuild(),
    firefox: await ensureBuild('firefox'),
  };
  const all: Record<string, unknown> = {};
  for (const part of FIREFOX_PARTS.filter((name) => parts.includes(name))) {
    const run = { isQuick, say };
    const { figures, table } = await measureBesideChromium(part, run, extensionDirs, rounds);
    all[part] = figures;
    process.stdout.write(`\n${formatTable(table)}`);
    if (out !== undefined) {
      await writeText(out, `${JSON.stringify({ browser: 'firefox', parts: all }, null, 1)}\n`);
    }
  }
}

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (options.target === 'firefox') {
    await runInFirefox(options);
    return;
  }
  const otherDir = options.against === undefined ? null : builtIn(options.against);
  const extensionDir = await ensureBuild();
  process.stderr.write('Building what it is measured against…\n');
  const contenders = await buildContenders(extensionDir);
  const machine = await readMachineFacts();
  const run: BenchRun = {
    extensionDir,
    contendersDir: contenders.path,
    isQuick: options.quick,
    say,
  };
  if (otherDir !== null) {
    await runAgainst(otherDir, run, options).finally(contenders.remove);
    return;
  }
  const out = options.out ?? (options.quick ? null : DEFAULT_OUT);
  const isElsewhere = options.quick || options.out !== undefined;
  const chartFile = options.chart ?? (isElsewhere ? null : DEFAULT_CHART);
  const earlier = out === null ? null : await readFile(out, 'utf8').catch(() => null);
  const parts = earlierParts(earlier);
  const version = await extensionVersion(extensionDir);
  for (const name of options.parts) {
    const startedAt = performance.now();
    const { figures, tables, chart } = await RUN_PART[name](run);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    parts[name] = {
      measuredAt: new Date().toISOString(),
      seconds,
      machine,
      figures: withoutSamples(figures),
      ...(chart === undefined ? {} : { chart }),
    };
    process.stdout.write(`\n${tables.map(formatTable).join('\n')}`);
    run.say(`${name}: ${seconds} s`);
    // After each part: what was measured is kept where a later one fails or is stopped.
    const latest = latestOf(version, parts);
    if (out !== null) await writeText(out, `${JSON.stringify(latest, null, 1)}\n`);
    const svg = drawChart(latest);
    if (chartFile !== null && svg !== null) await writeText(chartFile, svg);
  }
  contenders.remove();
  for (const file of [out, chartFile]) if (file !== null) process.stdout.write(`${file}\n`);
}

/** The parts in the order in which they are measured. */
function latestOf(version: string, parts: Readonly<Record<string, MeasuredPart>>): Latest {
  return {
    format: 2,
    extensionVersion: version,
    parts: Object.fromEntries(
      PARTS.flatMap((name) => (parts[name] === undefined ? [] : [[name, parts[name]]])),
    ),
  };
}

try {
  await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
