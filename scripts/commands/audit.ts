/** `npm run audit`: the images of pages in a real browser with the built extension, as findings. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import type { AuditResult } from '../audit/audit-result';
import { imageCount } from '../audit/audit-result';
import { parseCookies } from '../audit/cookies';
import { createFrontier } from '../audit/crawl';
import { findingsOf, type Finding } from '../audit/findings';
import { auditCsv } from '../audit/formats/csv';
import { auditHtml } from '../audit/formats/html';
import { auditJson } from '../audit/formats/json';
import { auditJunit } from '../audit/formats/junit';
import { auditSarif } from '../audit/formats/sarif';
import { auditTable } from '../audit/formats/table';
import { type AuditOptions, type Format, readOptions, USAGE } from '../audit/options';
import { namedPage, type PageAudit } from '../audit/page-audit';
import { progressLine } from '../audit/progress-line';
import { runAudit } from '../audit/run-audit';
import { openTargets, readText } from '../audit/targets';
import { countingFindings, type Limits, parseBaseline, verdictLine } from '../audit/verdict';
import { ensureBuild } from '../drive/build-extension';
import { onProcessEnd } from '../node/process-end';
import { failedStatus, ScriptError } from '../node/script-error';

function read(file: string, code: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ScriptError(code, `${file} cannot be read.`, { cause });
  }
}

function limitsOf({ failOn, max, baselineFile }: AuditOptions): Limits {
  const baseline =
    baselineFile === null
      ? null
      : parseBaseline(read(baselineFile, 'baseline-not-found'), baselineFile);
  return { failOn, max, baseline };
}

function format(kind: Format, result: AuditResult, counting: readonly Finding[]): string {
  switch (kind) {
    case 'json':
      return auditJson(result);
    case 'csv':
      return auditCsv(result);
    case 'html':
      return auditHtml(result);
    case 'sarif':
      return auditSarif(result);
    case 'junit':
      return auditJunit(result, new Set(counting));
  }
}

/** An audit takes minutes: that its files cannot be written is told before. */
function openOutputs({ outputs }: AuditOptions): void {
  for (const { file } of outputs) {
    if (file === '-') continue;
    try {
      mkdirSync(dirname(resolve(file)), { recursive: true });
      appendFileSync(file, '');
    } catch (cause) {
      throw new ScriptError('output-not-writable', `${file} cannot be written.`, { cause });
    }
  }
}

function failedPages({ pages }: Pick<AuditResult, 'pages'>): number {
  return pages.filter(({ status }) => status === 'failed').length;
}

/** Writes at once: also where a signal ends the process. */
function writeAll(options: AuditOptions, limits: Limits, result: AuditResult): void {
  const counting = countingFindings(result.findings, limits);
  for (const { format: kind, file } of options.outputs) {
    const text = format(kind, result, counting);
    if (file === '-') {
      writeFileSync(process.stdout.fd, text);
      continue;
    }
    writeFileSync(file, text);
  }
  const counts = { counting: counting.length, failedPages: failedPages(result) };
  const verdict = verdictLine(counts, limits);
  if (options.outputs.every(({ file }) => file !== '-')) {
    writeFileSync(process.stdout.fd, auditTable(result) + verdict);
  }
}

async function versionOf(extensionDir: string): Promise<string> {
  const text = await readFile(join(extensionDir, 'manifest.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const limits = limitsOf(options);
  const { headers, cookieFile } = options;
  const cookies =
    cookieFile === null ? [] : parseCookies(read(cookieFile, 'bad-cookies'), cookieFile);
  openOutputs(options);
  const targets = await openTargets(options);
  const extensionDir = await ensureBuild();
  const version = await versionOf(extensionDir);
  const pages: PageAudit[] = [];
  const resultOf = (isCut: boolean): AuditResult => ({
    ...{ takenAt: new Date().toISOString(), version, pages, isCut },
    findings: findingsOf(pages),
  });
  const frontier = createFrontier(targets.addresses, options.crawl, (address) =>
    readText(address, headers),
  );
  const line = progressLine(process.stderr, () => performance.now());
  const writeCut = (): void => {
    line.clear();
    writeAll(options, limits, resultOf(true));
  };
  const forget = onProcessEnd(writeCut);
  line.update(0, frontier.size, 0);
  try {
    await runAudit({
      ...{ extensionDir, frontier, lanes: options.lanes },
      visit: { ...options, cookies },
      onPage: (page) => {
        pages.push(namedPage(page, targets.nameOf));
        line.update(pages.length, frontier.size, imageCount(pages));
      },
    });
  } catch (error) {
    // Without a browser there is no going on, but what is there is there.
    if (pages.length > 0) writeCut();
    throw error;
  } finally {
    forget();
    line.clear();
    await targets.close();
  }
  const result = resultOf(false);
  writeAll(options, limits, result);
  const counting = countingFindings(result.findings, limits);
  return counting.length > limits.max || failedPages(result) > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = failedStatus(error, USAGE);
}
