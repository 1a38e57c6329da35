import { csvText } from '../../../src/core/report/export-csv';
import { type AuditResult, gravestFirst } from '../audit-result';

const COLUMNS = [
  ...['kind', 'rule', 'criteria', 'techniques', 'current', 'suggestion', 'probability'],
  ...['address', 'width', 'height', 'page', 'selector', 'fingerprint'],
];

/** One row a place of a finding. */
export function auditCsv({ findings }: AuditResult): string {
  const rows = gravestFirst(findings).flatMap((finding) =>
    finding.places.map(({ page, selector }) => [
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
    ]),
  );
  return csvText([COLUMNS, ...rows]);
}
