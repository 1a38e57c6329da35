import { csvText } from '../../../src/core/report/export-csv';
import { notesOf } from '../page-audit';
import { type AuditResult, gravestFirst } from '../audit-result';

const COLUMNS = [
  ...['kind', 'rule', 'criteria', 'techniques', 'current', 'suggestion', 'probability'],
  ...['address', 'width', 'height', 'page', 'selector', 'fingerprint'],
  ...['page_suggestion', 'page_suggestion_from', 'not_seen'],
  'leads_to',
];

/** One row a place of a finding; those of kind `note` tell of a page what its findings should be read with. */
export function auditCsv({ findings, pages }: AuditResult): string {
  const rows = gravestFirst(findings).flatMap((finding) =>
    finding.places.map(({ page, selector, leadsTo }) => [
      finding.kind,
      finding.rule,
      finding.criteria.join(' '),
      finding.techniques.join(' '),
      finding.current,
      finding.suggestion?.text ?? null,
      finding.suggestion?.probability.toFixed(4) ?? null,
      finding.address,
      finding.width,
      finding.height,
      page,
      selector,
      finding.fingerprint,
      finding.pageSuggestion?.text ?? null,
      finding.pageSuggestion?.from ?? null,
      finding.notSeen?.code ?? null,
      leadsTo,
    ]),
  );
  const notes = notesOf(pages).map(({ url, note, text }) =>
    COLUMNS.map(
      (column) => ({ kind: 'note', rule: note, current: text, page: url })[column] ?? null,
    ),
  );
  return csvText([COLUMNS, ...rows, ...notes]);
}
