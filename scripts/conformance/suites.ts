/** What suites that others wrote say of images: their pages, and what they expect of them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Verdict } from './in-page';

/** One thing that a suite expects. */
export interface Case {
  /** The rule or file that the agreement is counted under. */
  rule: string;
  title: string;
  /** A whole page, or a part of one. */
  html: string;
  /** What is judged in it. */
  selector: string;
  expects: string;
  agrees: (verdicts: readonly Verdict[]) => boolean;
}

export interface Suite {
  name: string;
  /** Served beside the cases. */
  folder: string;
  cases: Case[];
}

const IMAGES = 'img, svg, svg *, [role], area, object, input[type=image]';
const isMissing = ({ need }: Verdict): boolean => need === 'missing';
const isNone = (verdicts: readonly Verdict[]): boolean => !verdicts.some(isMissing);

async function filesBelow(folder: string, ending: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.filter((path) => path.endsWith(ending)).sort();
}

/** ACT rules about images: which elements they are about, and which verdict their failures have here. */
const ACT: Record<string, { selector: string; failure: 'missing' | 'weak' }> = {
  '23a2a8': { selector: 'img, [role=img]:not(svg, svg *)', failure: 'missing' },
  '59796f': { selector: 'input[type=image]', failure: 'missing' },
  '7d6734': { selector: 'svg, svg *', failure: 'missing' },
  '8fc3b6': { selector: 'object', failure: 'missing' },
  '9eb3f6': { selector: 'img, [role=img], input[type=image]', failure: 'weak' },
  c487ae: { selector: 'a img, [role=link] img, a svg, area', failure: 'missing' },
  m6b1q3: { selector: '[role=menuitem] img', failure: 'missing' },
};

function actCases(rule: string, text: string): Case[] {
  const id = /^id: *(\S+)/mu.exec(text)?.[1] ?? '';
  const act = ACT[id];
  if (act === undefined) return [];
  const cases: Case[] = [];
  for (const part of text.split(/^#### /mu).slice(1)) {
    const title = part.split('\n', 1)[0]?.trim() ?? '';
    const html = /```(?:html|svg)\n([^]*?)```/u.exec(part)?.[1];
    const [expects] = title.toLowerCase().split(' ');
    if (html === undefined || expects === undefined) continue;
    const isFailure = (verdict: Verdict) => verdict.need === act.failure;
    const agrees = (verdicts: readonly Verdict[]): boolean =>
      expects === 'failed' ? verdicts.some(isFailure) : !verdicts.some(isFailure);
    cases.push({ rule, title, html, selector: act.selector, expects, agrees });
  }
  return cases;
}

async function actSuite(folder: string): Promise<Suite> {
  const files = await filesBelow(join(folder, '_rules'), '.md');
  const cases = await Promise.all(
    files.map(async (file) =>
      actCases(file.replace(/\.md$/u, ''), await readFile(join(folder, '_rules', file), 'utf8')),
    ),
  );
  return { name: 'ACT rules', folder, cases: cases.flat() };
}

const AXE = [
  'area-alt',
  'image-alt',
  'input-image-alt',
  'object-alt',
  'role-img-alt',
  'svg-img-alt',
];

async function axeSuite(folder: string): Promise<Suite> {
  const cases: Case[] = [];
  for (const rule of AXE) {
    const path = join(folder, 'test/integration/rules', rule, rule);
    const html = await readFile(`${path}.html`, 'utf8');
    const expected = JSON.parse(await readFile(`${path}.json`, 'utf8')) as {
      violations: string[][];
      passes: string[][];
    };
    for (const expects of ['violations', 'passes'] as const) {
      for (const [selector = ''] of expected[expects]) {
        const agrees = (verdicts: readonly Verdict[]): boolean =>
          verdicts.length > 0 &&
          (expects === 'violations' ? verdicts.every(isMissing) : isNone(verdicts));
        cases.push({ rule, title: selector, html, selector, expects, agrees });
      }
    }
  }
  return { name: 'axe-core', folder, cases };
}

async function wptSuite(folder: string): Promise<Suite> {
  const cases: Case[] = [];
  for (const area of ['accname', 'html-aam', 'svg-aam']) {
    for (const file of await filesBelow(join(folder, area), '.html')) {
      const html = await readFile(join(folder, area, file), 'utf8');
      for (const [, label = ''] of html.matchAll(/data-expectedlabel="([^"]*)"/gu)) {
        const title = /[&'\\]/u.test(label) ? null : label;
        if (title === null) continue;
        const selector = `:is(${IMAGES})[data-expectedlabel="${title}"]`;
        const plain = title.replaceAll(/\s+/gu, ' ').trim();
        const agrees = (verdicts: readonly Verdict[]): boolean =>
          verdicts.every(({ name }) => name === plain);
        cases.push({
          rule: `${area}/${file}`,
          title,
          html,
          selector,
          expects: `"${plain}"`,
          agrees,
        });
      }
    }
  }
  return { name: 'web-platform-tests', folder, cases };
}

/** The suite that a checkout holds; null where it is none of the three. */
export async function suiteIn(folder: string): Promise<Suite | null> {
  const names = new Set(await readdir(folder).catch(() => []));
  if (names.has('_rules')) return await actSuite(folder);
  if (names.has('accname')) return await wptSuite(folder);
  return names.has('axe.d.ts') || names.has('lib') ? await axeSuite(folder) : null;
}
