/** Our findings beside axe-core's on the same pages: what both have, only they, only we, and the time of each. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';

import type { ExtensionSession } from '../drive/extension-session';
import { auditPage, type VisitOptions } from './audit-page';

/** Those of axe's rules that can be about an image. */
const AXE_RULES = [
  ...['image-alt', 'input-image-alt', 'svg-img-alt', 'role-img-alt', 'object-alt', 'area-alt'],
  ...['image-redundant-alt', 'link-name', 'button-name'],
];

/** A fault that one of the two finds. */
export interface Fault {
  rule: string;
  /** Finds the element, in the page itself. */
  selector: string;
}

/** A fault with the markup that it is about. */
export interface ShownFault extends Fault {
  html: string;
}

export interface ComparedPage {
  url: string;
  /** Elements that both find fault with. */
  both: { axe: ShownFault; ours: ShownFault }[];
  onlyAxe: ShownFault[];
  onlyOurs: ShownFault[];
  axeMilliseconds: number;
  ourMilliseconds: number;
  /** Of ours: what the model took, which axe has nothing of. */
  lookMilliseconds: number;
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface WithAxe {
  axe: { run: (context: unknown, options: unknown) => Promise<AxeResults> };
}

async function axeFaults(page: Page): Promise<Fault[]> {
  await page.evaluate(axeSource);
  return await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as WithAxe;
    const runOnly = { type: 'rule', values };
    const { violations } = await axe.run(document, { runOnly, iframes: false });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => ({ rule: id, selector: target.flat().join(' >>> ') })),
    );
  }, AXE_RULES);
}

/** Which of ours is about the same element as which of axe's; a link's or button's fault is that of the images in it. */
async function paired(
  page: Page,
  axe: readonly Fault[],
  ours: readonly Fault[],
): Promise<{ pairs: [axe: number, ours: number][]; axeHtml: string[]; ourHtml: string[] }> {
  return await page.evaluate(
    (axeSelectors, ourSelectors) => {
      // Without functions of a name: the runner of this script writes a call of its own around those.
      const [theirs = [], own = []] = [axeSelectors, ourSelectors].map((selectors) =>
        selectors.map((selector) => {
          try {
            return document.querySelector(selector);
          } catch {
            return null;
          }
        }),
      );
      const pairs: [number, number][] = [];
      theirs.forEach((element, at) => {
        own.forEach((other, place) => {
          if (element !== null && other !== null && element.contains(other))
            pairs.push([at, place]);
        });
      });
      const [axeHtml = [], ourHtml = []] = [theirs, own].map((elements) =>
        elements.map((element) => element?.outerHTML.slice(0, 160) ?? ''),
      );
      return { pairs, axeHtml, ourHtml };
    },
    axe.map(({ selector }) => selector),
    ours.map(({ selector }) => selector),
  );
}

/**
 * Compares one page. Only the page itself, not its frames: their selectors are of another document.
 * @throws PageError's message where either cannot read the page
 */
export async function comparePage(
  session: ExtensionSession,
  url: string,
  visit: VisitOptions,
): Promise<ComparedPage> {
  const audited = await auditPage(session, url, visit);
  if (audited.status === 'failed') throw new Error(audited.error.message);
  const ours = audited.images.flatMap(({ need, rule, selector, frameId }): Fault[] =>
    frameId === 0 && rule !== null && (need === 'missing' || need === 'weak')
      ? [{ rule, selector }]
      : [],
  );
  const lookMilliseconds = audited.images.reduce(
    (sum, { prediction }) => sum + (prediction?.inferenceMilliseconds ?? 0),
    0,
  );
  // Ours counts its tab, too.
  const begin = performance.now();
  const page = await session.browser.newPage();
  try {
    await page.setViewport(visit.viewport);
    await page.goto(url, { waitUntil: 'load', timeout: visit.limitMs });
    const axe = await axeFaults(page);
    const axeMilliseconds = Math.round(performance.now() - begin);
    const { pairs, axeHtml, ourHtml } = await paired(page, axe, ours);
    const shown = (faults: readonly Fault[], htmls: readonly string[], at: number): ShownFault => ({
      ...(faults[at] ?? { rule: '', selector: '' }),
      html: htmls[at] ?? '',
    });
    const rest = (faults: readonly Fault[], htmls: readonly string[], taken: readonly number[]) =>
      faults.flatMap((_, at) => (taken.includes(at) ? [] : [shown(faults, htmls, at)]));
    return {
      url,
      both: pairs.map(([at, place]) => ({
        axe: shown(axe, axeHtml, at),
        ours: shown(ours, ourHtml, place),
      })),
      onlyAxe: rest(
        axe,
        axeHtml,
        pairs.map(([at]) => at),
      ),
      onlyOurs: rest(
        ours,
        ourHtml,
        pairs.map(([, place]) => place),
      ),
      ...{ axeMilliseconds, ourMilliseconds: audited.milliseconds },
      lookMilliseconds: Math.round(lookMilliseconds),
    };
  } finally {
    await page.close();
  }
}

function grouped(faults: readonly ShownFault[]): string[] {
  const rules = [...new Set(faults.map(({ rule }) => rule))].sort();
  return rules.flatMap((rule) => {
    const of = faults.filter((fault) => fault.rule === rule);
    return [
      `  ${rule}: ${of.length}`,
      ...of.slice(0, 3).map(({ html }) => `    ${html.replace(/\s+/g, ' ')}`),
    ];
  });
}

/** The comparison as a person reads it: a row a page, the sums, and what only one of the two has. */
export function comparisonTable(pages: readonly ComparedPage[]): string {
  const sum = (of: (page: ComparedPage) => number) =>
    pages.reduce((total, page) => total + of(page), 0);
  const ratio = (ours: number, looks: number, axe: number) => ((ours - looks) / axe).toFixed(2);
  const row = (name: string, ...values: (number | string)[]) =>
    `| ${[name, ...values].join(' | ')} |`;
  const pageRow = (page: ComparedPage) => {
    const { url, both, onlyAxe, onlyOurs, axeMilliseconds, ourMilliseconds, lookMilliseconds } =
      page;
    return row(
      ...([url, both.length, onlyAxe.length, onlyOurs.length, axeMilliseconds] as const),
      ...([ourMilliseconds, lookMilliseconds] as const),
      ratio(ourMilliseconds, lookMilliseconds, axeMilliseconds),
    );
  };
  const [axe, ours, looks] = [
    sum(({ axeMilliseconds }) => axeMilliseconds),
    sum(({ ourMilliseconds }) => ourMilliseconds),
    sum(({ lookMilliseconds }) => lookMilliseconds),
  ];
  return [
    row(
      'Page',
      'both',
      'only axe',
      'only ours',
      'axe ms',
      'ours ms',
      'of it looks ms',
      'ratio without looks',
    ),
    row(...(Array.from({ length: 8 }, () => '---') as [string, ...string[]])),
    ...pages.map(pageRow),
    row(
      `${pages.length} pages`,
      ...[sum(({ both }) => both.length), sum(({ onlyAxe }) => onlyAxe.length)],
      ...[sum(({ onlyOurs }) => onlyOurs.length), axe, ours, looks, ratio(ours, looks, axe)],
    ),
    '',
    'Only axe:',
    ...grouped(pages.flatMap(({ onlyAxe }) => onlyAxe)),
    'Only ours:',
    ...grouped(pages.flatMap(({ onlyOurs }) => onlyOurs)),
    '',
  ].join('\n');
}
