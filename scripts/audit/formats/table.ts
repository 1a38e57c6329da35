import { type AuditResult, countKinds, gravestFirst, imageCount } from '../audit-result';
import type { Finding } from '../findings';
import { notesOf } from '../page-audit';
import { PAGE_TEXT_PLACES } from '../rules';
import { counted, share } from './words';

const KIND_WIDTH = 9;
const MOST_TEXT = 60;
const MOST_PLACES = 3;
/** More nobody reads in a terminal, and what is gravest stands above them. */
const MOST_FINDINGS = 200;

function short(text: string): string {
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT - 1)}…`;
}

function findingLines(finding: Finding): string[] {
  const { kind, rule, text, criteria, current, suggestion, pageSuggestion } = finding;
  const { address, places, notSeen } = finding;
  const shown = places.slice(0, MOST_PLACES).map(({ page, selector }) => `  ${page}  ${selector}`);
  const left = places.length - shown.length;
  return [
    `${kind.padEnd(KIND_WIDTH)} ${rule} (WCAG ${criteria.join(', ')}): ${text}`,
    ...(address === null ? [] : [`  picture    ${short(address)}`]),
    ...(current === '' ? [] : [`  text now   ${short(current)}`]),
    ...(suggestion === null
      ? []
      : [`  may be     ${suggestion.text} (${share(suggestion.probability)})`]),
    ...(pageSuggestion === null
      ? []
      : [`  page says  ${pageSuggestion.text} (${PAGE_TEXT_PLACES[pageSuggestion.from]})`]),
    ...(notSeen === null ? [] : [`  not seen   ${notSeen.text}`]),
    ...shown,
    ...(left === 0 ? [] : [`  and ${counted(left, 'more place')}`]),
    '',
  ];
}

/** What a person reads in a terminal. */
export function auditTable({ pages, findings, isCut }: AuditResult): string {
  const counts = countKinds(findings);
  const failed = pages.flatMap((page) =>
    page.status === 'failed' ? [`${page.error.code}: ${page.url}: ${page.error.message}`] : [],
  );
  const left = findings.length - MOST_FINDINGS;
  return [
    ...gravestFirst(findings).slice(0, MOST_FINDINGS).flatMap(findingLines),
    ...(left > 0 ? [`and ${counted(left, 'more finding')}: --html FILE shows all`, ''] : []),
    ...notesOf(pages).map(({ url, note, text }) => `${note}: ${url}: ${text}`),
    ...failed,
    ...(failed.length > 0 ? [''] : []),
    `${counted(pages.length - failed.length, 'page')}, ${counted(imageCount(pages), 'image')}${isCut ? ' (stopped before the end)' : ''}: ` +
      `${counts.missing} missing, ${counts.weak} weak, ${counts.mismatch} that may not match, ${counted(counts.question, 'question')}` +
      (failed.length > 0 ? `; ${counted(failed.length, 'page')} failed` : ''),
    '',
  ].join('\n');
}
