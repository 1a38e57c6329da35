import type { PageReport } from './page-report';
import { altTextOf, decisionOf, type Triage } from './triage';

export const CSV_COLUMNS = [
  'number',
  'address',
  'frame',
  'selector',
  'width',
  'height',
  'need',
  'rule',
  'current_text',
  'state',
  'reason',
  'label',
  'probability',
  'alt_text',
  'decision',
] as const;

/** Makes spreadsheets read UTF-8 as such. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A cell that starts like a formula would be run by a spreadsheet, and the page wrote it: an apostrophe
 * makes it text. https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(value: string | number | null): string {
  const written = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(written) ? `'${written}` : written;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The report as CSV, one line an image (RFC 4180, with a heading, UTF-8 with a byte order mark). */
export function exportCsv(report: PageReport, triage: Triage): string {
  const lines = report.images.map((image, index) => {
    const { address, frameId, selector, width, height, need, rule, name, state, reason } = image;
    const { hint, silence } = image;
    const probability = hint === null ? null : hint.probability.toFixed(4);
    return [
      ...[
        index + 1,
        address,
        frameId,
        selector,
        width,
        height,
        need,
        rule,
        name,
        state,
        reason ?? silence,
      ],
      ...[hint?.label ?? null, probability, altTextOf(image, triage), decisionOf(image, triage)],
    ];
  });
  return (
    BYTE_ORDER_MARK +
    [CSV_COLUMNS, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
  );
}
