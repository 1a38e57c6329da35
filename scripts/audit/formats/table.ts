import { type AuditResult, countKinds, gravestFirst, imageCount } from '../audit-result';
import type { Finding } from '../findings';
import { notesOf } from '../page-audit';
import { PAGE_TEXT_PLACES } from '../rules';
import { counted, share } from './words';

const MOST_TEXT = 60;
const MOST_PLACES = 3;
/** More nobody reads in a terminal, and what is gravest stands above them. */
const MOST_FINDINGS = 200;
const LEAST_A_RULE = 3;

function short(text: string): string {
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT - 1)}…`;
}

function findingLines(finding: Finding): string[] {
  const { current, suggestion, pageSuggestion, address, places, notSeen } = finding;
  const shown = places
    .slice(0, MOST_PLACES)
    .flatMap(({ page, selector, leadsTo }) => [
      `    at         ${page}  ${selector}`,
      ...(leadsTo === null ? [] : [`    leads to   ${short(leadsTo)}`]),
    ]);
  const left = places.length - MOST_PLACES;
  return [
    `  ${address === null ? 'a picture without an address' : short(address)}`,
    ...(current === '' ? [] : [`    text now   ${short(current)}`]),
    ...(suggestion === null
      ? []
      : [`    may be     ${suggestion.text} (${share(suggestion.probability)})`]),
    ...(pageSuggestion === null
      ? []
      : [`    page says  ${pageSuggestion.text} (${PAGE_TEXT_PLACES[pageSuggestion.from]})`]),
    ...(notSeen === null ? [] : [`    not seen   ${notSeen.text}`]),
    ...shown,
    ...(left > 0 ? [`    and ${counted(left, 'more place')}`] : []),
  ];
}

/** Findings of one rule under its head: what is wrong is said once, and how often. */
function ruleLines(all: readonly Finding[], most: number): string[] {
  const [first] = all;
  if (first === undefined) return [];
  const { kind, rule, criteria, text } = first;
  const left = all.length - most;
  return [
    `${kind}: ${rule} (WCAG ${criteria.join(', ')}), ${counted(all.length, 'finding')}`,
    text,
    ...all.slice(0, most).flatMap((finding) => ['', ...findingLines(finding)]),
    ...(left > 0 ? ['', `  and ${counted(left, 'more finding')}: --html FILE shows all`] : []),
    '',
    '',
  ];
}

/** The rules one after the other, the gravest first: of each some are shown, however many there are of others. */
function findingsByRule(findings: readonly Finding[]): string[] {
  const sorted = gravestFirst(findings);
  const rules = [...new Set(sorted.map(({ rule }) => rule))];
  let room = MOST_FINDINGS;
  return rules.flatMap((rule) => {
    const all = sorted.filter((finding) => finding.rule === rule);
    const most = Math.max(LEAST_A_RULE, room);
    room -= all.length;
    return ruleLines(all, most);
  });
}

/** What a person reads in a terminal. */
export function auditTable({ pages, findings, isCut }: AuditResult): string {
  const counts = countKinds(findings);
  const failed = pages.flatMap((page) =>
    page.status === 'failed' ? [`${page.error.code}: ${page.url}: ${page.error.message}`] : [],
  );
  return [
    ...findingsByRule(findings),
    ...notesOf(pages).map(({ url, note, text }) => `${note}: ${url}: ${text}`),
    ...failed,
    ...(failed.length > 0 ? [''] : []),
    `${counted(pages.length - failed.length, 'page')}, ${counted(imageCount(pages), 'image')}${isCut ? ' (stopped before the end)' : ''}: ` +
      `${counts.missing} missing, ${counts.weak} weak, ${counts.mismatch} that may not match, ${counted(counts.question, 'question')}` +
      (failed.length > 0 ? `; ${counted(failed.length, 'page')} failed` : ''),
    '',
  ].join('\n');
}
