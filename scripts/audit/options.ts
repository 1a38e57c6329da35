/** The command line of the audit. */
import { parseArgs } from 'node:util';

import { ScriptError } from '../node/script-error';
import { parseHeader } from './cookies';
import { DEFAULT_FAIL_ON, parseKinds } from './verdict';
import type { FindingKind } from './rules';

export const FORMATS = ['json', 'csv', 'html', 'sarif', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

export const USAGE = `npm run audit -- [OPTION]… ADDRESS|FILE|FOLDER…
  --crawl N              follow links of the same origin, N pages at most
  --sitemap ADDRESS      audit the pages of a sitemap
  --list FILE            addresses, files and folders, one a line
  --viewport WxH         of the window, CSS pixels (1280x1000)
  --no-scroll            do not scroll to the end first: only the first screens are looked at
  --wait-for SELECTOR    read a page when this is there
  --cookie-file FILE     cookies.txt, for pages behind a login
  --header "Name: value" sent with each request
  --page-limit SECONDS   for everything that a page takes (60)
  --concurrency N        browsers at a time (1)
  --json|--csv|--html|--sarif|--junit FILE   "-" is stdout
  --fail-on KINDS        ${DEFAULT_FAIL_ON.join(',')} of missing,weak,mismatch,question
  --max N                so many of them still pass (0)
  --baseline FILE        what this --json of an earlier audit holds does not count
Exit status: 0 within the limits, 1 beyond them or a page failed, 2 wrong usage.
`;

export interface AuditOptions {
  help: boolean;
  sources: string[];
  lists: string[];
  sitemaps: string[];
  crawl: number | null;
  viewport: { width: number; height: number };
  scroll: boolean;
  waitFor: string | null;
  cookieFile: string | null;
  headers: Record<string, string>;
  limitMs: number;
  lanes: number;
  outputs: { format: Format; file: string }[];
  failOn: FindingKind[];
  max: number;
  baselineFile: string | null;
}

const MOST_LANES = 8;

function whole(name: string, value: string, least: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  throw new ScriptError('bad-usage', `--${name} is a whole number from ${least}, not ${value}.`);
}

function viewportOf(text: string): AuditOptions['viewport'] {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  if (width === undefined || height === undefined) {
    throw new ScriptError('bad-usage', `--viewport is like 1280x1000, not ${text}.`);
  }
  return { width: whole('viewport', width, 1), height: whole('viewport', height, 1) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        crawl: { type: 'string' },
        sitemap: { type: 'string', multiple: true, default: [] },
        list: { type: 'string', multiple: true, default: [] },
        viewport: { type: 'string', default: '1280x1000' },
        'no-scroll': { type: 'boolean', default: false },
        'wait-for': { type: 'string' },
        'cookie-file': { type: 'string' },
        header: { type: 'string', multiple: true, default: [] },
        'page-limit': { type: 'string', default: '60' },
        concurrency: { type: 'string', default: '1' },
        json: { type: 'string' },
        csv: { type: 'string' },
        html: { type: 'string' },
        sarif: { type: 'string' },
        junit: { type: 'string' },
        'fail-on': { type: 'string', default: DEFAULT_FAIL_ON.join(',') },
        max: { type: 'string', default: '0' },
        baseline: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new ScriptError('bad-usage', error instanceof Error ? error.message : String(error));
  }
}

/** @throws ScriptError `bad-usage` saying what is wrong */
export function readOptions(args: readonly string[]): AuditOptions {
  const { values, positionals } = parse(args);
  const outputs = FORMATS.flatMap((format) => {
    const file = values[format];
    return file === undefined ? [] : [{ format, file }];
  });
  if (outputs.filter(({ file }) => file === '-').length > 1) {
    throw new ScriptError('bad-usage', 'Only one format can go to stdout.');
  }
  const hasSource = positionals.length + values.list.length + values.sitemap.length > 0;
  if (!hasSource && !values.help) throw new ScriptError('bad-usage', 'Name at least one page.');
  return {
    help: values.help,
    sources: positionals,
    lists: values.list,
    sitemaps: values.sitemap,
    crawl: values.crawl === undefined ? null : whole('crawl', values.crawl, 1),
    viewport: viewportOf(values.viewport),
    scroll: !values['no-scroll'],
    waitFor: values['wait-for'] ?? null,
    cookieFile: values['cookie-file'] ?? null,
    headers: Object.fromEntries(values.header.map(parseHeader)),
    limitMs: whole('page-limit', values['page-limit'], 1) * 1000,
    lanes: Math.min(MOST_LANES, whole('concurrency', values.concurrency, 1)),
    outputs,
    failOn: parseKinds(values['fail-on']),
    max: whole('max', values.max, 0),
    baselineFile: values.baseline ?? null,
  };
}
